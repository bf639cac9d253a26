"""From a slider's move to the new picture on the screen, in Chromium, with a 12 MP photo open.

`python -m benchmarks.page [EFFECT ...] [--moves 30]` prints p50 and p95 for each effect alone. The clock runs in the
browser: from the key that moves the slider to the new picture decoded and laid out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from playwright.sync_api import Locator, Page, expect, sync_playwright

from effects import EFFECTS
from effects.effect import Effect
from effects.marks import Range
from tests.browser.conftest import server
from tests.browser.hands import add_effect, keyed, quiet, upload
from tests.pictures import encoded, photograph
from tests.tools import chromium

WARM = 4  # moves before the clock counts: the browser compiles what it runs often
PACE = 250  # ms between moves, as a hand makes them
LIMIT = 150  # ms, the p50 that feels immediate; the p95 may be twice that

STOPWATCH = Path(__file__).with_name("stopwatch.js").read_text(encoding="utf-8")


def moved(effect: Effect) -> str | None:
    """The parameter to move: the first with a slider."""
    sliders = (param.name for param in effect.params if isinstance(param.mark, Range))
    return next(sliders, None if effect.kind.value == "canvas" else "strength")


def moves(page: Page, effect: Effect, count: int) -> Iterator[float]:
    """Milliseconds of each of `count` moves of the effect's slider, to and fro; none if it changes nothing.

    By its smallest step, or from end to end where that makes no other picture of this photo.
    """
    name = moved(effect)
    slider = add_effect(page, effect.title).locator(f"[class*='-{name}'] input[type=range]").first
    ways = [("ArrowLeft", "ArrowRight"), ("Home", "End")]
    keys = next((keys for keys in ways if not any(np.isnan([timed(page, slider, key) for key in keys]))), ())
    for move in range(WARM + count if keys else 0):
        time = timed(page, slider, keys[move % 2])
        if move >= WARM:
            yield time
    page.get_by_role("button", name=f"More for {effect.title}").click()
    page.get_by_text("Remove", exact=True).click()
    expect(page.locator("[class*=st-key-card-]")).to_have_count(0)
    quiet(page)


def timed(page: Page, slider: Locator, key: str) -> float:
    """Milliseconds from the key to another picture; NaN where none came."""
    page.evaluate(STOPWATCH)
    slider.press(key)
    time = float(page.evaluate("window.measured"))
    page.wait_for_timeout(PACE)
    return time


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("effects", nargs="*", default=list(EFFECTS))
    parser.add_argument("--moves", type=int, default=30)
    wishes = parser.parse_args()
    with server() as started, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(started.address)
        upload(page, encoded(photograph(3000, 4000), "JPEG"), "12mp.jpg")
        keyed(page, "frame").locator("img").wait_for()
        print(f"{'effect':24}{'p50 ms':>8}{'p95 ms':>8}")
        for name in wishes.effects:
            if moved(EFFECTS[name]) is None:
                print(f"{name:24}  no slider")
                continue
            times = np.array(list(moves(page, EFFECTS[name], wishes.moves)))
            if not times.size:
                print(f"{name:24}  its slider changes nothing here")
                continue
            p50, p95 = np.nanpercentile(times, [50, 95])
            lost = int(np.isnan(times).sum())
            verdict = "" if p50 <= LIMIT and p95 <= 2 * LIMIT and not lost else f"  above the limit, {lost} lost"
            print(f"{name:24}{p50:8.0f}{p95:8.0f}{verdict}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
