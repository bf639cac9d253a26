"""What one keeps of Live, in a real browser: photos, bursts, recordings."""

from __future__ import annotations

import io
import json
import subprocess
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PILImage
from playwright.sync_api import Browser, Page, expect

from effects import EFFECTS, Pipeline
from tests.browser.conftest import ALLOW_CAMERA, FAKE_CAMERA, Launch
from tests.browser.glass import BAR_CAMERA, person, player, setting, start, stop, wait_for_video
from tests.browser.hands import quiet, shown
from tests.patches import COLOURS, chart, off
from tests.pictures import pixels_of

SCREEN = """() => {
  const video = document.querySelector("video"), canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d").drawImage(video, 0, 0);
  return canvas.toDataURL("image/png");
}"""
INVERT = Pipeline((EFFECTS["invert"].step(),)).to_link()


def running(page: Page) -> None:
    start(page)
    wait_for_video(page)
    expect(page.locator(".st-key-take_photo button")).to_be_enabled(timeout=20_000)


def kept(page: Page, number: int = 0) -> tuple[bytes, str]:
    """A piece of the tray, as its Download button gives it."""
    button = page.locator("[class*=st-key-keep-] button")
    expect(button.nth(number)).to_be_visible(timeout=90_000)
    with page.expect_download() as coming:
        button.nth(number).click()
    return Path(coming.value.path()).read_bytes(), coming.value.suggested_filename


def test_a_photo_is_the_whole_frame_with_the_stack_and_can_be_edited_on_snapshot(browser: Browser, live: str) -> None:
    with person(browser, f"{live}?recipe={INVERT}", BAR_CAMERA) as page:
        running(page)
        page.locator(".st-key-take_photo button").click()
        data, name = kept(page)
        photo = pixels_of(data)
        assert name.endswith(".jpg")
        assert photo.shape == (480, 640, 3)
        page.locator("[class*=st-key-edit-] button").first.click()
        page.get_by_role("heading", name="Snapshot").wait_for()
        quiet(page)
        again = shown(page)
        assert again.shape == photo.shape
        assert np.abs(again.astype(int) - photo).mean() < 4  # the same frame, the same stack, through other JPEGs


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chart of colours as a camera's film of 720 rows; ffmpeg makes its numbers, by BT.601 as cameras do."""
    file = tmp_path_factory.mktemp("film") / "chart.y4m"
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-s",
        "1280x720",
        "-i",
        "-",
        "-pix_fmt",
        "yuv420p",
        str(file),
    ]
    subprocess.run(command, input=chart(720, 1280).tobytes() * 10, check=True)
    return file


def test_at_720p_the_screen_is_a_mirror_the_photo_is_not_and_both_have_the_colours(
    launch: Launch, live: str, film: Path
) -> None:
    camera = f"--use-file-for-fake-video-capture={film}"
    with launch(*FAKE_CAMERA, ALLOW_CAMERA, camera) as browser, person(browser, live) as page:
        setting(page, "size", "720p")
        running(page)
        page.wait_for_timeout(2500)  # until VP8 has made the chart sharp
        screen = pixels_of(b64decode(player(page).evaluate(SCREEN).split(",")[1]))
        assert screen.shape == (720, 1280, 3)
        assert off(screen, COLOURS[:, ::-1]) <= 10
        page.locator(".st-key-take_photo button").click()
        assert off(pixels_of(kept(page)[0])) <= 6
        stop(page)


@pytest.mark.deep
def test_a_burst_after_a_countdown_is_a_strip_of_four(browser: Browser, live: str) -> None:
    with person(browser, live, BAR_CAMERA) as page:
        running(page)
        page.get_by_role("button", name="Photo options").click()
        setting(page, "countdown", "3 s")
        page.locator(".st-key-burst label").first.click()
        quiet(page)
        page.keyboard.press("Escape")
        page.locator(".st-key-take_photo button").click()
        # The strip comes last, and lies before its photos.
        expect(page.locator("[class*=st-key-keep-] button")).to_have_count(5, timeout=90_000)
        data, name = kept(page)
        assert "strip" in name
        assert pixels_of(data).shape == (4 * 480 + 5 * 19, 640 + 2 * 19, 3)
        stop(page)


def test_a_recording_plays_in_chromium_and_ffprobe_agrees(browser: Browser, live: str, tmp_path: Path) -> None:
    with person(browser, live, BAR_CAMERA) as page:
        running(page)
        page.locator(".st-key-record button").click()
        page.wait_for_timeout(4000)
        page.locator(".st-key-record button").click()
        data, name = kept(page)
        assert name.endswith(".mp4")
        video = page.locator("video").first
        video.evaluate("video => { video.muted = true; return video.play(); }")
        page.wait_for_timeout(1500)
        assert video.evaluate("video => video.currentTime") > 0.3
        length = video.evaluate("video => video.duration")
        stop(page)
    file = tmp_path / name
    file.write_bytes(data)
    asked = ["ffprobe", "-v", "error", "-show_streams", "-show_frames", "-of", "json", str(file)]
    told = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
    (stream,) = told["streams"]
    times = np.array([float(frame["pts_time"]) for frame in told["frames"]])
    assert (stream["codec_name"], stream["width"], stream["height"], stream["pix_fmt"]) == ("h264", 640, 480, "yuv420p")
    assert {(frame["width"], frame["height"]) for frame in told["frames"]} == {(640, 480)}
    assert np.all(np.diff(times) > 0)
    assert 2 <= length <= 12
    assert abs(float(stream["duration"]) - length) < 0.5


@pytest.mark.deep
def test_a_gif_moves(browser: Browser, live: str) -> None:
    with person(browser, live, BAR_CAMERA) as page:
        running(page)
        page.get_by_role("button", name="Photo options").click()
        setting(page, "record_as", "GIF, 5 s")
        page.keyboard.press("Escape")
        page.locator(".st-key-record button").click()
        data, name = kept(page)  # it ends by itself
        gif = PILImage.open(io.BytesIO(data))
        assert (name[-4:], gif.format, gif.size) == (".gif", "GIF", (400, 300))
        first = np.asarray(gif.convert("RGB"), int)
        gif.seek(5)
        assert np.abs(np.asarray(gif.convert("RGB")) - first).mean() > 2
        stop(page)
