"""BMP, read here: of every depth, mask and run length from OS/2's to Windows' fifth header. Microsoft's wingdi.h.

Pillow's plugin refuses many masks and never sees the alpha of some; the format is little more than an array.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from effects.codec.header import Header
from effects.codec.limits import refuse
from effects.codec.raster import Raster, Samples, alpha_rows
from effects.codec.readers.bits import unpack_bits
from effects.codec.readers.bmp_runs import run_lengths
from effects.codec.readers.contents import Contents
from effects.image import Alpha

RGB, RLE8, RLE4, FIELDS, RLE24, ALPHA_FIELDS = 0, 1, 2, 3, 4, 6
DEFAULT_MASKS = {16: (0x7C00, 0x3E0, 0x1F, 0), 24: (0xFF0000, 0xFF00, 0xFF, 0), 32: (0xFF0000, 0xFF00, 0xFF, 0)}
FOURTH_HEADER = 108
"""Bytes of the fourth header, the first to speak of alpha where there are no masks."""

GDI_BITS = 64
"""Bits that GDI+ alone writes, of linear light."""

EMBEDDED = 0x4D424544
"""`MBED`: the fifth header's profile is in the file."""

Rows = Callable[[int, int], npt.NDArray[np.uint8]]


@dataclass(frozen=True)
class BmpHeader:
    """The information header, as far as it matters."""

    width: int
    height: int
    top_down: bool
    bits: int
    compression: int
    colours: int
    header: int
    start: int


def read_bmp_header(data: bytes) -> BmpHeader:
    """The information header of any generation."""
    start, header = struct.unpack_from("<I", data, 10)[0], struct.unpack_from("<I", data, 14)[0]
    if header == 12:
        width, height, _, bits = struct.unpack_from("<HHHH", data, 18)
        return BmpHeader(width, height, False, bits, RGB, 0, header, start)
    width, height, _, bits = struct.unpack_from("<iiHH", data, 18)
    compression = struct.unpack_from("<I", data, 30)[0] if header >= 20 else RGB
    colours = struct.unpack_from("<I", data, 46)[0] if header >= 36 else 0
    os2 = header in (16, 64)
    entries = colours or (1 << bits if bits <= 8 else 0)
    behind = 14 + header + (12 if header == 40 and compression == FIELDS else 0) + 4 * min(entries, 256)
    alone = compression == RGB and start + (width * bits + 31) // 32 * 4 * abs(height) == len(data)
    if start < 14 + header or (bits <= 8 and start < 18 + header and not alone):
        # Nonsense, as no colour fits in front: the pixels then stand behind headers and palette, as everywhere else.
        start = behind
    colourful = os2 and compression == RLE24 and bits == 24
    if compression > ALPHA_FIELDS or (compression in (4, 5) and not colourful) or (os2 and compression == FIELDS):
        refuse("This BMP file is compressed in a way that is not read here; saved as PNG it can be opened.")
    return BmpHeader(width, abs(height), height < 0, bits, compression, colours, header, start)


def open_bmp(data: bytes, header: Header, needed: int | None) -> Contents:
    """BMP of every depth; bits beyond the masks are ignored, an alpha that is nowhere set does not count."""
    del header, needed
    bitmap = read_bmp_header(data)
    if bitmap.bits in (1, 2, 4, 8):
        raster = through_palette(data, bitmap)
    elif bitmap.compression == RLE24:
        raster = through_runs(data, bitmap, lambda numbers: numbers[..., ::-1])
    elif bitmap.bits in DEFAULT_MASKS and bitmap.compression in (RGB, FIELDS, ALPHA_FIELDS):
        raster = through_masks(data, bitmap)
    elif bitmap.bits == GDI_BITS:
        refuse(
            f"This BMP file has {GDI_BITS} bits for each pixel, which is not read here; saved as PNG it can be opened."
        )
    else:
        raise ValueError("no such BMP")
    return Contents(raster, icc=embedded_profile(data, bitmap))


def stored_rows(data: bytes, bitmap: BmpHeader) -> Rows:
    """Rows of bytes, top first, whichever way up the file keeps them; ValueError where it ends early."""
    stride = (bitmap.width * bitmap.bits + 31) // 32 * 4
    # The last row may lack its padding.
    short = bitmap.start + stride * bitmap.height - len(data)
    used = (bitmap.width * bitmap.bits + 7) // 8
    if short > stride - used:
        raise ValueError("file ends early")
    rows = np.frombuffer(data + bytes(max(short, 0)), np.uint8, stride * bitmap.height, bitmap.start)
    upright = rows.reshape(bitmap.height, stride)[:: 1 if bitmap.top_down else -1]
    return lambda top, bottom: upright[top:bottom]


def read_palette(data: bytes, bitmap: BmpHeader) -> npt.NDArray[np.uint8]:
    """256 colours, R, G, B; those the file lacks are black."""
    entry = 3 if bitmap.header == 12 else 4
    masks = (12 if bitmap.compression == FIELDS else 16) if bitmap.header == 40 and bitmap.compression in (3, 6) else 0
    at = 14 + bitmap.header + masks
    count = min(bitmap.colours or 1 << bitmap.bits, 256, max(0, (min(bitmap.start, len(data)) - at) // entry))
    colours = np.zeros((256, 3), np.uint8)
    stored = np.frombuffer(data, np.uint8, count * entry, at).reshape(count, entry)
    colours[:count] = stored[:, 2::-1]
    return colours


def through_palette(data: bytes, bitmap: BmpHeader) -> Raster:
    """Depths of 1 to 8 bits, plain or as run lengths."""
    colours = read_palette(data, bitmap)
    if bitmap.compression in (RLE8, RLE4):
        return through_runs(data, bitmap, lambda numbers: colours[numbers[..., 0]])
    stored = stored_rows(data, bitmap)

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        return colours[unpack_bits(stored(top, bottom), bitmap.bits)[:, : bitmap.width]], None

    return Raster(bitmap.width, bitmap.height, "rgb", rows)


def through_runs(data: bytes, bitmap: BmpHeader, to_colours: Callable[[Samples], Samples]) -> Raster:
    """Run lengths, whose numbers a function turns into colours."""
    numbers, is_drawn = run_lengths(data[bitmap.start :], bitmap.width, bitmap.height, bitmap.bits)
    order = slice(None, None, 1 if bitmap.top_down else -1)
    numbers, is_drawn = numbers[order], is_drawn[order]
    alpha = None if is_drawn.all() else is_drawn.astype(np.uint8) * 255

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        return to_colours(numbers[top:bottom]), alpha_rows(alpha, top, bottom)

    return Raster(bitmap.width, bitmap.height, "rgb", rows)


def through_masks(data: bytes, bitmap: BmpHeader) -> Raster:
    """Depths of 16, 24 and 32 bits."""
    masks = DEFAULT_MASKS[bitmap.bits]
    if bitmap.compression == RGB and bitmap.bits == 32 and bitmap.header >= FOURTH_HEADER and any(data[66:70]):
        # Its masks do not count, but that there is one for alpha does.
        masks = (*masks[:3], 0xFF000000)
    elif bitmap.compression != RGB:
        red, green, blue = struct.unpack_from("<III", data, 54)
        has_alpha = bitmap.header >= 56 or bitmap.compression == ALPHA_FIELDS
        masks = (red, green, blue, struct.unpack_from("<I", data, 66)[0] if has_alpha else 0)
    stored = stored_rows(data, bitmap)

    def numbers(top: int, bottom: int) -> npt.NDArray[np.uint32]:
        rows = stored(top, bottom)[:, : bitmap.width * bitmap.bits // 8]
        each = np.ascontiguousarray(rows).reshape(bottom - top, bitmap.width, bitmap.bits // 8).astype(np.uint32)
        return np.asarray(sum(each[..., byte] << np.uint32(8 * byte) for byte in range(bitmap.bits // 8)), np.uint32)

    transparent = masks[3] and not any(bool((numbers(y, y + 1) & masks[3]).any()) for y in range(bitmap.height))

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        values = numbers(top, bottom)
        colours = np.stack([masked_bits(values, mask) for mask in masks[:3]], axis=-1)
        return colours, masked_bits(values, masks[3]) if masks[3] and not transparent else None

    return Raster(bitmap.width, bitmap.height, "rgb", rows)


def masked_bits(values: npt.NDArray[np.uint32], mask: int) -> npt.NDArray[np.uint8]:
    """The bits under a mask, scaled to 0..255."""
    if not mask:
        return np.zeros(values.shape, np.uint8)
    shift = (mask & -mask).bit_length() - 1
    largest = mask >> shift
    if largest == 255:
        return (values >> np.uint32(shift)).astype(np.uint8)
    bits = (values & np.uint32(mask)) >> np.uint32(shift)
    return np.asarray((bits.astype(np.uint64) * 255 + largest // 2) // largest, np.uint8)


def embedded_profile(data: bytes, bitmap: BmpHeader) -> bytes | None:
    """The profile embedded behind a fifth header."""
    if bitmap.header < 124 or struct.unpack_from("<I", data, 70)[0] != EMBEDDED:
        return None
    offset, size = struct.unpack_from("<II", data, 126)
    return data[14 + offset : 14 + offset + size] or None
