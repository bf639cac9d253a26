"""PNGs of any samples with the chunks in front that a test wants there."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt

from effects.codec.containers.chunks import SIGNATURE, chunk
from tests.media_boxes import Box

Samples = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]

PQ, HLG = 16, 18


def png(pixels: Samples, *stated: Box) -> bytes:
    """A PNG of H x W x 1 to 4 samples of 8 or 16 bits, and chunks in front of them."""
    height, width, channels = pixels.shape
    bits = 8 * pixels.itemsize
    rows = b"".join(b"\0" + row.astype(f">u{pixels.itemsize}").tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, bits, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    parts = [(b"IHDR", header), *stated, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return SIGNATURE + b"".join(chunk(*part) for part in parts)


def codes(primaries: int, transfer: int) -> Box:
    return b"cICP", bytes([primaries, transfer, 0, 1])


def brightest(nits: float) -> Box:
    return b"cLLI", struct.pack(">II", round(nits * 10000), 0)


def screen(nits: float) -> Box:
    return b"mDCV", bytes(16) + struct.pack(">II", round(nits * 10000), 50)
