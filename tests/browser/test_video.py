"""Video in a real browser: a real file goes up, is scrubbed and made while one watches, plays, and comes down."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from effects import EFFECTS, Pipeline
from effects.image import Image
from effects.video import render_video
from tests import films
from tests.browser.axe import findings
from tests.browser.conftest import Visit, server
from tests.browser.hands import assert_fits, keyed, quiet, shown

pytestmark = pytest.mark.deep

PATIENCE = 120_000  # ms that a busy machine may take for what takes seconds
CANCEL_SECONDS = 1.0
SEPIA = Pipeline((EFFECTS["sepia"].step(),))


def bring(page: Page, file: Path) -> None:
    """Choose this video, and wait until its first frame is there."""
    expect(keyed(page, "video_input").locator("label")).to_be_visible(timeout=PATIENCE)
    keyed(page, "video_input").locator("input[type=file]").set_input_files(file)
    expect(keyed(page, "frame").locator("img").first).to_be_visible(timeout=PATIENCE)
    expect(keyed(page, "video_input")).to_contain_text(file.name)
    quiet(page)


def start(page: Page) -> Locator:
    return page.get_by_role("button", name="Start")


def nudge(page: Page, name: str, place: int, key: str, times: int) -> None:
    """Move a slider's handle by key."""
    page.get_by_role("slider", name=name).nth(place).focus()
    for _ in range(times):
        page.keyboard.press(key)
    quiet(page)


def await_another_frame(page: Page, before: Image) -> None:
    """Until the stage shows another picture."""
    for _ in range(100):
        quiet(page)
        if not np.array_equal(shown(page), before):
            return
    raise AssertionError("the frame is the same")


def is_left_empty(folder: Path) -> bool:
    """Whether no session's video is there any more, in good time."""
    for _ in range(PATIENCE // 500):
        if not list(folder.glob("emulsion-reel-*")):
            return True
        time.sleep(0.5)
    return False


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return films.film(tmp_path_factory.mktemp("films") / "holiday.mp4", "-c:a", "aac", size="320x240", seconds=3.0)


def test_a_video_is_scrubbed_trimmed_made_played_and_saved_and_a_closed_tab_leaves_nothing(
    visit: Visit, film: Path, tmp_path: Path
) -> None:
    # So long that no machine is done with it before somebody presses Cancel, and small on its way.
    part, long = films.film(tmp_path / "part.mp4", layout=None, seconds=3.0, pictures=films.CALM), tmp_path / "long.mkv"
    films.ffmpeg("-stream_loop", "599", "-i", part, "-c", "copy", long)
    with server(
        TMPDIR=str(tmp_path), EMULSION_VIDEO_SECONDS="3600", STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1"
    ) as started:
        page = visit("/video?recipe=" + SEPIA.to_link(), at=started.address)
        expect(start(page)).to_be_disabled()
        bring(page, long)
        start(page).click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(keyed(page, "video_progress")).to_contain_text(re.compile(r"of 1[78]\d\d\.\d s"), timeout=PATIENCE)
        page.get_by_role("button", name="Cancel").click()
        began = time.monotonic()
        while list(tmp_path.glob("emulsion-reel-*/.emulsion-*")):
            assert time.monotonic() - began < CANCEL_SECONDS
            time.sleep(0.02)
        expect(keyed(page, "video_progress")).to_contain_text("Cancelled.")
        assert len(list(tmp_path.glob("emulsion-reel-*/*"))) == 1

        bring(page, film)
        first = shown(page)
        nudge(page, "Frame", 0, "ArrowRight", 10)
        await_another_frame(page, first)
        nudge(page, "Part", 1, "ArrowLeft", 20)
        start(page).click()
        player = keyed(page, "video_player").locator("video")
        expect(player).to_be_visible(timeout=PATIENCE)
        played = player.evaluate("""async (video) => {
            video.muted = true;
            await video.play();
            await new Promise((resolve) => video.addEventListener("ended", resolve, { once: true }));
            video.currentTime = 0.4;
            await new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
            return [video.duration, video.currentTime, video.videoWidth];
        }""")
        assert played == [pytest.approx(1.0, abs=0.15), pytest.approx(0.4, abs=0.01), 320]
        with page.expect_download() as coming:
            keyed(page, "download").locator("button").click()
        assert coming.value.suggested_filename == "holiday-emulsion.mp4"
        saved, expected = tmp_path / "saved.mp4", tmp_path / "expected.mp4"
        saved.write_bytes(Path(coming.value.path()).read_bytes())
        render_video(film, expected, SEPIA, end=1.0)
        pairs = zip(films.frames(saved), films.frames(expected), strict=True)
        assert min(films.psnr(one, other) for one, other in pairs) > 36
        assert films.stream(saved, "a")["codec_name"] == "aac"
        assert findings(page) == []

        page.set_viewport_size({"width": 390, "height": 844})
        quiet(page)
        assert_fits(page, 390)
        odd = tmp_path / "odd.mp4"
        odd.write_bytes(b"no video")
        keyed(page, "video_input").locator("input[type=file]").set_input_files(odd)
        expect(page.get_by_test_id("stAlert")).to_contain_text("odd.mp4", timeout=PATIENCE)

        bring(page, long)
        start(page).click()
        expect(keyed(page, "video_progress")).to_contain_text(re.compile(r"of 1[78]\d\d\.\d s"), timeout=PATIENCE)
        page.context.close()  # with work going on
        assert is_left_empty(tmp_path)
