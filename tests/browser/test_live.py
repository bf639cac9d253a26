"""Live in a real browser: it connects, follows the stack, and never leaves the camera on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from effects import EFFECTS, Pipeline
from tests.browser.glass import (
    BAR_CAMERA,
    asked,
    colour,
    live_tracks,
    person,
    player,
    start,
    stop,
    wait_for_video,
    wait_until_off,
)
from tests.browser.hands import add_effect, quiet, until

OFF = 1.0  # s within which the camera has to be off
STALL = 2.0  # s more that a machine running other tests beside this one may take


def link(*names: str) -> str:
    return Pipeline(tuple(EFFECTS[name].step() for name in names)).to_link()


def test_nothing_is_asked_before_start_and_the_camera_goes_off_by_stop_and_by_leaving(
    browser: Browser, live: str
) -> None:
    with person(browser, live) as page:
        expect(page.get_by_role("heading", name="Live")).to_be_visible()
        player(page)
        page.wait_for_timeout(1000)
        assert asked(page) == 0
        start(page)
        wait_for_video(page)
        assert (asked(page), live_tracks(page)) == (1, 1)
        stop(page)
        wait_until_off(page, OFF + STALL)

        start(page)
        wait_for_video(page)
        page.get_by_role("link", name="Catalogue").click()
        wait_until_off(page, OFF + STALL)
        page.get_by_role("link", name="Live").click()
        player(page)
        quiet(page)
        assert (asked(page), live_tracks(page)) == (2, 0)
        start(page)
        wait_for_video(page)


def test_the_stack_is_edited_while_streaming_without_a_reconnect(browser: Browser, live: str) -> None:
    with person(browser, live, BAR_CAMERA) as page:
        start(page)
        wait_for_video(page)
        page.wait_for_timeout(1000)
        before = sum(colour(page))
        add_effect(page, EFFECTS["threshold"].title)
        for _ in range(60):
            red, green, blue = colour(page)
            if max(red, green, blue) - min(red, green, blue) < 12:
                break
            page.wait_for_timeout(100)
        assert max(red, green, blue) - min(red, green, blue) < 12, "a threshold leaves no colour"
        assert abs(red + green + blue - before) > 5
        assert asked(page) == 1
        stop(page)


@pytest.mark.deep
def test_a_silent_camera_is_said_so_turned_off_and_comes_back_on_retry(browser: Browser, live: str) -> None:
    with person(browser, live, BAR_CAMERA) as page:
        start(page)
        wait_for_video(page)
        player(page).evaluate("glass.paused = true")
        expect(page.get_by_text("No picture has come from the camera")).to_be_visible(timeout=20_000)
        expect(page.get_by_role("link", name="Open Snapshot")).to_be_visible()
        wait_until_off(page, OFF + STALL)
        player(page).evaluate("glass.paused = false")
        page.locator(".st-key-retry button").click()
        until(page, "ledger.tracks.some((track) => track.readyState === 'live')", seconds=20)
        wait_for_video(page)
        expect(page.get_by_text("No picture has come from the camera")).to_be_hidden(timeout=20_000)
        stop(page)


@pytest.mark.deep
def test_every_start_shows_video(browser: Browser, live: str) -> None:
    with person(browser, live) as page:
        for _ in range(3):
            start(page)
            wait_for_video(page, 40)
            page.wait_for_timeout(300)
            stop(page)
            wait_until_off(page, OFF + STALL)
            expect(player(page).get_by_role("button", name="Start")).to_be_enabled(timeout=20_000)
            quiet(page)


@pytest.mark.deep
def test_on_a_phone_nothing_sticks_out_and_the_video_stays_in_sight(browser: Browser, live: str) -> None:
    stack = link("sepia", "trails", "posterize", "bloom")
    with person(browser, f"{live}?recipe={stack}", viewport={"width": 390, "height": 844}) as page:
        start(page)
        wait_for_video(page)
        page.wait_for_timeout(700)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.mouse.move(195, 700)
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(1000)
        box = page.locator(".st-key-live iframe").bounding_box()
        assert box is not None
        assert 300 <= box["width"] <= 390
        assert 0 <= box["y"] <= 150
        stop(page)
        wait_until_off(page, OFF + STALL)
