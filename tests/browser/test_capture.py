"""The camera is never on without being asked, and off as soon as the photo is there or one has gone elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from effects import decode
from tests.browser.conftest import Visit
from tests.browser.hands import choose_source, keyed, last_sent, settled, shown, until

HOLD = """() => {
  const ask = navigator.mediaDevices.getUserMedia;
  window.answer = null;
  navigator.mediaDevices.getUserMedia = async (wish) => {
    await new Promise((resolve) => { window.answer = resolve; });
    return ask(wish);
  };
}"""


def turn_on(page: Page) -> None:
    """By its button, which stands in the bar's popover once there is a photo."""
    file = keyed(page, "file").locator("button").first
    if file.count() and file.get_attribute("aria-expanded") != "true":
        file.click()
    page.get_by_role("button", name="Turn on camera").click()


def wait_until_ready(page: Page) -> None:
    expect(page.get_by_role("button", name="Take the photo")).to_be_visible()


def asked(page: Page) -> int:
    return int(page.evaluate("window.asked.length"))


def wait_until_off(page: Page, tracks: int) -> None:
    """Until so many tracks have come and each of them has ended."""
    until(page, f"window.tracks.length === {tracks} && window.tracks.every(track => track.readyState === 'ended')")


def test_the_camera_is_on_from_a_click_to_the_photo_and_not_a_moment_longer(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Camera")
    expect(page.get_by_role("button", name="Turn on camera")).to_be_visible()
    page.wait_for_timeout(500)
    assert asked(page) == 0
    turn_on(page)
    wait_until_ready(page)
    assert (asked(page), page.evaluate("window.tracks.length")) == (1, 1)
    assert "audio" not in page.evaluate("window.asked[0]")
    finder = keyed(page, "capture").locator("video")
    size = finder.evaluate("video => [video.videoHeight, video.videoWidth]")
    mirrored = "matrix(-1, 0, 0, 1, 0, 0)"
    assert finder.evaluate("video => getComputedStyle(video).transform") == mirrored
    page.get_by_label("Mirror the screen").uncheck()
    assert finder.evaluate("video => getComputedStyle(video).transform") == "none"
    page.get_by_role("button", name="Take the photo").click()
    wait_until_off(page, 1)
    expect(keyed(page, "frame").locator("img").first).to_be_visible()
    settled(page)
    photo = decode(last_sent(page)).image
    assert photo.shape[:2] == tuple(size)
    assert photo.std() > 20  # the test picture of the browser's own camera
    assert last_sent(page)[:2] == b"\xff\xd8"
    assert shown(page).shape[1] <= 1280

    # Away during the countdown: the camera goes with the page.
    turn_on(page)
    wait_until_ready(page)
    page.get_by_label("Timer").select_option("3 s")
    page.get_by_role("button", name="Take the photo").click()
    expect(keyed(page, "capture").get_by_role("timer")).to_have_text("3")
    sent = page.evaluate("window.sent.length")
    page.get_by_role("link", name="Catalogue").click()
    wait_until_off(page, 2)
    page.wait_for_timeout(3500)
    assert page.evaluate("window.sent.length") == sent

    # Away while the browser asks: what it gives afterwards is ended at once, and nothing is asked for anew.
    page.get_by_role("link", name="Snapshot").click()
    expect(keyed(page, "frame").locator("img").first).to_be_visible()
    settled(page)
    choose_source(page, "Camera")
    page.evaluate(HOLD)
    turn_on(page)
    expect(page.get_by_text("The browser asks whether")).to_be_visible()
    choose_source(page, "Upload")
    expect(keyed(page, "capture")).to_have_count(0)
    page.evaluate("window.answer()")
    wait_until_off(page, 3)
    assert asked(page) == 3


@pytest.mark.deep
def test_a_photo_is_a_mirror_s_only_where_that_is_asked_for(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Camera")
    turn_on(page)
    wait_until_ready(page)
    page.evaluate("""() => {
        ImageCapture.prototype.takePhoto = async () => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 32 });
          const pen = canvas.getContext("2d");
          pen.fillStyle = "#fff";
          pen.fillRect(0, 0, 32, 32);
          return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
        };
    }""")
    for kept, brighter in ((False, "left"), (True, "right")):
        page.get_by_label("Mirror the photo, too").set_checked(kept)
        before = page.evaluate("window.sent.length")
        page.get_by_role("button", name="Take the photo").click()
        until(page, f"window.sent.length > {before}")
        photo = decode(last_sent(page)).image
        left, right = np.mean(photo[:, :32]), np.mean(photo[:, 32:])
        assert ("left" if left > right else "right") == brighter
        settled(page)
        turn_on(page)
        wait_until_ready(page)
