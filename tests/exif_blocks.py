"""EXIF written tag by tag, in either byte order, as cameras do and Pillow does not: with thumbnail and maker's note."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

IMAGE, PHOTO, PLACE, INTEROPERABILITY, THUMBNAIL = "image", "photo", "place", "interoperability", "thumbnail"
POINTERS = {(IMAGE, 0x8769): PHOTO, (IMAGE, 0x8825): PLACE, (PHOTO, 0xA005): INTEROPERABILITY}
KINDS = {"text": 2, "short": 3, "long": 4, "rational": 5, "bytes": 7}

Value = tuple[str, object]
"""A kind and a value: text and bytes, a number, or several."""

Directories = Mapping[str, Mapping[int, Value]]


def short(*numbers: int) -> Value:
    return "short", numbers


def long(*numbers: int) -> Value:
    return "long", numbers


def rational(*numbers: tuple[int, int]) -> Value:
    return "rational", tuple(part for pair in numbers for part in pair)


def text(words: str) -> Value:
    return "text", words.encode() + b"\0"


def opaque(content: bytes) -> Value:
    return "bytes", content


@dataclass
class Written:
    """A block as it grows: directories are put where there is room, values behind them."""

    order: str
    body: bytearray = field(default_factory=bytearray)
    at: dict[str, int] = field(default_factory=dict)

    def packed(self, value: Value) -> tuple[int, int, bytes]:
        kind, content = value
        if isinstance(content, bytes):
            return KINDS[kind], len(content), content
        assert isinstance(content, tuple)
        letter = "H" if kind == "short" else "I"
        count = len(content) // (2 if kind == "rational" else 1)
        return KINDS[kind], count, struct.pack(f"{self.order}{len(content)}{letter}", *content)

    def add(self, name: str, entries: Mapping[int, Value], follow: int = 0) -> None:
        start = self.at[name] = len(self.body) + len(self.body) % 2
        values = start + 2 + 12 * len(entries) + 4
        table, behind = struct.pack(self.order + "H", len(entries)), b""
        for tag, value in sorted(entries.items()):
            kind, count, content = self.packed(value)
            table += struct.pack(self.order + "HHI", tag, kind, count)
            if len(content) <= 4:
                table += content.ljust(4, b"\0")
            else:
                table += struct.pack(self.order + "I", values + len(behind))
                behind += content + bytes(len(content) % 2)
        self.body[len(self.body) :] = bytes(start - len(self.body)) + table
        self.body += struct.pack(self.order + "I", follow) + behind


def block(order: str, directories: Directories, thumbnail: bytes = b"") -> bytes:
    """An EXIF block of these directories, the image's own in front and a thumbnail at the end."""
    written = Written(order)
    written.body += (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    pointing: dict[str, dict[int, Value]] = {name: dict(entries) for name, entries in directories.items()}
    for (holder, tag), name in POINTERS.items():
        if name in directories:
            pointing.setdefault(holder, {})[tag] = long(0)
    for name in (IMAGE, PHOTO, PLACE, INTEROPERABILITY):
        if name in pointing or name == IMAGE:
            written.add(name, pointing.get(name, {}))
    if thumbnail:
        written.add(THUMBNAIL, {0x0103: short(6), 0x0201: long(0), 0x0202: long(len(thumbnail))})
        patch(written, THUMBNAIL, 0x0201, len(written.body))
        written.body += thumbnail
        end = written.at[IMAGE] + 2 + 12 * len(pointing.get(IMAGE, {}))
        struct.pack_into(order + "I", written.body, end, written.at[THUMBNAIL])
    for (holder, tag), name in POINTERS.items():
        if name in directories:
            patch(written, holder, tag, written.at[name])
    return bytes(written.body)


def patch(written: Written, name: str, tag: int, number: int) -> None:
    start = written.at[name]
    count = struct.unpack_from(written.order + "H", written.body, start)[0]
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        if struct.unpack_from(written.order + "H", written.body, entry)[0] == tag:
            struct.pack_into(written.order + "I", written.body, entry + 8, number)
