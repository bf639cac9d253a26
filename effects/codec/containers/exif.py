"""An EXIF block as a tree of directories: reading it, and writing it anew with every byte that stays where it was.

Nothing moves, because a maker's note may hold offsets into the whole block that only its maker knows. What no directory
refers to any more (the thumbnail, most of all) is not written. CIPA DC-008 (EXIF), DCF 2.0, TIFF 6.0.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PREFIX = b"Exif\0\0"

IMAGE, PHOTO, GPS, INTEROPERABILITY = 0, 0x8769, 0x8825, 0xA005
"""The directories, named by the tag that points to them; the image's own is the first."""

POINTERS = {IMAGE: (PHOTO, GPS), PHOTO: (INTEROPERABILITY,), GPS: (), INTEROPERABILITY: ()}

ASCII, SHORT, LONG, RATIONAL = 2, 3, 4, 5
MAX_RATIOS = 6
"""Fractions that are read at one tag: two for each of three primaries."""

BYTES_EACH = {1: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
ENTRY = 12

Tag = tuple[int, int]
"""A directory and a tag in it."""

Change = int | bytes | None
"""A whole number, up to four bytes of text, or that the entry goes."""


@dataclass(frozen=True)
class Entry:
    """An entry of a directory: twelve bytes, of which the last four are its value or say where that is."""

    tag: int
    kind: int
    count: int
    field: bytes

    @property
    def size(self) -> int:
        """Bytes of the value; none where the kind is unknown."""
        return BYTES_EACH.get(self.kind, 0) * self.count


class ExifBlock:
    """An EXIF block to be read; ValueError where it is none."""

    def __init__(self, exif: bytes) -> None:
        self.bytes = exif.removeprefix(PREFIX).removeprefix(PREFIX)
        self.order = {b"II*\0": "<", b"MM\0*": ">"}.get(self.bytes[:4], "")
        if not self.order or len(self.bytes) < 8:
            raise ValueError("no EXIF")

    def places(self) -> dict[int, int]:
        """Where each directory is that the block has."""
        found = {IMAGE: struct.unpack_from(self.order + "I", self.bytes, 4)[0]}
        for directory, pointers in POINTERS.items():
            for entry in self.entries(found[directory]) if directory in found else ():
                if entry.tag in pointers and entry.kind in (LONG, 13) and entry.count == 1:
                    found.setdefault(entry.tag, self.number(entry))
        return {directory: place for directory, place in found.items() if any(self.entries(place))}

    def entries(self, at: int) -> Iterator[Entry]:
        """The entries of a directory, those that the block ends before left out."""
        count = struct.unpack_from(self.order + "H", self.bytes, at)[0] if at + 2 <= len(self.bytes) else 0
        for start in range(at + 2, min(at + 2 + ENTRY * count, len(self.bytes) - ENTRY + 1), ENTRY):
            entry = Entry(*struct.unpack_from(self.order + "HHI4s", self.bytes, start))
            if entry.size and (entry.size <= 4 or self.offset(entry) + entry.size <= len(self.bytes)):
                yield entry

    def offset(self, entry: Entry) -> int:
        """Where a value of more than four bytes is."""
        return int.from_bytes(entry.field, "little" if self.order == "<" else "big")

    def number(self, entry: Entry) -> int:
        """The value of an entry that is one whole number; 0 where it is not."""
        kind = {1: "B", SHORT: "H", LONG: "I", 13: "I"}.get(entry.kind)
        return int(struct.unpack_from(self.order + kind, entry.field)[0]) if kind and entry.count == 1 else 0


def exif_values(exif: bytes | None, *tags: Tag) -> list[int | bytes | None]:
    """What an EXIF block says at these tags: whole numbers, or up to four bytes of text; None where it says nothing."""
    try:
        block = ExifBlock(exif or b"")
        places = block.places()
    except ValueError:
        return [None] * len(tags)
    found: dict[Tag, int | bytes] = {}
    for directory, place in places.items():
        for entry in block.entries(place):
            value = entry.field[: entry.size] if entry.kind == ASCII else block.number(entry)
            found.setdefault((directory, entry.tag), value)
    return [found.get(tag) for tag in tags]


def exif_ratios(exif: bytes | None, *tags: Tag) -> list[tuple[float, ...]]:
    """The fractions that an EXIF block has at these tags; none where it has none there, or one without an end."""
    try:
        block = ExifBlock(exif or b"")
        places = block.places()
    except ValueError:
        return [()] * len(tags)
    found: dict[Tag, tuple[float, ...]] = {}
    for directory, place in places.items():
        for entry in block.entries(place):
            if (directory, entry.tag) in tags and entry.kind == RATIONAL and entry.count <= MAX_RATIOS:
                parts = struct.unpack_from(f"{block.order}{2 * entry.count}I", block.bytes, block.offset(entry))
                if all(parts[1::2]):
                    ratios = tuple(above / below for above, below in zip(parts[::2], parts[1::2], strict=True))
                    found.setdefault((directory, entry.tag), ratios)
    return [found.get(tag, ()) for tag in tags]


def change_exif(exif: bytes, changes: Mapping[Tag, Change]) -> bytes | None:
    """The same block with other values at the tags that it has; without thumbnail, and None where nothing is left.

    Numbers become 16 bits long where they were, else 32.
    """
    try:
        block = ExifBlock(exif)
    except ValueError:
        return None
    places = block.places()
    block_bytes, end = bytearray(len(block.bytes)), 0
    directories: list[tuple[int, bytes]] = []
    for directory, place in places.items():
        entries = b""
        for entry in block.entries(place):
            change = changes.get((directory, entry.tag), entry.field)
            if change is None or (entry.tag in POINTERS[directory] and entry.tag not in places):
                continue
            if change is entry.field and entry.size > 4:
                start = block.offset(entry)
                block_bytes[start : start + entry.size] = block.bytes[start : start + entry.size]
                end = max(end, start + entry.size)
            entries += pack_entry(entry, change, block.order)
        # No directory of a thumbnail follows.
        count = struct.pack(block.order + "H", len(entries) // ENTRY)
        directories.append((place, count + entries + bytes(4)))
    if IMAGE not in places or not any(len(content) > 6 for _, content in directories):
        return None
    for place, content in directories:
        block_bytes[place : place + len(content)] = content
        end = max(end, place + len(content))
    block_bytes[:8] = block.bytes[:8]
    return PREFIX + bytes(block_bytes[:end])


def pack_entry(entry: Entry, change: int | bytes, order: str) -> bytes:
    """An entry with its value as it is, or another number or text."""
    if change is entry.field:
        return struct.pack(order + "HHI4s", entry.tag, entry.kind, entry.count, entry.field)
    if isinstance(change, bytes):
        return struct.pack(order + "HHI4s", entry.tag, ASCII, len(change), change)
    if entry.kind == SHORT and change < 1 << 16:
        return struct.pack(order + "HHIHH", entry.tag, SHORT, 1, change, 0)
    return struct.pack(order + "HHII", entry.tag, LONG, 1, change)
