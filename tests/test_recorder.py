"""Recordings: the right times, one size, an end, and never a frame held up for them."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageSequence

from effects.image import Image
from pages.components.live.recorder import GIF_SIDE, MAX_SECONDS, Recorder
from tests.patches import chart, off
from tests.recordings import recorded

pytestmark = pytest.mark.slow


def even(level: int | tuple[int, int, int], height: int = 120, width: int = 160) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def test_an_mp4_has_each_frame_at_its_own_time_and_one_size() -> None:
    times = [100.0 + number / 20 + (0.3 if number > 10 else 0) for number in range(30)]
    sizes = [(120, 160)] * 20 + [(90, 200)] * 10
    data = recorded("MP4", ((even(8 * n, *sizes[n]), when) for n, when in enumerate(times)))

    with av.open(io.BytesIO(data), "r") as file:
        stream = file.streams.video[0]
        frames = list(file.decode(stream))
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 160, 120)
    shown = np.array([item.time for item in frames])
    np.testing.assert_allclose(shown - shown[0], np.array(times) - times[0], atol=0.002)
    middles = [item.to_ndarray(format="rgb24")[60, 80, 0] for item in frames]
    assert np.abs(np.array(middles, int) - 8 * np.arange(30)).max() <= 6


@pytest.mark.slow
@pytest.mark.parametrize(("height", "width"), [(480, 640), (720, 1280), (719, 1279), (37, 51), (1, 3), (5, 1)])
def test_a_recording_says_which_colours_it_has_and_has_them(tmp_path: Path, height: int, width: int) -> None:
    """Without the matrix in the file a player takes one that goes by the size; ffmpeg goes by what the file says."""
    file = tmp_path / "film.mp4"
    file.write_bytes(recorded("MP4", ((even((200, 120, 40), height, width), number / 10) for number in range(4))))

    asked = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(file)]
    (stream,) = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)["streams"]
    tags = {name: stream[f"color_{name}"] for name in ("range", "space", "primaries", "transfer")}
    assert tags == {"range": "tv", "space": "smpte170m", "primaries": "bt709", "transfer": "iec61966-2-1"}
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.uint8)
    assert np.abs(raw.reshape(-1, 3).astype(int) - (200, 120, 40)).max() <= 3  # to the last row and column


def test_a_recording_of_odd_sides_is_cut_not_scaled() -> None:
    stripes = even(0, 61, 83)
    stripes[:, ::4] = stripes[:, 1::4] = 255
    data = recorded("MP4", ((stripes, number / 10) for number in range(4)))
    with av.open(io.BytesIO(data), "r") as file:
        first = next(file.decode(video=0)).to_ndarray(format="rgb24")
    assert np.abs(first.astype(int) - stripes[:60, :82]).max() <= 40


def test_a_gif_keeps_the_colours() -> None:
    data = recorded("GIF", ((chart(720, 1280), number / 10) for number in range(4)))
    assert off(np.asarray(PILImage.open(io.BytesIO(data)).convert("RGB"))) <= 4


def test_a_gif_is_small_endless_and_of_the_right_length() -> None:
    rng = np.random.default_rng(3)
    data = recorded("GIF", ((rng.integers(0, 256, (480, 640, 3), np.uint8), n / 30) for n in range(60)))

    gif = PILImage.open(io.BytesIO(data))
    durations = [shown.info["duration"] for shown in ImageSequence.Iterator(gif)]
    assert gif.size == (GIF_SIDE, 300)
    assert gif.info["loop"] == 0
    assert 1800 <= sum(durations) <= 2200
    assert len(durations) in range(18, 23)


@pytest.mark.parametrize("form", MAX_SECONDS)
def test_a_recording_ends_by_itself(form: str) -> None:
    recorder = Recorder(form)
    for second in range(0, 90, 2):
        recorder.add(even(second), second)
    assert recorder.wait(30)
    assert recorder.seconds <= MAX_SECONDS[form]


def test_a_recording_never_holds_up_the_video() -> None:
    recorder = Recorder()
    image = np.random.default_rng(1).integers(0, 256, (720, 1280, 3), np.uint8)
    for number in range(200):
        recorder.add(image, number / 1000)
    assert recorder.skipped_frames > 0
    assert recorder._frames.qsize() <= 12
    recorder.finish()
    assert recorder.wait(60)


def test_a_recording_of_nothing_is_nothing() -> None:
    assert recorded("MP4", iter(())) == recorded("GIF", iter(())) == b""
