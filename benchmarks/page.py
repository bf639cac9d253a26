"""How fast the page answers, in Chromium, with a 12 MP photo open.

`python -m benchmarks.page [--moves 15]` prints what is promised: sliders and looks, from the hand to the new picture
decoded and laid out, with the shares of the time; the way to the picker's tiles; how much moves on the page while one
tunes. `python -m benchmarks.page EFFECT ...` prints the sliders of these effects, each alone. The server's pictures are
timed: graphics drawn by software, which would take its processors, are off (see `benchmarks.instant`).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page, expect, sync_playwright

from effects import EFFECTS
from effects.effect import Effect
from effects.marks import Range
from tests.browser.conftest import NO_GRAPHICS, server
from tests.browser.hands import add_effect, cards, keyed, messages_to, quiet, upload
from tests.pictures import encoded, photograph
from tests.tools import chromium

WARM = 4  # moves before the clock counts: the browser compiles what it runs often
PACE = 250  # ms between moves, as a hand makes them
LIMIT = 150  # ms, the p50 that feels immediate; the p95 may be twice that

POINTWISE, SPATIAL = ("exposure", "contrast", "saturation"), ("bloom", "local_contrast", "unsharp_mask")
SHARES = ("hand", "server", "page", "picture")

# Until every tile that one sees shows its picture; and until all has come that comes after it, run by run.
IN_SIGHT = """() => new Promise((tell) => {
  const [root] = [...document.querySelectorAll(".st-key-picker *")].map((one) => one.shadowRoot).filter((one) => one);
  const look = () => {
    const grid = root.querySelector(".tiles").getBoundingClientRect();
    const seen = [...root.querySelectorAll("img")].filter((one) => one.getBoundingClientRect().top < grid.bottom);
    return seen.every((one) => one.naturalWidth) ? tell() : requestAnimationFrame(look);
  };
  look();
})"""
AT_REST = "() => new Promise((tell) => setTimeout(tell, 4000))"

STOPWATCH = Path(__file__).with_name("stopwatch.js").read_text(encoding="utf-8")

Shares = dict[str, float]


def moved(effect: Effect) -> str | None:
    """The parameter to move: the first with a slider."""
    sliders = (param.name for param in effect.params if isinstance(param.mark, Range))
    return next(sliders, None if effect.kind.value == "canvas" else "strength")


def slider_of(card: Locator, effect: Effect) -> Locator:
    """The slider to move on an effect's card."""
    return card.locator(f"[class*='-{moved(effect)}'] input[type=range]").first


def moves(page: Page, effect: Effect, count: int) -> Iterator[float]:
    """Milliseconds of each of `count` moves of the effect's slider, to and fro; none if it changes nothing.

    By its smallest step, or from end to end where that makes no other picture of this photo.
    """
    slider = slider_of(add_effect(page, effect.title), effect)
    ways = [("ArrowLeft", "ArrowRight"), ("Home", "End")]
    keys = next((keys for keys in ways if all(timed(page, slider, key) for key in keys)), ())
    for move in range(WARM + count if keys else 0):
        time = timed(page, slider, keys[move % 2])
        if move >= WARM:
            yield time["all"] if time else float("nan")
    page.get_by_role("button", name=f"More for {effect.title}").click()
    page.get_by_text("Remove", exact=True).click()
    expect(cards(page)).to_have_count(0)
    quiet(page)


def timed(page: Page, what: Locator, key: str = "") -> Shares | None:
    """Milliseconds from a key, or a click, to another picture, with their shares; None where none came."""
    page.evaluate("event => time(event)", "keydown" if key else "click")
    if key:
        what.press(key)
    else:
        what.click()
    found: Shares | None = page.evaluate("measured")
    page.wait_for_timeout(PACE)
    return found


def tuned(page: Page, effects: tuple[str, ...], count: int) -> list[Shares | None]:
    """The moves of the last one's slider in a stack of these effects; the stack is taken off again."""
    card = [add_effect(page, EFFECTS[name].title) for name in effects][-1]
    slider = slider_of(card, EFFECTS[effects[-1]])
    times = [timed(page, slider, ("ArrowLeft", "ArrowRight")[move % 2]) for move in range(count)]
    empty(page)
    return times


def empty(page: Page) -> None:
    """Take every card off the stack."""
    while cards(page).count():
        keyed(page, "undo").locator("button").click()
        quiet(page)


def chosen_looks(page: Page, count: int) -> list[Shares | None]:
    """The clicks on tiles of looks, one after another."""
    tiles = keyed(page, "looks").locator("button[data-name]")
    times = [timed(page, tiles.nth(1 + number % 8)) for number in range(count)]
    empty(page)
    return times


def near(page: Page, effects: tuple[str, ...], count: int) -> list[float]:
    """Milliseconds from the click on 100 % to the first pixels of the file, each time of another result."""
    slider = slider_of([add_effect(page, EFFECTS[name].title) for name in effects][-1], EFFECTS[effects[-1]])
    times = []
    for move in range(count):
        slider.press(("ArrowLeft", "ArrowRight")[move % 2])
        quiet(page)
        page.wait_for_timeout(1000)
        page.evaluate("timeTile()")
        page.get_by_role("button", name="Show it at 100 %").click()
        times.append(float(page.evaluate("measured") or np.inf))
        page.get_by_role("button", name="Fit the whole picture").click()
        quiet(page)
    empty(page)
    return times


def shifts(page: Page) -> Iterator[tuple[str, float]]:
    """How much of the page moves by how far (layout shift) while one tunes, adds, takes back and brings back."""
    card = [add_effect(page, EFFECTS[name].title) for name in POINTWISE[:2]][-1]
    slider = slider_of(card, EFFECTS[POINTWISE[1]])

    def keys() -> None:
        for _ in range(8):
            slider.press("ArrowRight")
            page.wait_for_timeout(PACE)

    def mouse() -> None:
        box = slider.locator("xpath=ancestor::*[@role='group'][1]").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(10):
            page.mouse.move(x + 3 * step, y)
            page.wait_for_timeout(60)
        page.mouse.up()

    acts: dict[str, Callable[[], object]] = {
        "a slider by key": keys,
        "a slider by mouse": mouse,
        "adding a card": lambda: add_effect(page, EFFECTS[POINTWISE[2]].title),
        "undo": lambda: page.keyboard.press("Control+z"),
        "redo": lambda: page.keyboard.press("Control+y"),
    }
    for name, act in acts.items():
        page.evaluate("() => { shifts.length = 0; }")
        act()
        quiet(page)
        yield name, float(page.evaluate("shifts.reduce((sum, { value }) => sum + value, 0)"))
    empty(page)


def opened_picker(page: Page) -> tuple[float, list[float]]:
    """Milliseconds until the first tiles are sent; kB until all in sight have their pictures, and until no more comes.

    The other tiles' addresses come run by run, and the programs by which the browser proves that it draws tiles itself.
    """
    messages, fetched = messages_to(page), list[float]()
    inspector = page.context.new_cdp_session(page)
    inspector.on("Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"]))
    inspector.send("Network.enable")
    page.evaluate("() => { sent.length = 0; came.length = 0; }")
    keyed(page, "open_picker").locator("button").click()
    keyed(page, "picker").locator("article img[src]").first.wait_for()
    sums = []
    for is_there in (IN_SIGHT, AT_REST):
        page.evaluate(is_there)
        sums.append((sum(map(len, messages)) + sum(fetched)) / 1000)
    told = page.evaluate("came.find(({ data }) => holds(data, 'shell/picker.')).at - sent[0]")
    return float(told), sums


def row(title: str, times: list[Shares | None], limit: float) -> str:
    """One line: the medians of a move and of its shares."""
    known = [time for time in times if time][WARM:]
    p50, p95 = np.percentile([time["all"] for time in known], [50, 95])
    shares = "".join(f"{np.median([time[name] for time in known]):9.0f}" for name in SHARES)
    lost = f"  {times.count(None)} lost" if None in times else ""
    return f"{title:34}{p50:8.0f}{p95:8.0f}{limit:8.0f}{shares}{verdict(float(p50), limit)}{lost}"


def verdict(value: float, limit: float) -> str:
    """What is said beside a value that is above its limit."""
    return "  above the limit" if value > limit else ""


def promises(page: Page, phone: Page, count: int) -> None:
    """Print what the page promises, line by line."""
    print(f"{'ms':34}{'p50':>8}{'p95':>8}{'limit':>8}" + "".join(f"{name:>9}" for name in SHARES), flush=True)
    print(row("slider, three pointwise effects", tuned(page, POINTWISE, WARM + count), 130), flush=True)
    print(row("slider, three spatial effects", tuned(page, SPATIAL, WARM + count), 200), flush=True)
    print(row("a look's tile", chosen_looks(page, WARM + count), 300), flush=True)
    for what, effects in (("pointwise", POINTWISE), ("spatial", SPATIAL)):
        p50, p95 = np.percentile(near(page, effects, count // 2), [50, 95])
        print(f"{f'100 %, three {what} effects':34}{p50:8.0f}{p95:8.0f}{400:8}{verdict(p50, 400)}", flush=True)
    told, (in_sight, in_all) = opened_picker(page)
    print(f"{'picker, until tiles are sent':34}{told:8.0f}{'':8}{400:8}{verdict(told, 400)}")
    all_of_it = f" ({in_all:.0f} in all)"
    print(f"{'picker, kB of the first screen':34}{in_sight:8.0f}{'':8}{150:8}{verdict(in_sight, 150)}{all_of_it}")
    keyed(page, "close_picker").locator("button").click()
    for width, one in ((1280, page), (390, phone)):
        for what, shift in shifts(one):
            print(f"layout shift, {width:4} px, {what:20}{shift:8.4f}{verdict(shift, 0.02)}", flush=True)


def each_alone(page: Page, names: list[str], count: int) -> None:
    """Print how long a move of each effect's slider takes."""
    print(f"{'effect':24}{'p50 ms':>8}{'p95 ms':>8}")
    for name in names:
        if moved(EFFECTS[name]) is None:
            print(f"{name:24}  no slider")
            continue
        times = np.array(list(moves(page, EFFECTS[name], count)))
        if not times.size:
            print(f"{name:24}  its slider changes nothing here")
            continue
        p50, p95 = np.nanpercentile(times, [50, 95])
        lost = int(np.isnan(times).sum())
        word = "" if p50 <= LIMIT and p95 <= 2 * LIMIT and not lost else f"  above the limit, {lost} lost"
        print(f"{name:24}{p50:8.0f}{p95:8.0f}{word}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("effects", nargs="*", help="measure the sliders of these alone")
    parser.add_argument("--moves", type=int, default=15)
    wishes = parser.parse_args()
    photo = encoded(photograph(3000, 4000), "JPEG")
    with server() as started, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[NO_GRAPHICS])

        def visit(**wish: Any) -> Page:
            page = browser.new_page(**wish)
            page.add_init_script(STOPWATCH)
            page.goto(started.address)
            upload(page, photo, "12mp.jpg")
            keyed(page, "frame").locator("img").wait_for()
            return page

        desk = visit(viewport={"width": 1280, "height": 800})
        if wishes.effects:
            each_alone(desk, wishes.effects, wishes.moves)
        else:
            phone = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
            promises(desk, phone, wishes.moves)
        browser.close()


if __name__ == "__main__":
    main()
