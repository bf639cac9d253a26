"""Whether all rows of a PNG were in its compressed stream: one that ends properly after some of them looks whole.

Pillow leaves what never came black. Counting the bytes means to inflate them a second time; so the row that comes last
is marked before, and they are counted only where the mark is still there. PNG specification, third edition, section 8.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from PIL import Image as Pictures

from effects.codec.containers.chunks import chunks

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel, by colour type."""

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""For each pass of an interlaced picture: the first column and row, and how many columns and rows it goes on by."""

IHDR = slice(16, 29)
"""Where a file has the content of its first chunk."""

PORTION = 2**20

GOLDEN = 2654435761
"""2 ** 32 divided by the golden ratio: multiples of it look like noise, which no picture ends with. Knuth, 6.4."""


def row_bytes(header: bytes) -> int:
    """Bytes that the rows of a picture are once inflated, each with its filter's, by the content of IHDR."""
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    sizes = [(width, height)]
    if interlaced:
        sizes = [(-(-(width - left) // across), -(-(height - top) // down)) for left, top, across, down in ADAM7]
    return sum(high * (1 + -(-wide * depth * CHANNELS[kind] // 8)) for wide, high in sizes if wide > 0 and high > 0)


def holds(stream: list[bytes], count: int) -> bool:
    """Whether compressed pixels are at least that many bytes; counted, not kept."""
    engine, total = zlib.decompressobj(), 0
    for compressed in stream:
        waiting = compressed
        while waiting and not engine.eof and total < count:
            total += len(engine.decompress(waiting, PORTION))
            waiting = engine.unconsumed_tail
    return total >= count


def loaded(picture: Pictures.Image, file: bytes) -> Pictures.Image:
    """The picture that Pillow opened from this file, decoded; ValueError where some of its rows never came."""
    width, height = picture.size
    interlaced = bool(picture.info.get("interlace"))
    # The odd rows are an interlaced picture's last pass.
    last = max(0, height - 1 - (height % 2 if interlaced else 0))
    row = (0, last, width, last + 1)
    blank = Pictures.new(picture.mode, picture.size)
    count = len(blank.crop(row).tobytes())
    mark = (np.arange(count, dtype=np.uint32) * GOLDEN >> 13).astype(np.uint8).tobytes()
    blank.paste(Pictures.frombytes(picture.mode, (width, 1), mark), row)
    marked = blank.crop(row).tobytes()
    picture.im = blank.im
    picture.load()
    # The last pass of a single row is every other pixel of it, so that its mark says nothing.
    doubtful = picture.crop(row).tobytes() == marked or (interlaced and height == 1)
    if doubtful and not holds([part for kind, part in chunks(file) if kind == b"IDAT"], row_bytes(file[IHDR])):
        raise ValueError("rows are missing")
    return picture
