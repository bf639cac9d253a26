"""Live on this device loses nothing: no film that was being made, and no press while the page was loading."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import av
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import ALLOW_CAMERA, FAKE_CAMERA, Launch
from tests.browser.glass import person, wait_until_off
from tests.browser.hands import keyed, quiet
from tests.browser.test_live_device import OFF, link, on_device, press, root, sent_by, wait_for_frames
from tests.shader_page import SOFTWARE

pytestmark = pytest.mark.deep

GIVEN_UP = 12_000  # ms, after which no script looks for a way to the server any more


@pytest.fixture(scope="module")
def browser(launch: Launch) -> Iterator[Browser]:
    """A Chromium whose fake camera is always allowed, and whose graphics card is software."""
    with launch(*FAKE_CAMERA, ALLOW_CAMERA, *SOFTWARE) as started:
        yield started


def kept(page: Page) -> Locator:
    """What was taken here, where the server's way is shown."""
    return keyed(page, "device_kept").locator(".live")


def go_to_the_server(page: Page) -> Locator:
    keyed(page, "live_way").get_by_text("On the server", exact=True).click()
    return kept(page)


def lose_the_card(page: Page) -> Locator:
    root(page).locator("canvas").evaluate(
        "canvas => canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
    )
    return kept(page)


def leave_and_come_back(page: Page) -> Locator:
    page.get_by_role("link", name="Catalogue").click()
    expect(page.get_by_role("heading", name="Catalogue")).to_be_visible()
    page.get_by_role("link", name="Live", exact=True).click()
    return root(page)


def stop(page: Page) -> Locator:
    press(page, "stop")
    return root(page)


def unplug(page: Page) -> Locator:
    root(page).locator("video").evaluate("film => film.srcObject.getVideoTracks()[0].onended()")
    return root(page)


@pytest.mark.parametrize("end", [go_to_the_server, lose_the_card, leave_and_come_back, stop, unplug])
def test_a_film_is_kept_whatever_ends_it(browser: Browser, address: str, end: Callable[[Page], Locator]) -> None:
    with on_device(browser, address, "sepia") as page:
        press(page, "start")
        wait_for_frames(page, 3)
        press(page, "record")
        expect(root(page).locator(".record.running")).to_be_visible()
        page.wait_for_timeout(1000)
        wait_for_frames(page, 20)
        shown = end(page)
        wait_until_off(page, OFF)
        expect(shown.locator(".tile video")).to_be_visible(timeout=20_000)
        shown.locator(".tile").click()
        with page.expect_download() as coming:
            shown.locator(".acts > .save").click()
        with av.open(io.BytesIO(coming.value.path().read_bytes()), "r") as film:
            assert len(list(film.decode(video=0))) > 1  # however busy the machine is


def test_what_was_taken_here_goes_to_snapshot_from_the_servers_way_too(browser: Browser, address: str) -> None:
    with on_device(browser, address, "sepia") as page:
        go_to_the_server(page)
        expect(kept(page)).to_be_hidden()  # nothing was taken
        keyed(page, "live_way").get_by_text("On this device", exact=True).click()
        press(page, "start")
        wait_for_frames(page, 3)
        press(page, "shutter")
        expect(root(page).locator(".tile img")).to_be_visible()
        tile = go_to_the_server(page).locator(".tile")
        expect(kept(page)).to_contain_text("Taken on this device")
        quiet(page)
        tile.click()
        kept(page).locator(".edit").click()
        expect(page.get_by_role("heading", name="Snapshot")).to_be_visible()
        expect(keyed(page, "toolbar")).to_contain_text("emulsion-photo")


def test_a_gif_is_made_by_the_server_of_frames_that_go_up_when_one_asks(browser: Browser, address: str) -> None:
    with on_device(browser, address, "sepia") as page:
        sent = sent_by(page)
        press(page, "start")
        wait_for_frames(page, 3)
        press(page, "options > summary")
        root(page).get_by_label("Record as GIF, 5 s").check()
        press(page, "options > summary")
        press(page, "record")
        expect(root(page).locator(".record.running")).to_be_visible()
        page.wait_for_timeout(1500)
        assert not sent.uploads
        press(page, "record")
        shown = keyed(page, "tray").locator("img")
        expect(shown).to_be_visible(timeout=20_000)
        assert len(sent.uploads) == 1
        assert shown.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [400, 300]
        assert root(page).locator(".record.running").count() == 0


def test_a_gif_is_not_lost_to_who_leaves_live_for_long(browser: Browser, address: str) -> None:
    with on_device(browser, address, "sepia") as page:
        press(page, "start")
        wait_for_frames(page, 3)
        press(page, "options > summary")
        root(page).get_by_label("Record as GIF, 5 s").check()
        press(page, "options > summary")
        press(page, "record")
        page.get_by_role("link", name="Catalogue").click()
        expect(page.get_by_role("heading", name="Catalogue")).to_be_visible()
        page.wait_for_timeout(GIVEN_UP)
        page.get_by_role("link", name="Live", exact=True).click()
        expect(keyed(page, "tray").locator("img")).to_be_visible(timeout=20_000)


def test_start_works_though_the_page_changed_while_its_script_was_on_its_way(browser: Browser, address: str) -> None:
    held: list[Route] = []
    with person(browser, f"{address}/live?recipe={link('sepia')}") as page:
        page.route("**/static/shell/device.*.js", lambda route: held.append(route))  # noqa: PLW0108 (no method can be one)
        keyed(page, "live_way").get_by_text("On this device", exact=True).click()
        expect(root(page)).to_be_attached()
        keyed(page, "mirror").locator("label").click()
        quiet(page)
        assert held
        room = keyed(page, "device").bounding_box()
        for route in held:
            route.continue_()
        press(page, "start")
        wait_for_frames(page, 3)
        now = keyed(page, "device").bounding_box()
        assert room is not None
        assert now is not None
        assert abs(now["height"] - room["height"]) < 2, "the video has its final height at once"


STANDS_STILL = """const draw = WebGL2RenderingContext.prototype.drawArrays;
    const met = new WeakSet(); // films whose first picture was drawn
    WebGL2RenderingContext.prototype.drawArrays = function (...which) {
      draw.apply(this, which);
      const film = this.canvas.closest?.(".live")?.querySelector("video");
      if (!film?.srcObject || met.has(film.srcObject)) return;
      met.add(film.srcObject);
      const end = performance.now() + 5500;
      while (performance.now() < end);
    };"""
"""A card that takes longer for a stack's first picture than a camera may be silent: some compile for that long."""

PRESS_AT_ONCE = """(way) => {
    const look = () => {
      const shown = document.querySelector(".st-key-device [data-testid=stBidiComponentIsolated]")?.shadowRoot;
      const start = shown?.querySelector(".start");
      if (start?.textContent) start.click();
      else requestAnimationFrame(look);
    };
    look();
    way.click();
  }"""
"""The way is chosen, and Start pressed as soon as there is one."""


@pytest.mark.parametrize(("card", "times"), [("", 4), (STANDS_STILL, 1)], ids=["quick", "stands still"])
def test_start_is_heard_in_the_moment_in_which_the_way_was_chosen(
    browser: Browser, address: str, card: str, times: int
) -> None:
    with person(browser, f"{address}/live?recipe={link('sepia')}", card) as page:
        for _ in range(times):
            keyed(page, "live_way").get_by_text("On this device", exact=True).evaluate(PRESS_AT_ONCE)
            expect(root(page).locator(".stop")).to_be_visible()
            wait_for_frames(page, 3)
            expect(root(page).locator(".words")).to_have_text("")
            keyed(page, "live_way").get_by_text("On the server", exact=True).click()
            expect(root(page)).to_have_count(0)
            wait_until_off(page, OFF)
