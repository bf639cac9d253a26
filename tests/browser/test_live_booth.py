"""Live as a booth, in a real browser: Space, the shot on its tile, full screen, tiles to try on, a phone's thumb."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.glass import person, start, stop, wait_for_video, wait_until_off
from tests.browser.hands import cards, keyed, until
from tests.pictures import pixels_of

TOPS = "all => all.map(one => Math.round(one.getBoundingClientRect().top))"  # at one moment: they may be moving
IN_SIGHT = "one => one.getBoundingClientRect().bottom <= innerHeight"


def running(page: Page) -> None:
    start(page)
    wait_for_video(page)
    expect(keyed(page, "take_photo").locator("button")).to_be_enabled()


def pieces(page: Page) -> Locator:
    return page.locator("[class*=st-key-keep-] button")


def saved(page: Page, button: Locator) -> bytes:
    with page.expect_download() as coming:
        button.click()
    return Path(coming.value.path()).read_bytes()


def assert_rows_have_room(page: Page) -> None:
    """The bar beside the video is one row, and the shutter covers nothing of its own."""
    for width in (768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        options, shutter = (keyed(page, key).locator("button").bounding_box() for key in ("options", "take_photo"))
        assert options is not None
        assert shutter is not None
        assert options["x"] + options["width"] <= shutter["x"]
        assert len(set(keyed(page, "toolbar").get_by_role("button").evaluate_all(TOPS))) == 1


def test_space_takes_a_photo_that_opens_large_over_the_whole_screen_too(browser: Browser, live: str) -> None:
    with person(browser, live, viewport={"width": 1280, "height": 800}) as page:
        tile, large = keyed(page, "shot").locator(".tile"), keyed(page, "shot").locator("dialog")
        expect(tile).to_be_disabled()
        running(page)
        assert_rows_have_room(page)

        # The focus is where Start was clicked: in the player's own frame.
        page.keyboard.press("Space")
        expect(keyed(page, "shot").get_by_role("status")).to_have_text("Photo taken")
        expect(pieces(page)).to_have_count(1)
        expect(tile.locator("img")).to_be_visible()
        tile.click()
        expect(large).to_be_visible()
        photo = saved(page, large.get_by_role("link", name="Save"))
        assert pixels_of(photo).shape == (480, 640, 3)
        assert photo == saved_from_tray(page)
        page.keyboard.press("Space")  # is for what is open now, and takes no photo
        page.keyboard.press("Escape")
        expect(large).to_be_hidden()

        keyed(page, "full_screen").get_by_role("button", name="Full screen").click()
        until(page, "document.fullscreenElement !== null")
        expect(page.get_by_role("heading", name="Live")).to_be_hidden()
        page.keyboard.press("Space")
        expect(pieces(page)).to_have_count(2)
        box = keyed(page, "take_photo").locator("button").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800
        page.evaluate("document.exitFullscreen()")  # as Escape does, which no script can press
        expect(page.get_by_role("heading", name="Live")).to_be_visible()

        tile.click()
        large.get_by_role("button", name="Delete").click()
        expect(pieces(page)).to_have_count(1)
        assert saved_from_tray(page) == photo

        keyed(page, "try_on").locator("button").click()
        tiles = keyed(page, "grid").locator("button")
        expect(tiles).to_have_count(9)
        assert len(set(tiles.evaluate_all(TOPS))) == 3
        until(page, IN_SIGHT, arg=tiles.last.element_handle())  # one sees what one asked for
        tiles.filter(has_text="Kaleidoscope").click()
        expect(cards(page)).to_have_count(1)
        expect(cards(page)).to_contain_text("Kaleidoscope")
        looks = keyed(page, "looks_live").locator("button")
        assert looks.evaluate_all("all => all.filter(tile => tile.tabIndex === 0).length") == 1
        looks.first.focus()
        page.keyboard.press("End")
        expect(looks.last).to_be_focused()
        page.keyboard.press("Enter")
        expect(cards(page).nth(1)).to_be_visible()
        tile.click()
        large.get_by_role("button", name="Edit").click()
        expect(page.get_by_role("heading", name="Snapshot")).to_be_visible()
        wait_until_off(page, 5)


def saved_from_tray(page: Page) -> bytes:
    """The newest piece of the tray, asked for by its button; the large view, which lies over it, does not mind."""
    with page.expect_download() as coming:
        pieces(page).first.evaluate("button => button.click()")
    return Path(coming.value.path()).read_bytes()


def test_on_a_phone_all_of_the_booth_is_under_the_thumb_and_the_shot_flies(browser: Browser, live: str) -> None:
    with person(browser, live, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        running(page)
        page.evaluate("""() => {
            const ours = Element.prototype.animate;
            Element.prototype.animate = function (...all) { window.flown = true; return ours.apply(this, all); };
        }""")
        keyed(page, "take_photo").locator("button").tap()
        until(page, "window.flown")
        expect(pieces(page)).to_have_count(1)
        page.evaluate("window.flown = false")
        page.emulate_media(reduced_motion="reduce")  # who asks for it sees it come without a flight
        keyed(page, "take_photo").locator("button").tap()
        expect(pieces(page)).to_have_count(2)
        assert not page.evaluate("window.flown")
        page.mouse.move(195, 300)
        page.mouse.wheel(0, 2000)
        page.wait_for_timeout(500)
        for name in ("shot", "options", "take_photo", "record", "full_screen"):
            box = keyed(page, name).locator("button").first.bounding_box()
            assert box is not None, name
            assert min(box["width"], box["height"]) >= 40, name
            assert 700 <= box["y"] <= 844 - box["height"], name
            assert 0 <= box["x"] <= 390 - box["width"], name
        shutter = keyed(page, "take_photo").locator("button").bounding_box()
        assert shutter is not None
        assert shutter["width"] == pytest.approx(shutter["height"])
        assert 56 <= shutter["width"] <= 72
        assert shutter["x"] + shutter["width"] / 2 == pytest.approx(195, abs=2)
        video = keyed(page, "live").locator("iframe").bounding_box()
        assert video is not None
        assert 0 <= video["y"] <= 150
        stop(page)
