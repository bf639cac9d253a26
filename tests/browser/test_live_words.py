"""Live where no video can begin, in a real browser: each trouble has its own words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ALLOW_CAMERA, DENY_CAMERA, FAKE_CAMERA, Launch
from tests.browser.glass import live_tracks, person, player, start

BUSY = """
const getUserMedia = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (getUserMedia) navigator.mediaDevices.getUserMedia = async (wish) => {
  if (top.isFree) return getUserMedia(wish);
  throw new DOMException("Could not start video source", "NotReadableError");
};
"""
NO_OFFER = """
RTCPeerConnection.prototype.createOffer = async () => { throw new DOMException("no such codec", "OperationError"); };
"""
NO_PEERS = "delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;"
NO_DEVICES = "Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined });"


@pytest.fixture
def live(address: str) -> str:
    """Live on the server that most tests share: nothing here comes to the point where a seat is taken."""
    return address + "/live"


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible(timeout=30_000)


def test_a_refused_camera_has_its_words_and_no_others(launch: Launch, live: str) -> None:
    with launch(*FAKE_CAMERA, DENY_CAMERA) as browser, person(browser, live) as page:
        start(page)
        says(page, "The camera was refused.")
        assert live_tracks(page) == 0
        raw = player(page).get_by_text("NotAllowedError")
        raw.wait_for(state="attached")  # what the player says in the browser's words is there, and not to be seen
        expect(raw).to_be_hidden()
        expect(player(page).get_by_role("alert")).to_have_count(0)


@pytest.mark.deep
def test_a_missing_camera_has_its_words(launch: Launch, live: str) -> None:
    with launch(ALLOW_CAMERA) as browser, person(browser, live) as page:
        start(page)
        says(page, "No camera was found")


@pytest.mark.deep
def test_a_busy_camera_and_a_video_that_cannot_begin_have_their_words(browser: Browser, live: str) -> None:
    """The errors are made by hand: nothing in a headless Chromium can hold its fake camera."""
    with person(browser, live, BUSY, NO_OFFER) as page:
        start(page)
        says(page, "The camera is busy")
        page.evaluate("() => { window.isFree = true; }")
        start(page)
        says(page, "The camera could not be started.")
        expect(player(page).get_by_text("no such codec")).to_be_hidden()


@pytest.mark.deep
def test_an_insecure_address_has_its_words(launch: Launch, live: str) -> None:
    with launch("--host-resolver-rules=MAP emulsion.test 127.0.0.1", *FAKE_CAMERA, ALLOW_CAMERA) as browser:  # noqa: SIM117
        with person(browser, live.replace("127.0.0.1", "emulsion.test")) as page:
            says(page, "Browsers give the camera only to secure pages.")
            expect(page.get_by_text("No relay (TURN server) is set up")).to_be_visible()


@pytest.mark.deep
def test_a_browser_without_cameras_has_its_words(browser: Browser, live: str) -> None:
    with person(browser, live, NO_DEVICES) as page:
        says(page, "This browser gives pages no camera.")
        expect(page.locator(".st-key-live iframe")).to_have_count(0)


def test_a_browser_without_live_connections_is_told_so_and_where_to_go(browser: Browser, live: str) -> None:
    with person(browser, live, NO_PEERS) as page:
        says(page, "This browser has no live connections (WebRTC)")
        expect(page.locator(".st-key-live iframe")).to_have_count(0)  # no Start that would do nothing
        page.get_by_role("link", name="Open Snapshot").click()
        expect(page.get_by_role("heading", name="Snapshot")).to_be_visible()
        assert page.get_by_test_id("stException").count() == 0
