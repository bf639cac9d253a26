"""Huffman codes of a JPEG's scans, and where in compressed data the last whole unit ends. T.81, sections F.2 and G.2.

A unit is what a scan is coded in: a block of its only component, or a group of blocks of all of its components.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

END_OF_BLOCK = 1000
"""Coefficients that an end-of-block code goes on by: more than there are."""

AHEAD = 64
"""Bits behind a stretch for codes to run into."""


@dataclass(frozen=True)
class Code:
    """A Huffman code: for each word its first 16 bits, in rising order, how long it is and what it stands for."""

    starts: list[int]
    lengths: list[int]
    symbols: bytes
    end: int


def telling(code: Code) -> bytes:
    """A byte of the first word that is not the end of a block: read in place of what is missing, it shows."""
    place = int(code.symbols[:1] == b"\0" and len(code.lengths) > 1)
    word = f"{code.starts[place]:016b}"[: code.lengths[place]]
    byte = int((word * 8)[:8], 2)
    return bytes([byte if byte < 0xFF else 0])


def codes_of(tables: bytes) -> Iterator[tuple[int, Code]]:
    """Class and number (one byte), and code, of each of a DHT segment's tables."""
    at = 0
    while at + 17 <= len(tables):
        counts = tables[at + 1 : at + 17]
        lengths = [length for length, count in enumerate(counts, 1) for _ in range(count)]
        starts, word = [], 0
        for length in lengths:
            starts.append(word)
            word += 1 << 16 - length
        yield tables[at], Code(starts, lengths, tables[at + 17 : at + 17 + len(lengths)], word)
        at += 17 + len(lengths)


@dataclass(frozen=True)
class Words:
    """What each word of a code comes to in a scan: bits with those it announces, and coefficients gone on by."""

    code: Code
    bits: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)


def differences(code: Code) -> Words:
    """Words for a block's mean: each announces as many bits as it says."""
    return Words(code, [length + symbol for length, symbol in zip(code.lengths, code.symbols, strict=True)])


ONE_BIT = Words(Code([0, 1 << 15], [1, 1], bytes(2), 1 << 16), [1, 1])
"""What a mean's refinement is coded in."""


def coefficients(code: Code, progressive: bool) -> Words:
    """Words for the rest of a block; in progressive scans an end announces how many more blocks it is the end of."""
    bits, steps = [], []
    for length, symbol in zip(code.lengths, code.symbols, strict=True):
        run, size = divmod(symbol, 16)
        ends = size == 0 and run < 15
        bits.append(length + (run if ends and progressive else size))
        steps.append(END_OF_BLOCK if ends else run + 1)
    return Words(code, bits, steps)


@dataclass(frozen=True)
class Unit:
    """The blocks of a unit, by their words for mean and rest (None: not in this scan); the rest's first and last."""

    blocks: tuple[tuple[Words | None, Words | None], ...]
    first: int
    last: int
    progressive: bool

    @property
    def bits(self) -> int:
        """How many bits every unit has; 0 where that differs."""
        return len(self.blocks) if all(block == (ONE_BIT, None) for block in self.blocks) else 0

    def walked(self, data: bytes, at: int, count: int) -> tuple[int, int]:
        """How many of `count` units are whole in the data from bit `at` on, and the bit where the last of them ends."""
        size = 8 * len(data)
        number = int.from_bytes(data + b"\xff" * (AHEAD // 8))
        top, first, last = size + AHEAD - 16, self.first, self.last
        done = 0
        edge = at
        while done < count:
            more = 0
            for mean, rest in self.blocks:
                if mean:
                    window = number >> top - at & 0xFFFF
                    if window >= mean.code.end:
                        return done, edge
                    at += mean.bits[bisect_right(mean.code.starts, window) - 1]
                place = first if rest else END_OF_BLOCK
                while rest and place <= last:
                    window = number >> top - at & 0xFFFF
                    if window >= rest.code.end or at > size:
                        return done, edge
                    word = bisect_right(rest.code.starts, window) - 1
                    at += rest.bits[word]
                    place += rest.steps[word]
                    if place >= END_OF_BLOCK and self.progressive:
                        run = rest.code.symbols[word] >> 4
                        more = (1 << run) - 1 + (number >> max(0, size + AHEAD - at) & (1 << run) - 1)
                if at > size or last + 1 < place < END_OF_BLOCK:
                    return done, edge
            edge = at
            done += 1 + more
        return done, edge
