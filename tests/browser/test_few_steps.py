"""From opening the page to a saved file it is a few clicks and no scrolling, and a row of tiles is one Tab stop."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from effects import decode
from tests.browser.conftest import Visit
from tests.browser.hands import keyed, quiet
from tests.pictures import encoded, photograph

SCROLLED = """() => [...document.querySelectorAll("*")].some((element) => element.scrollTop > 0)"""
# Whether the keyboard is at something inside the element with this key, seen through shadow roots.
IS_WITHIN = "key => document.activeElement?.closest(`.st-key-${key}`) !== null"
MAX_STOPS = 60  # presses of Tab after which something is wrong


def click_in_sight(page: Page, target: Locator) -> None:
    """Click where a person would without scrolling: the middle of it, which has to be on the screen and uncovered."""
    expect(target).to_be_enabled()
    box, screen = place_at_rest(page, target), page.viewport_size
    assert screen is not None
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert 0 <= across < screen["width"], "it lies beside the screen"
    assert 0 <= down < screen["height"], "it lies below the screen"
    page.mouse.click(across, down)


def place_at_rest(page: Page, target: Locator) -> FloatRect:
    """Where it is, once it stays there: a hand follows what moves, the mouse of a test goes where it was told."""
    before = None
    while (box := target.bounding_box()) is None or box != before:
        before = box
        page.wait_for_timeout(100)
    return box


def saved(page: Page) -> bytes:
    """The file that one more click gives."""
    expect(keyed(page, "frame").locator("img").first).to_be_visible()
    quiet(page)
    with page.expect_download(timeout=60_000) as coming:
        click_in_sight(page, keyed(page, "download").locator("button"))
    return Path(coming.value.path()).read_bytes()


def test_a_file_is_two_clicks_from_the_sample_and_one_more_from_ones_own(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    tile = keyed(page, "starters").locator("button").first
    tile.wait_for()
    quiet(page)
    click_in_sight(page, tile)  # 1
    assert decode(saved(page)).image.size > 0  # 2
    assert not page.evaluate(SCROLLED)
    assert_is_one_tab_stop(page, "looks")

    photo = tmp_path / "holiday.png"
    photo.write_bytes(encoded(photograph(300, 400)))
    page = visit()
    quiet(page)
    with page.expect_file_chooser() as chooser:
        click_in_sight(page, keyed(page, "upload").locator("button").first)  # 1
    chooser.value.set_files(photo)  # 2, in the system's own window
    assert decode(saved(page)).image.shape == (300, 400, 3)  # 3
    assert not page.evaluate(SCROLLED)


def assert_is_one_tab_stop(page: Page, key: str) -> None:
    """The Tab key comes to what has this key once, however much there is in it."""
    keyed(page, key).locator("button").first.wait_for()
    quiet(page)
    stops = []
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        stops.append(bool(page.evaluate(IS_WITHIN, key)))
        if True in stops and not stops[-1]:
            break
    assert stops.count(True) == 1
