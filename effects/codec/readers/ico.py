"""ICO: the largest of an icon's pictures, a PNG or the body of a BMP with a mask below it. Microsoft's wingdi.h."""

from __future__ import annotations

import struct

import numpy as np

from effects.codec.containers.chunks import SIGNATURE
from effects.codec.header import Header, read_header
from effects.codec.raster import Raster, Samples
from effects.codec.readers.bits import unpack_bits
from effects.codec.readers.bmp import open_bmp
from effects.codec.readers.contents import Contents
from effects.codec.readers.png import open_png
from effects.image import Alpha

ENTRY = struct.Struct("<BBBBHHII")
CORE_HEADER = 12
"""Bytes of OS/2's header, whose sides have 16 bits and whose colours three bytes."""


def open_ico(data: bytes, header: Header, needed: int | None) -> Contents:
    """The entry with the most pixels, and of those the one with the most bits."""
    del header
    count = struct.unpack_from("<H", data, 4)[0]
    entries = [ENTRY.unpack_from(data, 6 + ENTRY.size * index) for index in range(count)]
    best = max(entries, key=lambda entry: ((entry[0] or 256) * (entry[1] or 256), depth_of(entry)))
    picture = data[best[7] :]
    if picture.startswith(SIGNATURE):
        # A PNG says itself where it ends; how long the directory calls it does not matter.
        return open_png(picture, read_header(picture), needed)
    # Up to the next picture, as there are encoders that understate the size.
    behind = min((entry[7] for entry in entries if entry[7] > best[7]), default=len(data))
    return open_bitmap(data[best[7] : max(best[7] + best[6], behind)], best, needed)


def depth_of(entry: tuple[int, ...]) -> int:
    """Bits of a pixel as an entry states them; else those its number of colours takes, where 0 stands for 256."""
    return entry[5] or ((entry[2] or 256) - 1).bit_length()


def open_bitmap(body: bytes, entry: tuple[int, ...], needed: int | None) -> Contents:
    """A BMP without its file header, stated twice as high as it is; 32-bit ones carry their alpha in the fourth byte.

    There are encoders that do not double the height: then it is that of the directory's entry. Where the alpha is
    nowhere set, and at other depths, the mask says which pixels are transparent. ValueError where the body is shorter
    than it is stated to be and lacks a part of either.
    """
    size = struct.unpack_from("<I", body)[0]
    sides = "<HH" if size == CORE_HEADER else "<ii"
    width, stated = struct.unpack_from(sides, body, 4)
    behind = 4 + struct.calcsize(sides)
    bits = struct.unpack_from("<H", body, behind + 2)[0]
    plain = (width, abs(stated)) == (entry[0] or 256, entry[1] or 256)
    height = abs(stated) if plain else abs(stated) // 2
    colours, each = (0, 3) if size == CORE_HEADER else (struct.unpack_from("<I", body, 32)[0], 4)
    start = size + each * (colours or (1 << bits if bits <= 8 else 0))
    stride = (width * bits + 31) // 32 * 4
    if len(body) < min(entry[6], start + (stride + mask_stride(width)) * height):
        raise ValueError("the file ends before its pictures do")
    upwards = height if stated > 0 else -height
    corrected = struct.pack("<I" + sides[1:], size, width, upwards) + body[behind:]
    file = b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + start) + corrected
    contents = open_bmp(file, read_header(file), needed)
    upright = slice(None, None, -1 if stated > 0 else 1)
    alpha = fourth_bytes(body, start, width, height) if bits == 32 else None
    if alpha is None:
        alpha = alpha_of_mask(body[start + stride * height :], width, height)
    alpha = alpha[upright]

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        return contents.raster.rows(top, bottom)[0], alpha[top:bottom]

    return Contents(Raster(width, height, "rgb", rows))


def fourth_bytes(body: bytes, start: int, width: int, height: int) -> Alpha | None:
    """The alpha of a 32-bit picture, rows as they are stored; None where it is nowhere set."""
    alpha = np.frombuffer(body, np.uint8, width * height * 4, start).reshape(height, width, 4)[..., 3]
    return alpha if alpha.any() else None


def alpha_of_mask(mask: bytes, width: int, height: int) -> Alpha:
    """A bit for each pixel, set where it is transparent, rows as they are stored; what a short mask lacks is opaque."""
    stride = mask_stride(width)
    whole = (mask + bytes(stride * height))[: stride * height]
    bits = unpack_bits(np.frombuffer(whole, np.uint8).reshape(height, stride), 1)[:, :width]
    return (1 - bits) * np.uint8(255)


def mask_stride(width: int) -> int:
    """Bytes of a row of the mask."""
    return (width + 31) // 32 * 4
