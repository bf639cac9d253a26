"""Chunks of PNG files: taking a file apart and putting one together. PNG specification, third edition."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from effects.codec.containers.exif import PREFIX
from effects.codec.metadata import RECIPE_KEYWORD

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PERCEPTUAL = b"\0"

LENGTHS = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4, b"cLLI": 8, b"mDCV": 24}
"""Bytes that chunks of a kind always have."""

PORTION = 2**20

MAX_TEXT = 4 * 2**20
"""Bytes that compressed text or a profile may have once inflated."""


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each chunk, until the last or where the file ends early (an incomplete chunk is cut).

    It also ends where a type is not four letters and not to be left out: a length was wrong, what follows is no chunk.

    What may be left out is left out where its check sum is wrong or its kind never has that length; ValueError where
    a chunk is wrong that may not.
    """
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if not kind.isalpha() and kind[0] & 32 == 0:
            return
        content = data[at + 8 : at + 8 + length]
        stated = data[at + 8 + length : at + 12 + length]
        intact = len(stated) < 4 or zlib.crc32(content, zlib.crc32(kind)) == int.from_bytes(stated, "big")
        if intact and len(content) == LENGTHS.get(kind, len(content)):
            yield kind, content
        elif not intact and kind[0] & 32 == 0 and kind != b"IEND":
            raise ValueError(f"check sum of {kind!r}")
        if kind == b"IEND":
            return
        at += 12 + length


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk with its length and check sum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def plain_png(header: bytes, pixels: list[bytes]) -> bytes:
    """A PNG of nothing but its pixels: no remarks, animation or colour that a decoder might stumble over."""
    parts = [chunk(b"IHDR", header), *(chunk(b"IDAT", part) for part in pixels), chunk(b"IEND", b"")]
    return b"".join([SIGNATURE, *parts])


def packed_anew(pixels: list[bytes], length: int) -> list[bytes]:
    """The same compressed pixels in a stream as it should be; ValueError where they have fewer than `length` bytes.

    Each chunk has a check sum of its own, so that a wrong or missing end of the whole stream, or a window said to be
    smaller than it is, is its encoder's mistake. RFC 1950.
    """
    stream = b"".join(pixels)
    engine, packer, waiting = zlib.decompressobj(-zlib.MAX_WBITS), zlib.compressobj(1), stream[2:]
    parts = []
    while length > 0:
        part = engine.decompress(waiting, min(PORTION, length))
        waiting = engine.unconsumed_tail
        if not part and (engine.eof or not waiting):
            raise ValueError("compressed pixels end early")
        length -= len(part)
        parts.append(packer.compress(part))
    return [*parts, packer.flush()]


def first_of(data: bytes) -> dict[bytes, bytes]:
    """The first chunk of each kind."""
    found: dict[bytes, bytes] = {}
    for kind, content in chunks(data):
        found.setdefault(kind, content)
    return found


def profile_chunk(icc: bytes) -> tuple[bytes, bytes]:
    """A profile as the content of iCCP: a name, a method, the deflated bytes."""
    return b"iCCP", b"ICC\0\0" + zlib.compress(icc)


def assemble_png(data: bytes, colour: list[tuple[bytes, bytes]], exif: bytes | None, recipe: str | None) -> bytes:
    """The pixels of a PNG with chunks about their colour (none: sRGB is named), EXIF and a recipe where given.

    Chunks about colour must stand before palette and pixels; everything else in `data` is dropped.
    """
    beside = [chunk(*each) for each in colour or [(b"sRGB", PERCEPTUAL)]]
    if exif:
        beside.append(chunk(b"eXIf", exif.removeprefix(PREFIX)))
    if recipe is not None:
        beside.append(recipe_chunk(recipe))
    parts = [SIGNATURE]
    for kind, content in chunks(data):
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT"):
            parts.append(chunk(kind, content))
        if kind == b"IHDR":
            parts += beside
    return b"".join([*parts, chunk(b"IEND", b"")])


def recipe_chunk(recipe: str) -> bytes:
    """International text without compression: keyword, two flags, no language, no translated keyword, UTF-8."""
    return chunk(b"iTXt", RECIPE_KEYWORD.encode() + b"\0\0\0\0\0" + recipe.encode())


def inflate_text(content: bytes) -> bytes | None:
    """At most MAX_TEXT bytes of a zlib stream; None where it is broken or longer."""
    engine = zlib.decompressobj()
    try:
        text = engine.decompress(content, MAX_TEXT)
    except zlib.error:
        return None
    return text if engine.eof else None
