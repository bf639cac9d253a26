"""The frames of a GIF as the page sends them, and the GIF that is made of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np

from effects.image import Image
from pages.components.live.recorder import GIF, GIF_GAP, GIF_SIDE, MAX_SECONDS, write_gif

MAX_FRAMES = round(MAX_SECONDS[GIF] / GIF_GAP) + 2
MAX_BYTES = 4 + MAX_FRAMES * (4 + 3 * GIF_SIDE**2)


def gif_of(packed: bytes) -> bytes:
    """The GIF of frames that `device_gif.js` has put into one file; nothing where it is none of that script's."""
    try:
        unpacking = zlib.decompressobj()
        frames = unpacking.decompress(packed, MAX_BYTES)
        whole = unpacking.eof
    except zlib.error:
        return b""
    return write_gif(iter(list(each_frame(frames)))) if whole else b""


def each_frame(frames: bytes) -> Iterator[tuple[Image, float]]:
    """Each whole picture with its time in seconds: width and height come first, and a time in ms before each."""
    if len(frames) < 4:
        return
    width, height = struct.unpack_from(">HH", frames)
    if not 0 < max(width, height) <= GIF_SIDE or not min(width, height):
        return
    long = 4 + 3 * width * height
    for at in range(4, len(frames) - long + 1, long):
        (when,) = struct.unpack_from(">I", frames, at)
        pixels = np.frombuffer(frames, np.uint8, 3 * width * height, at + 4)
        yield pixels.reshape(height, width, 3), when / 1000
