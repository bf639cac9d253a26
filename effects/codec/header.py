"""Format, size and number of frames of a picture, read from its header in plain Python before anything is decoded."""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable
from dataclasses import dataclass

from effects.codec.containers.boxes import find, properties
from effects.codec.formats import FORMATS, identify
from effects.codec.limits import check_bytes, check_size, refuse
from effects.errors import PictureError
from effects.logs import log_unexpected

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Header:
    """What a file says it is: a name in FORMATS, pixels as stored (before orientation), frames where it tells them."""

    format: str
    width: int
    height: int
    frames: int = 1


def read_header(data: bytes) -> Header:
    """Read and check the header; DecodeError for another kind of file or a broken one, LimitError for too much."""
    check_bytes(len(data))
    name = identify(data)
    try:
        width, height, frames = SIZE_READERS[name](data)
    except PictureError:
        raise
    except (struct.error, ValueError, LookupError) as error:
        log_unexpected(log, f"The header of a {FORMATS[name].title} file cannot be read", error)
        refuse(f"This {FORMATS[name].title} file is damaged: its header cannot be read.")
    check_size(width, height)
    return Header(name, width, height, frames)


Size = tuple[int, int, int]

FRAME_MARKERS = frozenset({*range(0xC0, 0xD0), 0xF7}) - {0xC4, 0xC8, 0xCC}
"""Of JPEG, and of JPEG-LS."""
COMMON_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC9, 0xCA})
"""Baseline, extended and progressive, Huffman or arithmetic."""
BARE_MARKERS = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})


def jpeg_size(data: bytes) -> Size:
    """From the first frame marker (SOF); ITU-T T.81, B.2.2."""
    at = 2
    while True:
        at = data.index(b"\xff", at) + 1
        marker = data[at]
        if marker == 0xFF:
            continue
        at += 1
        if marker in BARE_MARKERS:
            continue
        if marker in FRAME_MARKERS:
            bits, height, width, components = struct.unpack_from(">BHHB", data, at + 2)
            if bits != 8 or marker not in COMMON_FRAMES:
                refuse("This JPEG file is of a rare kind (12 bits, lossless or hierarchical) that is not read here.")
            if components not in (1, 3, 4):
                refuse(f"This JPEG file has {components} components, and 1, 3 or 4 are read here.")
            return width, height, 1
        at += struct.unpack_from(">H", data, at)[0]


def png_size(data: bytes) -> Size:
    """From IHDR, and acTL for animations; PNG specification, third edition."""
    if data[12:16] == b"CgBI":
        refuse("This is a PNG file in the way that Apple packs them into apps, which is not read here; "
               "saved anew as PNG it can be opened.")  # fmt: skip
    if data[12:16] != b"IHDR":
        raise LookupError
    width, height = struct.unpack_from(">II", data, 16)
    frames, at = 1, 33
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"acTL" and moves(data[at + 8 : at + 8 + length]):
            frames = struct.unpack_from(">I", data, at + 8)[0]
        if kind in (b"acTL", b"IDAT", b"IEND"):
            break
        at += 12 + length
    return width, height, frames


def moves(control: bytes) -> bool:
    """Whether a PNG's acTL chunk makes it an animation: from 1 to 2 ** 31 - 1 frames. PNG, section 11.3.6.1."""
    return len(control) == 8 and 1 <= int.from_bytes(control[:4]) < 1 << 31


def webp_size(data: bytes) -> Size:
    """From VP8X, VP8L or VP8; RFC 9649."""
    kind = data[12:16]
    if kind == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
        return width, height, data.count(b"ANMF") if data[20] & 2 else 1
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF, 1
    raise LookupError


def gif_size(data: bytes) -> Size:
    """From the logical screen; frames counted block by block. GIF89a specification."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    frames = 0
    while at < len(data) and data[at] in (0x21, 0x2C):
        if data[at] == 0x2C and at + 10 < len(data):
            frames += 1
            if frames == 1:
                left, top, wide, high = struct.unpack_from("<HHHH", data, at + 1)
                width, height = max(width, left + wide), max(height, top + high)
            at += 11 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0)
        else:
            at += 2
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1
    return width, height, max(frames, 1)


def bmp_size(data: bytes) -> Size:
    """From the OS/2 or Windows header after the file header."""
    if struct.unpack_from("<I", data, 14)[0] == 12:
        width, height = struct.unpack_from("<HH", data, 18)
    else:
        width, height = struct.unpack_from("<ii", data, 18)
    return width, abs(height), 1


def tiff_size(data: bytes) -> Size:
    """From the first directory; pages are counted up to a thousand. TIFF 6.0, and BigTIFF."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    at = struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)[0]
    sizes: dict[int, int] = {}
    seen: set[int] = set()
    while at and at not in seen and len(seen) < 1000 and at + 8 <= len(data):
        count = struct.unpack_from(order + ("Q" if big else "H"), data, at)[0]
        step, first = (20, at + 8) if big else (12, at + 2)
        if not seen:
            for entry in range(first, first + min(count, 4096) * step, step):
                tag, kind = struct.unpack_from(order + "HH", data, entry)
                if tag in (256, 257):
                    value = {1: "B", 3: "H", 4: "I", 16: "Q"}[kind]
                    sizes.setdefault(tag, struct.unpack_from(order + value, data, entry + (12 if big else 8))[0])
        seen.add(at)
        follow = first + count * step
        if follow + (8 if big else 4) > len(data):
            break
        at = struct.unpack_from(order + ("Q" if big else "I"), data, follow)[0]
    return sizes[256], sizes[257], len(seen)


def jp2_size(data: bytes) -> Size:
    """From the codestream's SIZ marker, which counts more than the wrapper's header. ISO 15444-1, A.5.1."""
    if data[:4] == b"\xff\x4f\xff\x51":
        start = 0
    else:
        place = find(data, b"jp2c")
        start = place[0] if place else data.index(b"\xff\x4f\xff\x51")
    right, bottom, left, top = struct.unpack_from(">IIII", data, start + 8)
    return right - left, bottom - top, 1


def item_size(data: bytes) -> Size:
    """The largest of the items' sizes (`ispe`): the picture itself, not its tiles or thumbnail. ISO 23008-12, 6.5.3."""
    sizes = [struct.unpack_from(">II", data, at + 4) for kind, at, _ in properties(data) if kind == b"ispe"]
    if not sizes and (size := track_size(data)):
        return *size, 2
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return width, height, 2 if find(data, b"moov") else 1


def track_size(data: bytes) -> tuple[int, int] | None:
    """The size of an image sequence's first track, in 16.16 fixed point."""
    place = find(data, b"moov", b"trak", b"tkhd")
    if not place:
        return None
    width, height = struct.unpack_from(">II", data, place[1] - 8)
    return width >> 16, height >> 16


def ico_size(data: bytes) -> Size:
    """The largest entry of the directory; 0 stands for 256."""
    count = struct.unpack_from("<H", data, 4)[0]
    entries = [(data[6 + 16 * index] or 256, data[7 + 16 * index] or 256) for index in range(count)]
    return *max(entries, key=lambda size: size[0] * size[1]), 1


SIZE_READERS: dict[str, Callable[[bytes], Size]] = {
    "jpeg": jpeg_size,
    "png": png_size,
    "webp": webp_size,
    "avif": item_size,
    "heic": item_size,
    "gif": gif_size,
    "bmp": bmp_size,
    "tiff": tiff_size,
    "jp2": jp2_size,
    "ico": ico_size,
}
