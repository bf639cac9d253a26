"""The rows of a PNG that is nothing but pixels, by OpenCV's libpng: all of their bits, and every one of them or none.

libpng refuses a compressed stream that ends before its last row, however properly it ends. Pillow's own decoder leaves
rows that never came black, and keeps eight of sixteen bits. PNG specification, third edition, section 8.
"""

from __future__ import annotations

import struct

import cv2
import numpy as np

from effects.codec.containers.chunks import plain_png
from effects.codec.raster import Samples

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel, by colour type."""

GREY, COLOUR, PALETTE, GREY_ALPHA = 0, 2, 3, 4

PLAIN = ((0, 0, 1, 1),)
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""A picture's passes: column and row of the first pixel, and the steps to the next. Section 8.1."""

KIND = 9
"""The place of the colour type in a file's header chunk, behind the depth."""

COLOUR_FLAGS = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_ANYDEPTH


ROOM = 2, 4 * 2**20
"""What OpenCV's decoder asks for: times the pixels' bytes, and bytes beside."""


def rows_of(header: bytes, stream: list[bytes]) -> tuple[Samples, Samples | None]:
    """Samples (H x W x channels) and opacity of a header's compressed pixels; ValueError where rows are missing,
    MemoryError where there is no room for them.

    Samples of less than 8 bits are scaled to 0..255; of a palette they are its colours' numbers.
    """
    depth, kind = header[KIND - 1 : KIND + 1]
    # Asked for and given back untouched, which takes no time: OpenCV's decoder would crash without.
    np.empty(room_for(header), np.uint8)
    # Numbers of a palette are read as grey, since OpenCV would look up the colours.
    read_as = GREY if kind == PALETTE else kind
    file = plain_png(header[:KIND] + bytes([read_as]) + header[KIND + 1 :], stream)
    pixels = cv2.imdecode(np.frombuffer(file, np.uint8), COLOUR_FLAGS if kind == COLOUR else cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError("rows are missing")
    samples: Samples = pixels.reshape(*pixels.shape[:2], -1)
    if kind == PALETTE:
        return samples // np.uint8(255 // ((1 << depth) - 1)), None
    if kind in (GREY, COLOUR):
        return samples, None
    opacity = cv2.extractChannel(samples, 3)
    return (samples[..., :1] if kind == GREY_ALPHA else cv2.cvtColor(samples, cv2.COLOR_BGRA2RGB)), opacity


def room_for(header: bytes) -> int:
    """The bytes that OpenCV's decoder asks for on the way to a header's picture."""
    width, height, depth, kind = struct.unpack_from(">IIBB", header)
    times, beside = ROOM
    return int(times * width * height * CHANNELS[kind] * max(depth, 8) // 8 + beside)


def stream_length(header: bytes) -> int:
    """The bytes that a header's pixels have before they are compressed: a filter's and the samples', row by row."""
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", header)
    length = 0
    for left, top, across, down in ADAM7 if interlaced else PLAIN:
        wide, high = max(0, -(-(width - left) // across)), max(0, -(-(height - top) // down))
        length += high * (1 + (wide * CHANNELS[kind] * depth + 7) // 8) if wide else 0
    return length
