"""Boxes of ISO media files (AVIF, HEIC, JPEG 2000): size, type, content, read without a decoder."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAX_BOXES = 4096
"""Where a hostile file would go on for ever."""

BoxPlace = tuple[bytes, int, int]
"""A box's type, and where its content starts and ends."""


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[BoxPlace]:
    """Type, start and end of the content of each box in `data[start:end]`; stops where the sizes make no sense."""
    stop = len(data) if end is None else min(end, len(data))
    for _ in range(MAX_BOXES):
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


def properties(data: bytes) -> list[BoxPlace]:
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


def primary_first(data: bytes) -> list[BoxPlace]:
    """The item properties with those of the picture itself before those of its thumbnail, gain map, tiles ..."""
    every = properties(data)
    try:
        numbers = primary_numbers(data)
    except (struct.error, IndexError):
        return every
    first = [every[number - 1] for number in numbers if 1 <= number <= len(every)]
    return first + [place for place in every if place not in first]


def primary_numbers(data: bytes) -> list[int]:
    """The numbers, from 1, of the primary item's properties. ISO 14496-12, 8.11.4; ISO 23008-12, 9.3."""
    primary, associations = find(data, b"meta", b"pitm"), find(data, b"meta", b"iprp", b"ipma")
    if not primary or not associations:
        return []
    item = struct.unpack_from(">I" if data[primary[0]] else ">H", data, primary[0] + 4)[0]
    version, flags, count = struct.unpack_from(">B3sI", data, associations[0])
    at, wide = associations[0] + 8, flags[2] & 1
    for _ in range(min(count, MAX_BOXES)):
        each, many = struct.unpack_from(">IB" if version else ">HB", data, at)
        at += 5 if version else 3
        if each == item:
            # The highest bit says that a reader must understand the property.
            marked = struct.unpack_from(f">{many}{'H' if wide else 'B'}", data, at)
            return [number & (0x7FFF if wide else 0x7F) for number in marked]
        at += many * (2 if wide else 1)
    return []
