"""Recordings: the right times, one size, an end, and never a frame held up for them."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator

import av
import numpy as np
import pytest
from PIL import Image as Pictures
from PIL import ImageSequence

from effects.image import Image
from pages.components.live.recorder import GIF_SIDE, LONGEST, Recorder


def even(level: int, height: int = 120, width: int = 160) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def recorded(form: str, frames: Iterator[tuple[Image, float]]) -> bytes:
    recorder = Recorder(form)
    for image, when in frames:
        while not recorder.is_done and recorder._frames.full():
            threading.Event().wait(0.01)
        recorder.add(image, when)
    recorder.finish()
    assert recorder.wait(60)
    assert not recorder.trouble
    return recorder.file


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


def test_a_gif_is_small_endless_and_of_the_right_length() -> None:
    rng = np.random.default_rng(3)
    data = recorded("GIF", ((rng.integers(0, 256, (480, 640, 3), np.uint8), n / 30) for n in range(60)))

    gif = Pictures.open(io.BytesIO(data))
    durations = [shown.info["duration"] for shown in ImageSequence.Iterator(gif)]
    assert gif.size == (GIF_SIDE, 300)
    assert gif.info["loop"] == 0
    assert 1800 <= sum(durations) <= 2200
    assert len(durations) in range(18, 23)


@pytest.mark.parametrize("form", LONGEST)
def test_a_recording_ends_by_itself(form: str) -> None:
    recorder = Recorder(form)
    for second in range(0, 90, 2):
        recorder.add(even(second), second)
    assert recorder.wait(30)
    assert recorder.seconds <= LONGEST[form]


def test_a_recording_never_holds_up_the_video() -> None:
    recorder = Recorder()
    image = np.random.default_rng(1).integers(0, 256, (720, 1280, 3), np.uint8)
    for number in range(200):
        recorder.add(image, number / 1000)
    assert recorder.left_out > 0
    assert recorder._frames.qsize() <= 12
    recorder.finish()
    assert recorder.wait(60)


def test_a_recording_of_nothing_is_nothing() -> None:
    assert recorded("MP4", iter(())) == recorded("GIF", iter(())) == b""
