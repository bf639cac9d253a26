"""Live on this device, in a real browser: nothing is sent, the photo is the library's, and the camera goes off."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from effects import EFFECTS, Pipeline
from pages.components.live.device import WORDS as SAID
from pages.components.words import translated
from tests.browser.axe import findings
from tests.browser.conftest import ALLOW_CAMERA, FAKE_CAMERA, Launch, server
from tests.browser.glass import BAR_CAMERA, asked, live_tracks, person, player, wait_until_off
from tests.browser.hands import assert_fits, cards, download, keyed, quiet, stack_in_address
from tests.browser.poor_devices import RANDOM_READS, SLOW, WHITE_READS, WITHOUT_WEBGL
from tests.pictures import pixels_of
from tests.shader_page import SOFTWARE

HOW_FIGURES_LIE = """(root, words) => {
  const [figures, status] = [".figures", "[role=status]"].map((one) => root.querySelector(one));
  [figures.textContent, status.textContent] = [words, "Photo taken"];
  const [told, word] = [figures, status].map((one) => one.getBoundingClientRect());
  return {
    cut: figures.scrollWidth > figures.clientWidth || figures.scrollHeight > figures.clientHeight || told.height > 44,
    covered: told.left < word.right && word.left < told.right && told.top < word.bottom && word.top < told.bottom,
  };
}"""
"""The longest words about the pace, in two lines at most, and the word of a photo beside them."""

OFF = 3.0  # s within which the camera has to be off, on a busy machine
WORDS = 2000  # bytes to the server that a click or two may be, and no picture is


@pytest.fixture(scope="module")
def browser(launch: Launch) -> Iterator[Browser]:
    """A Chromium whose two fake cameras are always allowed, and whose graphics card is software."""
    with launch(*(f"{camera},device-count=2" for camera in FAKE_CAMERA), ALLOW_CAMERA, *SOFTWARE) as started:
        yield started


def link(*names: str) -> str:
    return Pipeline(tuple(EFFECTS[name].step() for name in names)).to_link()


@contextmanager
def on_device(
    browser: Browser, address: str, *names: str, scripts: tuple[str, ...] = (), **wishes: object
) -> Iterator[Page]:
    """A person who has chosen that this device computes these effects."""
    with person(browser, f"{address}/live?recipe={link(*names)}", *scripts, **wishes) as page:
        keyed(page, "live_way").get_by_text("On this device", exact=True).click()
        expect(root(page)).to_have_attribute("data-instant", "gpu")
        quiet(page)
        yield page


def root(page: Page) -> Locator:
    return keyed(page, "device").locator(".live")


def press(page: Page, name: str) -> None:
    root(page).locator(f".{name}").click()


def frames(page: Page) -> int:
    return int(root(page).get_attribute("data-frames") or 0)


def wait_for_frames(page: Page, count: int) -> None:
    before = frames(page)
    for _ in range(300):
        if frames(page) >= before + count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{frames(page) - before} frames in 30 s")


def colours(page: Page) -> np.ndarray:
    """The mean red, green and blue of the canvas."""
    return np.array(
        root(page)
        .locator("canvas")
        .evaluate("""canvas => {
            const pen = Object.assign(document.createElement("canvas"), { width: 16, height: 12 }).getContext("2d");
            pen.drawImage(canvas, 0, 0, 16, 12);
            const pixels = pen.getImageData(0, 0, 16, 12).data;
            return [0, 1, 2].map(at => pixels.reduce((sum, value, n) => sum + (n % 4 === at ? value : 0), 0) / 192);
        }""")
    )


@dataclass
class Sent:
    """What goes to the server: the bytes of messages, and what is asked to take a file."""

    messages: list[int] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)


def sent_by(page: Page) -> Sent:
    """What is sent from now on."""
    sent = Sent()
    inspector = page.context.new_cdp_session(page)
    inspector.on(
        "Network.webSocketFrameSent",
        lambda event: sent.messages.append(len(b64decode(event["response"]["payloadData"]))),
    )
    inspector.send("Network.enable")
    page.on("request", lambda request: sent.uploads.append(request.url) if request.method in ("PUT", "POST") else None)
    return sent


def shot(page: Page) -> bytes:
    """A photo, as Save gives it."""
    before = root(page).locator(".tile img").count() and root(page).locator(".tile img").get_attribute("src")
    press(page, "shutter")
    expect(root(page).get_by_role("status").first).to_have_text("Photo taken")
    expect(root(page).locator(".tile img")).not_to_have_attribute("src", str(before))
    press(page, "tile")
    return saved(page)


def saved(page: Page) -> bytes:
    """What is shown large, as Save gives it."""
    with page.expect_download() as coming:
        press(page, "acts > .save")
    return Path(coming.value.path()).read_bytes()


def test_on_this_device_nothing_is_sent_and_the_photo_is_the_librarys(browser: Browser, live: str) -> None:
    stack, screen = ("exposure", "sepia", "slit_scan"), {"width": 900, "height": 650}  # drawn by software, all of it
    with on_device(browser, live.removesuffix("/live"), *stack, viewport=screen) as page:
        expect(page.get_by_text("Slit scan can be computed on the server only")).to_be_visible()
        expect(page.get_by_text("Left out on this device: only")).to_have_count(1)
        assert (asked(page), page.evaluate("ledger.peers.length")) == (0, 0)
        sent = sent_by(page)
        press(page, "start")
        wait_for_frames(page, 5)
        assert live_tracks(page) == 1
        photo = pixels_of(shot(page))
        assert photo.shape == (480, 640, 3)
        press(page, "close")
        press(page, "stop")
        wait_until_off(page, OFF)
        assert page.evaluate("ledger.peers.length") == 0
        assert sum(sent.messages) < WORDS
        assert not sent.uploads

        press(page, "start")
        wait_for_frames(page, 3)
        press(page, "tile")
        press(page, "edit")  # now the camera's own picture goes up, and only that
        expect(page.get_by_role("heading", name="Snapshot")).to_be_visible()
        wait_until_off(page, OFF)
        assert len(sent.uploads) == 1
        expect(keyed(page, "toolbar")).to_contain_text("emulsion-photo")
        quiet(page)
        made = pixels_of(download(page)[0])
        assert np.abs(made.astype(int) - photo.astype(int)).max() <= 2


@pytest.mark.deep
def test_a_drag_reaches_the_video_before_the_slider_is_let_go(browser: Browser, address: str) -> None:
    with on_device(browser, address, "exposure") as page:
        press(page, "start")
        wait_for_frames(page, 3)
        before, told = colours(page).mean(), stack_in_address(page)
        thumb = page.locator("[class*='-stops'] [data-testid=stSliderThumbValue]").locator("..")
        box = thumb.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] - 40, box["y"] + 5, steps=8)
        wait_for_frames(page, 4)
        assert colours(page).mean() < before / 2
        assert stack_in_address(page) == told  # which the server writes
        address_before = page.url
        page.mouse.up()
        expect(page).not_to_have_url(address_before)
        wait_for_frames(page, 4)
        assert colours(page).mean() < before / 2


@pytest.mark.deep
def test_the_booth_needs_no_webrtc_and_keeps_all_that_is_taken(browser: Browser, address: str) -> None:
    with on_device(browser, address, "sepia", scripts=(BAR_CAMERA, "delete window.RTCPeerConnection")) as page:
        press(page, "start")
        wait_for_frames(page, 3)
        press(page, "options > summary")
        root(page).get_by_label("Burst of 4, as a strip").check()
        root(page).get_by_label("Mirror my photos").check()
        page.keyboard.press("Escape")
        press(page, "options > summary")
        page.keyboard.press("Space")
        expect(root(page).locator(".shutter")).to_be_disabled()
        expect(root(page).locator(".shutter")).to_be_enabled()
        press(page, "tile")
        others = root(page).locator(".others button")
        expect(others).to_have_count(5)
        strip = pixels_of(saved(page))
        assert strip.shape[0] > 4 * 480
        others.nth(1).click()
        photo = pixels_of(saved(page))
        assert photo.shape == (480, 640, 3)
        white, black = photo[5, -10].min(), photo[5, -40].max()
        assert white > black + 80, "a mirror's: the bar code begins on the right"
        press(page, "delete")
        press(page, "record")
        expect(root(page).locator(".record.running")).to_be_visible()
        page.wait_for_timeout(2500)
        press(page, "record")
        expect(root(page).locator(".tile video")).to_be_visible()
        press(page, "tile")
        with av.open(io.BytesIO(saved(page)), "r") as film:
            assert film.streams.video[0].width == 640
            assert len(list(film.decode(video=0))) > 1  # however busy the machine is
        press(page, "close")
        page.get_by_role("link", name="Catalogue").click()
        wait_until_off(page, OFF)
        page.get_by_role("link", name="Live", exact=True).click()
        expect(root(page).locator(".tile video")).to_be_visible()  # what was taken is still there
        assert live_tracks(page) == 0


@pytest.mark.deep
def test_without_webgl2_and_where_it_is_lost_live_is_the_servers_without_a_word(browser: Browser) -> None:
    with server(EMULSION_LIVE_WAY="device", EMULSION_LIVE_SEATS="4") as started:
        with person(browser, started.address + "/live", WITHOUT_WEBGL) as page:
            player(page)
            expect(keyed(page, "live_way")).to_have_count(0)
            expect(page.get_by_test_id("stAlert")).to_have_count(0)
        with person(browser, started.address + "/live") as page:
            expect(root(page)).to_be_visible()
            keyed(page, "live_way").get_by_text("On the server", exact=True).click()
            player(page)
            keyed(page, "live_way").get_by_text("On this device", exact=True).click()
            press(page, "start")
            wait_for_frames(page, 3)
            root(page).locator("canvas").evaluate(
                "canvas => canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
            )
            player(page)
            wait_until_off(page, OFF)


@pytest.mark.deep
def test_another_camera_is_chosen_and_a_countdown_runs_or_is_given_up(browser: Browser, address: str) -> None:
    with on_device(browser, address, "sepia") as page:
        press(page, "start")
        wait_for_frames(page, 3)
        cameras = root(page).locator(".camera select")
        expect(cameras.locator("option")).to_have_count(2)
        first = cameras.input_value()
        cameras.select_option(index=1 - int(cameras.evaluate("select => select.selectedIndex")))
        expect(cameras).not_to_have_value(first)
        wait_for_frames(page, 3)
        assert (asked(page), live_tracks(page)) == (2, 1)
        used = page.evaluate("ledger.tracks.map((track) => track.getSettings().deviceId)")
        assert used[0] == first != used[1]

        press(page, "options > summary")
        root(page).get_by_label("Countdown").select_option("3")
        press(page, "options > summary")
        press(page, "shutter")
        for left in "321":
            expect(root(page).locator(".count")).to_have_text(left)
            assert root(page).locator(".tile img").count() == 0
        expect(root(page).locator(".tile img")).to_be_visible()
        taken = root(page).locator(".tile img").get_attribute("src")
        press(page, "shutter")
        expect(root(page).locator(".count")).to_have_text("3")
        press(page, "stop")
        expect(root(page).locator(".count")).to_be_empty()
        wait_until_off(page, OFF)
        page.wait_for_timeout(4000)
        expect(root(page).locator(".tile img")).to_have_attribute("src", str(taken))


WRONG = """const set = WebGL2RenderingContext.prototype.uniform4fv;
    WebGL2RenderingContext.prototype.uniform4fv = function (place, numbers) {
      return set.call(this, place, numbers.map((number) => 0.8 * number));
    };"""
"""A graphics card that is a fifth off."""


@pytest.mark.deep
def test_what_draws_wrongly_or_slowly_goes_to_the_servers_way_without_a_word(browser: Browser) -> None:
    with server(EMULSION_LIVE_WAY="device", EMULSION_LIVE_SEATS="4") as started:
        stack = Pipeline((EFFECTS["exposure"].step(stops=1.0),)).to_link()
        for script in (WRONG, RANDOM_READS, WHITE_READS, SLOW):
            with person(browser, f"{started.address}/live?recipe={stack}", script) as page:
                player(page)
                # A slow one may be chosen all the same.
                expect(keyed(page, "live_way")).to_have_count(int(script == SLOW))
                expect(page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.deep
@pytest.mark.parametrize(("width", "height"), [(390, 844), (700, 844), (1280, 844), (844, 390)])
def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, address: str, width: int, height: int) -> None:
    with on_device(browser, address, "sepia", "slit_scan", viewport={"width": width, "height": height}) as page:
        press(page, "start")
        wait_for_frames(page, 3)
        assert not findings(page)
        assert_fits(page, width)
        for name in ("shutter", "record", "full", "tile", "options > summary"):
            box = root(page).locator(f".{name}").bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 40, name
            assert box["y"] + box["height"] <= height, name
        screen, label = (
            element.bounding_box()
            for element in (root(page).locator(".place"), cards(page).first.get_by_text("Sepia", exact=True))
        )
        assert screen is not None
        assert label is not None
        assert label["width"] >= 30, "a card has room for its name"
        assert screen["height"] > 250, "also where a phone lies"
        assert root(page).evaluate(HOW_FIGURES_LIE, translated(SAID)["slow"]) == {"cut": False, "covered": False}
        press(page, "options > summary")
        box = root(page).locator(".options > div").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width, "what one may choose is read to its end"
        assert box["y"] >= 44, "nor is its beginning under the page's head"


@pytest.mark.deep
def test_a_camera_that_falls_silent_is_let_go_and_told(browser: Browser, address: str) -> None:
    with on_device(browser, address, scripts=(BAR_CAMERA,)) as page:
        press(page, "start")
        wait_for_frames(page, 3)
        page.evaluate("glass.paused = true")
        expect(root(page).get_by_text("No picture has come from the camera")).to_be_visible(timeout=20_000)
        wait_until_off(page, OFF)
        page.evaluate("glass.paused = false")
        press(page, "start")
        wait_for_frames(page, 3)
        expect(root(page).get_by_text("No picture has come from the camera")).to_be_hidden()
