"""Boxes of ISO media files (AVIF, HEIC, JPEG 2000): size, type, content, read without a decoder."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MOST_BOXES = 4096
"""Where a hostile file would go on for ever."""


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Type, start and end of the content of each box in `data[start:end]`; stops where the sizes make no sense."""
    stop = len(data) if end is None else min(end, len(data))
    for _ in range(MOST_BOXES):
        if start + 8 > stop:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        content = start + 8
        if size == 1:
            if start + 16 > stop:
                return
            size, content = struct.unpack_from(">Q", data, start + 8)[0], start + 16
        finish = stop if size == 0 else start + size
        if finish < content or finish > stop:
            return
        yield kind, content, finish
        start = finish


def find(data: bytes, *path: bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Start and end of the content of the first box along `path`, or None."""
    if not path:
        return start, len(data) if end is None else end
    for kind, content, finish in boxes(data, start, end):
        if kind == path[0]:
            # `meta` is the one full box on these paths: four bytes of version and flags come first.
            return find(data, *path[1:], start=content + (4 if kind == b"meta" else 0), end=finish)
    return None


def properties(data: bytes) -> list[tuple[bytes, int, int]]:
    """The item properties (size, colour, rotation ...) of an AVIF or HEIC file, in their numbered order."""
    place = find(data, b"meta", b"iprp", b"ipco")
    return list(boxes(data, *place)) if place else []


def primary_kind(data: bytes) -> bytes | None:
    """How the picture itself is coded (`av01`, `hvc1`, `grid` ...), or None where the file does not tell.

    ISO 14496-12, 8.11.4 and 8.11.6.
    """
    primary, entries = find(data, b"meta", b"pitm"), find(data, b"meta", b"iinf")
    if not primary or not entries:
        return None
    wanted = int.from_bytes(data[primary[0] + 4 : primary[1]])
    for kind, start, end in boxes(data, entries[0] + (8 if data[entries[0]] else 6), entries[1]):
        wide = 4 if data[start] == 3 else 2
        if kind == b"infe" and int.from_bytes(data[start + 4 : start + 4 + wide]) == wanted:
            return data[start + 6 + wide : min(start + 10 + wide, end)]
    return None
