"""The passes of a JPEG: what its scans' headers say they bring, so that one that never came is missed. T.81, annex G.

A progressive picture sends each coefficient's high bits in a first pass and one more bit in each refinement; those are
coded by what came before them, so that a refinement whose predecessor is missing means nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from effects.codec.readers.jpeg_codes import Code, telling

PROGRESSIVE, ARITHMETIC = 0xC2, (0xC9, 0xCA)
"""Frames. Arithmetic coders leave out zeros at the end of a scan, so there missing data cannot be told."""

COEFFICIENTS = 64
"""Numbers in a block, the first of which is its mean."""

COARSE_NOTE = "This progressive JPEG file lacks its last passes, so its finest detail may be missing."


@dataclass(frozen=True)
class Scan:
    """A scan's header: its components with their tables (mean's, rest's), the coefficients, the bits before and after.

    `before` is None for a first pass.
    """

    components: Mapping[int, tuple[int, int]]
    first: int
    last: int
    before: int | None
    after: int


class JpegFrame:
    """A JPEG's frame header, and for each component and coefficient the lowest bit that has come (None: none yet)."""

    def __init__(self, marker: int, content: bytes) -> None:
        self.progressive, self.arithmetic = marker == PROGRESSIVE, marker in ARITHMETIC
        self.size = struct.unpack_from(">HH", content, 1)[::-1] if content else (0, 0)
        self.names = content[6::3]
        self.factors = [divmod(both, 16) for both in content[7::3]]
        self.lowest: list[list[int | None]] = [[None] * COEFFICIENTS for _ in self.names]

    def scan(self, content: bytes) -> Scan:
        """What a scan's header says; scans of other frames than progressive ones bring all there is."""
        count = content[0]
        tables: dict[int, tuple[int, int]] = {}
        for name, both in zip(content[1 : 1 + 2 * count : 2], content[2 : 2 + 2 * count : 2], strict=True):
            # Names are not unique in every file: the first that is not taken yet is meant, as in libjpeg.
            place = next(place for place, named in enumerate(self.names) if named == name and place not in tables)
            tables[place] = divmod(both, 16)
        first, last, position = content[1 + 2 * count : 4 + 2 * count]
        high, low = divmod(position, 16)
        if not self.progressive:
            return Scan(tables, 0, COEFFICIENTS - 1, None, 0)
        return Scan(tables, first, last, high or None, low)

    def note_scan(self, scan: Scan) -> None:
        """Take note of what a scan brings; ValueError where the pass that it refines has not come."""
        for component in scan.components:
            lowest = self.lowest[component]
            band = slice(scan.first, scan.last + 1)
            if scan.before is not None and any(bit != scan.before for bit in lowest[band]):
                raise ValueError("a pass is missing")
            lowest[band] = [scan.after] * len(lowest[band])

    def units(self, scan: Scan) -> int:
        """How many units a scan is coded in: blocks of its only component, or else groups of all of its components'."""
        width, height = self.size
        across, down = (max(each) for each in zip(*self.factors, strict=True))
        if len(scan.components) == 1:
            wide, tall = self.factors[next(iter(scan.components))]
            width, height = -(-width * wide // across), -(-height * tall // down)
            across = down = 1
        return -(-width // (8 * across)) * -(-height // (8 * down))

    def telling(self, scan: Scan, codes: Mapping[int, Code]) -> bytes:
        """A byte to put behind a scan, so that what is missing there is read as something that shows."""
        if scan.last == 0 and scan.before is not None:
            return b"\0"  # a bit for each block
        # Its last blocks are those of its last component.
        mean, rest = list(scan.components.values())[-1]
        code = codes.get(16 + rest if scan.last else mean)
        return telling(code) if code and code.starts else b"\0"

    def verdict(self) -> tuple[str, ...]:
        """A sentence where fine detail never came; ValueError where a component did not."""
        if self.arithmetic:
            return ()
        if any(bits[0] is None for bits in self.lowest):
            raise ValueError("a component is missing")
        return (COARSE_NOTE,) if any(bit != 0 for bits in self.lowest for bit in bits) else ()
