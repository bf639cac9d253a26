"""GIF: the first frame at its place on the canvas, transparent around it. GIF89a specification."""

from __future__ import annotations

import struct

import numpy as np

from effects.codec.header import Header
from effects.codec.limits import check_size
from effects.codec.opened import Opened, animation
from effects.codec.pillow import open_picture, raster_of
from effects.codec.raster import Raster, Samples
from effects.image import Alpha

EXTENSION, FRAME, END = 0x21, 0x2C, b";"
CONTROL = 0xF9


def open_gif(data: bytes, header: Header, needed: int | None) -> Opened:
    """The first frame. Pillow decodes it alone; around it browsers show nothing, and Pillow the background colour."""
    del needed
    single, (left, top, wide, high) = first_frame(data)
    frame = raster_of(open_picture(single, "gif"))
    if (left, top, wide, high) == (0, 0, header.width, header.height):
        return Opened(frame, notes=animation(header))

    def rows(begin: int, end: int) -> tuple[Samples, Alpha]:
        samples = np.zeros((end - begin, header.width, frame.rows(0, 1)[0].shape[-1]), np.uint8)
        alpha = np.zeros((end - begin, header.width), np.uint8)
        first, last = max(begin, top), min(end, top + high)
        if first < last:
            part, opacity = frame.rows(first - top, last - top)
            samples[first - begin : last - begin, left : left + wide] = part
            alpha[first - begin : last - begin, left : left + wide] = 255 if opacity is None else opacity
        return samples, alpha

    return Opened(Raster(header.width, header.height, frame.model, rows), notes=animation(header))


def first_frame(data: bytes) -> tuple[bytes, tuple[int, int, int, int]]:
    """A GIF of the first frame alone, and where it lay: left, top, width, height. ValueError where there is none."""
    at = 13 + colours(data[10])
    control = b""
    while data[at] != FRAME:
        if data[at] != EXTENSION:
            raise ValueError("no frame")
        end = after_blocks(data, at + 2)
        if data[at + 1] == CONTROL:
            control = data[at:end]
        at = end
    left, top, wide, high = struct.unpack_from("<HHHH", data, at + 1)
    check_size(wide, high)
    body = at + 10 + colours(data[at + 9])
    end = after_blocks(data, body + 1)
    size = struct.pack("<HH", wide, high)
    descriptor = data[at : at + 1] + bytes(4) + size + data[at + 9 : end]
    return data[:6] + size + data[10 : 13 + colours(data[10])] + control + descriptor + END, (left, top, wide, high)


def colours(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def after_blocks(data: bytes, at: int) -> int:
    """The place after a row of sub-blocks; the file's end where it comes first."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return min(at + 1, len(data))
