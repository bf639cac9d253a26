"""Bytes made into others as faults, and people of ill will, do it: a share of the changes goes where headers stand."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random

HEAD = 512  # bytes in which a change meets a header
HEAD_SHARE = 0.7
MOST = 2**21  # bytes that a file may grow to
EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)

Change = Callable[[bytearray, int, Random], None]


def flip(data: bytearray, at: int, chance: Random) -> None:
    """One bit."""
    data[at] ^= 1 << chance.randrange(8)


def put_byte(data: bytearray, at: int, chance: Random) -> None:
    """One byte, at an edge of what it may be or anything."""
    data[at] = chance.choice((0, 1, 0x20, 0x2D, 0x2E, 0x30, 0x39, 0x7F, 0x80, 0xFF, chance.randrange(256)))


def put_number(data: bytearray, at: int, chance: Random) -> None:
    """A number of 2 or 4 bytes, in either order, at an edge of what it may be: sizes, counts, offsets."""
    form, most = chance.choice((("H", 0xFFFF), ("I", 0xFFFFFFFF)))
    packed = struct.pack(chance.choice("<>") + form, chance.choice(EDGES) & most)
    data[at : at + len(packed)] = packed[: len(data) - at]


def step_number(data: bytearray, at: int, chance: Random) -> None:
    """A number that is there, a little larger or smaller."""
    data[at] = (data[at] + chance.choice((-2, -1, 1, 2))) % 256


def take_out(data: bytearray, at: int, chance: Random) -> None:
    """A few bytes less."""
    del data[at : at + chance.choice((1, 2, 4, 8, chance.randrange(1, 64)))]


def repeat(data: bytearray, at: int, chance: Random) -> None:
    """A part of it once more, or many times."""
    part = data[at : at + chance.choice((1, 2, 4, 12, chance.randrange(1, 64)))]
    data[at:at] = part * chance.choice((1, 1, 2, 100))


def move_part(data: bytearray, at: int, chance: Random) -> None:
    """A part of it somewhere else, over what was there."""
    length = chance.choice((4, 8, 12, 32))
    part = data[chance.randrange(len(data)) :][:length]
    data[at : at + len(part)] = part


CHANGES: tuple[Change, ...] = (flip, put_byte, put_number, step_number, take_out, repeat, move_part)


def mutant(whole: bytes, chance: Random) -> bytes:
    """The bytes with one to six changes, or cut off as well."""
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if not data:
            break
        within = min(HEAD, len(data)) if chance.random() < HEAD_SHARE else len(data)
        chance.choice(CHANGES)(data, chance.randrange(within), chance)
    if chance.random() < 0.05:
        del data[chance.randrange(len(data) + 1) :]
    return bytes(data[:MOST])
