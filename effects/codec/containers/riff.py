"""Chunks of WebP files: taking a file apart and putting one together. RFC 9649."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

PICTURE = (b"ALPH", b"VP8 ", b"VP8L")
"""What a picture's pixels stand in: opacity beside lossy colours, or both in one without loss."""

START = 12
"""Bytes in front of a file's first chunk."""

ICC, ALPHA, EXIF, XMP, ANIMATION = 0x20, 0x10, 0x08, 0x04, 0x02
"""Flags of the extended header."""


def riff_chunks(data: bytes, at: int = START) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each chunk from `at` on; the last is cut where the data end early."""
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def first_riff_chunks(data: bytes, at: int = START) -> dict[bytes, bytes]:
    """The first chunk of each kind."""
    found: dict[bytes, bytes] = {}
    for kind, content in riff_chunks(data, at):
        found.setdefault(kind, content)
    return found


def riff_chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk, padded to an even length."""
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def extended_webp(
    found: Mapping[bytes, bytes],
    size: tuple[int, int],
    icc: bytes | None = None,
    exif: bytes | None = None,
    xmp: bytes | None = None,
) -> bytes:
    """A file of the picture in `found` (chunks by kind), width and height `size`, that says what is in it."""
    lossless = found.get(b"VP8L")
    alpha = b"ALPH" in found or (lossless is not None and lossless[4] & 0x10 != 0)
    flags = ICC * bool(icc) | ALPHA * alpha | EXIF * bool(exif) | XMP * bool(xmp)
    sides = b"".join((side - 1).to_bytes(3, "little") for side in size)
    parts = [(b"VP8X", struct.pack("<I", flags) + sides), (b"ICCP", icc)]
    parts += [(kind, found.get(kind)) for kind in PICTURE]
    parts += [(b"EXIF", exif), (b"XMP ", xmp)]
    body = b"WEBP" + b"".join(riff_chunk(kind, content) for kind, content in parts if content)
    return b"RIFF" + struct.pack("<I", len(body)) + body
