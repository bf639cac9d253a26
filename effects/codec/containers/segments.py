"""Segments of JPEG files: taking a file apart and putting one together. ITU-T T.81, annex B."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from effects.codec.header import BARE_MARKERS

SOI, EOI, SOS, APP0, APP1, APP2, APP14, COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
START, END = b"\xff\xd8", b"\xff\xd9"

ICC = b"ICC_PROFILE\0"
"""How the content of a segment begins that has a part of a profile."""

AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker that ends a scan's compressed data: neither a stuffed byte nor a restart."""


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of each segment of a JPEG up to its end; a scan's compressed data belong to its header."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF or data[at + 1] in (0xFF, *BARE_MARKERS):
            at += 1
            continue
        marker = data[at + 1]
        if marker == EOI:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        content = at + 4
        if marker == SOS:
            found = AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
        yield marker, data[content:end]
        at = end


def segment(marker: int, content: bytes) -> bytes:
    """One segment with the length it states, which for a scan is that of its header."""
    size = scan_header(content) if marker == SOS else len(content)
    return struct.pack(">BBH", 0xFF, marker, 2 + size) + content


def scan_header(content: bytes) -> int:
    """Bytes of a scan's own header, which counts its components first."""
    return 4 + 2 * content[0]
