"""What is drawn in the browser while a slider is dragged, in Chromium's software graphics: the slowest there is.

`python -m benchmarks.instant [--drags 3]` prints how many effects are drawn so, what a program weighs, how long
writing it and compiling its shaders take, and of a drag of 2 s with 60 moves over a picture of 960x540 under three
effects: pictures, the time from a move to the picture that shows it, and what was sent meanwhile. Where whole pictures
take long, those of the drag have half the sides. It fails where a promise does not hold.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

import numpy as np
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.report import Bound
from effects import EFFECTS, LOOKS, Pipeline
from effects.shaders import coverage, program
from tests.browser.conftest import server
from tests.browser.hands import keyed, settled, upload
from tests.pictures import encoded
from tests.scene import landscape
from tests.shader_page import SOFTWARE
from tests.tools import chromium

HEIGHT, WIDTH = 540, 960
MOVES, SECONDS = 60, 2.0
STACK = Pipeline((EFFECTS["exposure"].step(stops=0.5), EFFECTS["sepia"].step(amount=0.7), EFFECTS["swirl"].step()))

WATCH = """
window.moves = []; window.pictures = []; window.begun = []; window.compiled = [];
const link = WebGL2RenderingContext.prototype.linkProgram;
WebGL2RenderingContext.prototype.linkProgram = function (program) {
  const began = performance.now();
  link.call(this, program);
  this.getProgramParameter(program, this.LINK_STATUS); // waits for it
  compiled.push(performance.now() - began);
};
const fence = WebGL2RenderingContext.prototype.fenceSync;
WebGL2RenderingContext.prototype.fenceSync = function (...all) {
  begun.push(performance.now());
  return fence.apply(this, all);
};
addEventListener("pointermove", () => moves.push(performance.now()), true);
"""
"""When a hand moves, when a picture of what it has moved begins, and how long shaders are compiled."""

COUNTED = """root => new MutationObserver(() => pictures.push(performance.now()))
    .observe(root, { attributes: true, attributeFilter: ["data-frames"] })"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; the number of promises that do not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.instant")
    parser.add_argument("--drags", type=int, default=3, help="how often the slider is dragged")
    options = parser.parse_args(arguments)
    ways = coverage()
    drawable = [name for name, way in ways.items() if not way.startswith("server")]
    heaviest = max(LOOKS, key=lambda name: len(program(LOOKS[name]).wire()["program"]))
    weight = len(program(LOOKS[heaviest]).wire()["program"]) / 1000
    begun = time.perf_counter()
    program(STACK)
    again = (time.perf_counter() - begun) * 1000 / len(STACK)
    bounds = {
        "effects drawn in the browser": Bound(len(drawable), "at least", 55, "effects"),
        f"heaviest look on the wire, {heaviest}": Bound(weight, "at most", 8, "kB"),
        "a program written anew, a step": Bound(again, "at most", 5, "ms"),
        **dragged(options.drags),
    }
    for words, bound in bounds.items():
        print(f"{words:44} {bound}")
    return sum(not bound.holds for bound in bounds.values())


def dragged(drags: int) -> dict[str, Bound]:
    """What a drag comes to, the best of a few: others may work on the machine, too."""
    with server() as started, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", *SOFTWARE])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(WATCH)
        page.goto(f"{started.address}/?recipe={STACK.to_link()}")
        settled(page)
        upload(page, encoded(landscape(HEIGHT, WIDTH)))
        settled(page)
        stage = keyed(page, "stage").locator(".stage")
        expect(stage).to_have_attribute("data-instant", "gpu", timeout=30_000)
        stage.evaluate(COUNTED)
        compiled = np.array(page.evaluate("compiled"))
        messages = 0

        def note(_event: object) -> None:
            nonlocal messages
            messages += 1

        inspector = page.context.new_cdp_session(page)
        inspector.on("Network.webSocketFrameSent", note)
        inspector.send("Network.enable")
        found = []
        for _ in range(drags):
            messages = 0
            frames, lag = drag(page)
            found.append((frames, lag, messages))
            page.mouse.up()
            settled(page)
        browser.close()
    frames, lag, sent = max(found)
    print(f"{len(compiled)} shaders compiled in {compiled.sum():.0f} ms, the longest {compiled.max():.0f} ms")
    return {
        f"pictures in {MOVES} moves": Bound(frames, "at least", 30, "pictures"),
        "from a move to its picture, p50": Bound(lag, "at most", 45, "ms"),
        "sent while a hand is on it": Bound(sent, "at most", 0, "messages"),
    }


def drag(page: Page) -> tuple[int, float]:
    """Pictures drawn, and ms from a move to the picture that shows it, p50; the hand is still on the slider."""
    grip = keyed(page, "c1-stops").locator("input[type=range]").locator("xpath=../..").bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("moves.length = pictures.length = begun.length = 0")
    started = time.monotonic()
    for move in range(MOVES):
        page.mouse.move(x + 40 * np.sin(move / 3), y)
        time.sleep(max(0.0, started + (move + 1) * SECONDS / MOVES - time.monotonic()))
    page.wait_for_timeout(200)
    moves, begun, pictures = (np.array(page.evaluate(name)) for name in ("moves", "begun", "pictures"))
    lags = []
    for moved in moves:
        later = begun[begun > moved]
        ended = pictures[pictures > later[0]] if len(later) else []
        if len(ended):
            lags.append(ended[0] - moved)
    return len(pictures), float(np.median(lags)) if lags else np.inf


if __name__ == "__main__":
    raise SystemExit(main())
