"""A GIF of frames that a page has sent: all of them at their times, and nothing of what is no such file."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageSequence

from pages.components.live.device_frames import MAX_BYTES, gif_of
from pages.components.live.recorder import GIF_SIDE

COLORS = [(250, 10, 10), (10, 250, 10), (10, 10, 250)]


def sent(width: int, height: int, count: int = 3) -> bytes:
    frames = [struct.pack(">I", 200 * number) + bytes(COLORS[number % 3]) * (width * height) for number in range(count)]
    return struct.pack(">HH", width, height) + b"".join(frames)


def test_a_gif_has_the_frames_at_their_times() -> None:
    film = PILImage.open(io.BytesIO(gif_of(zlib.compress(sent(40, 30)))))
    frames = [(np.array(each.convert("RGB")), each.info["duration"]) for each in ImageSequence.Iterator(film)]
    assert [image.shape for image, _ in frames] == [(30, 40, 3)] * 3
    assert [duration for _, duration in frames] == [200, 200, 100]
    for (image, _), color in zip(frames, COLORS, strict=True):
        assert np.abs(image.astype(int) - color).max() <= 8


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"no frames",
        zlib.compress(b"abc"),
        zlib.compress(sent(40, 30))[:-9],
        zlib.compress(sent(0, 30)),
        zlib.compress(sent(GIF_SIDE + 1, 1)),
        zlib.compress(bytes(MAX_BYTES + 1)),
    ],
    ids=["empty", "no file", "short", "torn", "no width", "large", "long"],
)
def test_what_is_no_such_file_makes_no_gif(file: bytes) -> None:
    assert gif_of(file) == b""
