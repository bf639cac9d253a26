"""On Live nothing moves when the video comes and goes: its room is there before it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from effects import EFFECTS, Pipeline
from tests.browser.glass import person, player, setting, start, stop, wait_for_video, wait_until_off

HEAVY = Pipeline((EFFECTS["oil_paint"].step(),) * 6)
BELOW = ("live", "take_photo", "record", "looks_live", "readout", "try_on", "add_effect", "undo")


def places(page: Page) -> dict[str, tuple[float, float]]:
    boxes = {key: page.locator(f".st-key-{key}").first.bounding_box() for key in BELOW}
    return {key: (box["x"], box["y"]) for key, box in boxes.items() if box is not None}


def settled(page: Page) -> dict[str, tuple[float, float]]:
    """Where things are once they have stood still for a second."""
    before: dict[str, tuple[float, float]] = {}
    now = places(page)
    while before != now:
        page.wait_for_timeout(500)
        before, now = now, places(page)
    return now


@pytest.mark.parametrize(
    ("size", "stack", "told"),
    [
        pytest.param((1280, 800), Pipeline(), "fps", id="desktop"),
        pytest.param((390, 844), HEAVY, "This stack is heavy", id="phone, heavy", marks=pytest.mark.deep),
    ],
)
def test_start_and_stop_move_nothing(
    browser: Browser, live: str, size: tuple[int, int], stack: Pipeline, told: str
) -> None:
    width, height = size
    address = f"{live}?recipe={stack.to_link()}" if stack.steps else live
    with person(browser, address, viewport={"width": width, "height": height}) as page:
        player(page)
        before = settled(page)
        assert set(before) == set(BELOW)
        start(page)
        wait_for_video(page)
        page.wait_for_selector(f".st-key-readout >> text={told}")
        assert shift(before, settled(page)) <= 2
        assert shape(page, "video") == pytest.approx(4 / 3, rel=0.02)
        bottom = page.locator(".st-key-take_photo").bounding_box()
        assert bottom is not None
        assert bottom["y"] + bottom["height"] <= height  # one sees oneself and the button at once
        stop(page)
        wait_until_off(page, 5)
        page.wait_for_selector(".st-key-readout >> text=press Start")
        assert shift(before, settled(page)) <= 2
        setting(page, "size", "720p")
        settled(page)
        assert shape(page, "#root .MuiPaper-root") == pytest.approx(16 / 9, rel=0.02)


def shape(page: Page, part: str) -> float:
    """The width of a part of the player by its height."""
    box = player(page).locator(part).first.bounding_box()
    assert box is not None
    return box["width"] / box["height"]


def shift(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> float:
    """The most that anything has moved, in px."""
    return max(abs(a - b) for key in before for a, b in zip(before[key], after[key], strict=True))
