"""Whether anything is missing at the ends of a JPEG's scans, found by putting something there.

A decoder that has all it needs passes over whatever stands behind a scan's data, or behind a part of them between two
restarts. One that lacks something reads it, and gives another picture where other bits stand there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

NOTHING = b"\xff\0"
"""A byte of ones, which no code consists of, as it stands in compressed data."""

FEW = 8
"""Bytes that a part may lack and the picture still be shown."""

BEHIND = 64
"""Bytes put behind each part: enough for a few blocks, which is where it shows."""

RESTART = re.compile(rb"(\xff[\xd0-\xd7])")

Filling = Literal["none", "nothing", "other", "a little of nothing"]


@dataclass(frozen=True)
class Scan:
    """A scan with all that stands before it: its compressed data, how many parts it has, and bits that would show."""

    head: bytes
    compressed: bytes
    parts: int
    telling: bytes

    def filled(self, filling: Filling) -> bytes:
        """The scan with something behind each part of its data; ValueError where parts are missing."""
        found = parts_of(self.compressed)
        if len(found) < self.parts:
            raise ValueError("a scan ends early, and between two of its parts")
        few, many = NOTHING * FEW, self.telling * BEHIND
        behind = {
            "none": b"",
            "nothing": few + NOTHING * BEHIND,
            "other": many,
            "a little of nothing": few + many,
        }[filling]
        return b"".join([self.head, *(mark + body + behind for mark, body in found[: self.parts])])


def filled(scans: Sequence[Scan], end: bytes, filling: Filling) -> bytes:
    """The file with something behind each part of each scan."""
    return b"".join([*(scan.filled(filling) for scan in scans), end])


def parts_of(compressed: bytes) -> list[tuple[bytes, bytes]]:
    """What stands between a scan's restarts, each with the restart in front of it."""
    pieces = [b"", *RESTART.split(compressed)]
    # A marker may have more than one byte of ones in front.
    return [(mark, part.rstrip(b"\xff")) for mark, part in zip(pieces[::2], pieces[1::2], strict=True)]
