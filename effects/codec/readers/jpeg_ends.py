"""Feeding a JPEG's scans to Pillow's decoder one by one, so that data that are missing are missed and not made up.

libjpeg fills in what a damaged file lacks and only warns, which Pillow does not pass on. It does so where a marker
comes too early; where the data merely stop it waits. So each scan, and each of its parts between restarts, is followed
by bytes that mean nothing instead of a marker: a decoder that has all it needs passes over them at once, one that lacks
something waits for more. As it reads ahead, a few bytes may be missing all the same: these are found by walking through
the codes at the end, which takes no time, for where the decoder stopped before the end a unit begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from PIL import Image as Pictures
from PIL import ImageFile

from effects.codec.readers.jpeg_codes import Unit

NOTHING = b"\xff\0"
"""A byte of ones, which no code consists of, as it stands in compressed data."""

AHEAD = 8
"""Bytes that libjpeg-turbo wants to have before it reads a code."""

SHORT_ENOUGH = 2048
"""Bytes of a scan that is walked through whole, so that its units are counted, too."""

TAIL = 64
"""Bytes at the end of a part that the decoder gets by themselves where the scan is longer, and the part than two."""

RESTART = re.compile(rb"(\xff[\xd0-\xd7])")

MANY = 256
"""Parts up to which each is looked at by itself: it takes a tenth of a millisecond."""

UNCOUNTED = 1 << 40

Verdict = Literal["whole", "short", "probably short", "unknown"]
"""On a scan's end. It is only probable where units are not counted: a few bytes too many look the same."""


class Feed:
    """Pillow's decoder of a picture's only tile, given its bytes as they come."""

    def __init__(self, picture: ImageFile.ImageFile) -> None:
        codec, extent, _, settings = picture.tile[0]
        picture.load_prepare()
        picture.tile = []
        self.decoder = Pictures._getdecoder(picture.mode, codec, settings, picture.decoderconfig)
        self.decoder.setimage(picture.im, extent)
        self.waiting = b""
        self.finished = False

    def __call__(self, data: bytes) -> None:
        """Decode as far as these bytes go; ValueError where they are wrong."""
        given = self.waiting + data if self.waiting else data
        taken, error = self.decoder.decode(given)
        self.finished = taken < 0
        if self.finished and error:
            raise ValueError("damaged")
        self.waiting = given[max(taken, 0) :]

    def passes_over(self, times: int) -> bool:
        """Whether the decoder needs nothing more: bytes that mean nothing are taken at once."""
        for _ in range(times):
            if self.finished or self.waiting:
                break
            self(NOTHING)
        return self.finished or not self.waiting


def parts_of(compressed: bytes) -> list[tuple[bytes, bytes]]:
    """What stands between a scan's restarts, each with the restart in front of it."""
    pieces = [b"", *RESTART.split(compressed)]
    # A marker may have more than one byte of ones in front.
    return [(mark, part.rstrip(b"\xff")) for mark, part in zip(pieces[::2], pieces[1::2], strict=True)]


@dataclass(frozen=True)
class Ends:
    """What is known of a scan's parts: how many units each has, what those are made of, and what to put behind them."""

    counts: list[int]
    unit: Unit | None
    behind: bytes = NOTHING


def feed_scan(feed: Feed, head: bytes, compressed: bytes, ends: Ends) -> set[Verdict]:
    """Decode a scan; what `feed_part` says of its parts."""
    parts = parts_of(compressed)
    if len(parts) < len(ends.counts):
        raise ValueError("a scan ends early, and between two of its parts")
    found: set[Verdict] = set()
    wanted = list(zip(parts, ends.counts, strict=False))
    if len(wanted) > MANY:
        head = b"".join([head, *(mark + body + ends.behind * AHEAD for (mark, body), _ in wanted[:-1])])
        wanted = wanted[-1:]
        found.add("unknown")
    for (restart, part), count in wanted:
        tail = TAIL if len(compressed) > SHORT_ENOUGH and len(part) > 2 * TAIL else 0
        found.add(feed_part(feed, head + restart, (part[: len(part) - tail], part[len(part) - tail :]), count, ends))
        head = b""
    return found


def feed_part(feed: Feed, head: bytes, split: tuple[bytes, bytes], count: int, ends: Ends) -> Verdict:
    """Decode a part, split at its last bytes; what is to be said of its end, ValueError where much is missing."""
    front, tail = split
    part = front + tail
    feed(head + front)
    begin = max(0, len(front) - len(feed.waiting))
    if tail:
        feed(tail)
    if feed.passes_over(1):
        return "whole"
    feed(ends.behind * AHEAD)
    if not feed.passes_over(2):
        raise ValueError("a scan ends early")
    unit = ends.unit
    if unit is None:
        return "unknown"
    if tail and not unit.bits:
        return "whole" if ends_well(unit, part, begin) else "probably short"
    data = plain(part)
    units = 8 * len(data) // unit.bits if unit.bits else unit.walked(data, 0, count)[0]
    return "whole" if units >= count else "short"


def ends_well(unit: Unit, part: bytes, begin: int) -> bool:
    """Whether a part may end behind a whole unit, walked through from where its last bytes begin.

    A unit begins there, or up to AHEAD bytes before: at any of these bits, of which nearly all lead to the same codes
    soon. Behind the last unit are ones up to a whole byte; zeros, and bytes of either, do no harm.
    """
    before = plain(part[:begin][-2 * AHEAD - 1 :])[-AHEAD:]
    data = before + plain(part[begin:])
    bits = f"{int.from_bytes(data):0{8 * len(data)}b}"
    for at in range(8 * len(before), -1, -1):
        edge = unit.walked(data, at, UNCOUNTED)[1]
        if all(len(set(rest)) < 2 for rest in (bits[edge : -(-edge // 8) * 8], bits[-(-edge // 8) * 8 :])):
            return True
    return False


def plain(compressed: bytes) -> bytes:
    """Compressed data without what is stuffed in to tell it from markers."""
    return compressed.replace(NOTHING, b"\xff")
