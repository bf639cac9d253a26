"""Item properties put into AVIF and HEIC files, box by box, so that a test can state what no encoder here does."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from effects.codec.containers.boxes import BoxPlace, boxes, find

Box = tuple[bytes, bytes]


def content_light(most: int, average: int = 100) -> Box:
    """ISO 14496-12, 12.1.6."""
    return b"clli", struct.pack(">HH", most, average)


def mastering(most: float) -> Box:
    """Of a BT.2020 screen that shows light up to `most` cd/m2. ISO 14496-12, 12.1.7."""
    return b"mdcv", struct.pack(">8HII", 8500, 39850, 6550, 2300, 35400, 14600, 15635, 16450, round(most * 10000), 50)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def coded(file: bytes, primaries: int, transfer: int, matrix: int = 9) -> bytes:
    """The file with other code points in its colour property."""
    at = file.index(b"nclx") + 4
    return file[:at] + struct.pack(">HHH", primaries, transfer, matrix) + file[at + 6 :]


def stating(file: bytes, *stated: Box, others: Sequence[Box] = ()) -> bytes:
    """The file with more properties of its picture; `others` come before them and belong to no item."""
    meta, ipco = find(file, b"meta"), find(file, b"meta", b"iprp", b"ipco")
    assert meta
    assert ipco
    number = len(list(boxes(file, *ipco))) + len(others)
    more = b"".join(box(*each) for each in (*others, *stated))
    numbers = range(number + 1, number + 1 + len(stated))
    parts = [rebuilt(file, place, more, numbers) for place in boxes(file, *meta)]
    whole = box(b"meta", bytes(4) + b"".join(parts))
    return file[: meta[0] - 12] + whole + file[meta[1] :]


def rebuilt(file: bytes, place: BoxPlace, more: bytes, numbers: range) -> bytes:
    """A box of the file's `meta`, with what grows in it and the places of what moves."""
    kind, start, end = place
    content = file[start:end]
    if kind == b"iloc":
        content = moved(content, len(more) + len(numbers))
    elif kind == b"iprp":
        parts = []
        for name, first, last in boxes(file, start, end):
            part = file[first:last]
            parts.append(box(name, part + more if name == b"ipco" else associated(part, numbers)))
        content = b"".join(parts)
    return box(kind, content)


def associated(content: bytes, numbers: range) -> bytes:
    """`ipma`, version 0, with more properties of its first item, which is the picture."""
    assert content[:4] == bytes(4)
    many = content[10]
    return content[:10] + bytes([many + len(numbers)]) + content[11 : 11 + many] + bytes(numbers) + content[11 + many :]


def moved(content: bytes, grown: int) -> bytes:
    """`iloc` of version 0, its items further back in the file: where they have a base, it moves, else each extent."""
    version, sizes, bases, count = struct.unpack_from(">B3xBBH", content)
    assert (version, sizes) == (0, 0x44)
    assert bases in (0, 0x40)
    changed, at = bytearray(content), 8

    def move(place: int) -> None:
        struct.pack_into(">I", changed, place, struct.unpack_from(">I", content, place)[0] + grown)

    for _ in range(count):
        at += 4
        if bases:
            move(at)
            at += 4
        extents = struct.unpack_from(">H", content, at)[0]
        for extent in range(extents if not bases else 0):
            move(at + 2 + 8 * extent)
        at += 2 + 8 * extents
    return bytes(changed)
