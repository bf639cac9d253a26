"""Huffman codes of a JPEG's scans. T.81, section C."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A Huffman code: for each word its first 16 bits, in rising order, how long it is and what it stands for."""

    starts: list[int]
    lengths: list[int]
    symbols: bytes


def telling(code: Code) -> bytes:
    """A byte of the first word that announces a number: read in place of what is missing, it shows.

    Those that announce none are ends of blocks, or of many, and runs of zeros.
    """
    place = next((place for place, symbol in enumerate(code.symbols) if symbol & 15), 0)
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
        yield tables[at], Code(starts, lengths, tables[at + 17 : at + 17 + len(lengths)])
        at += 17 + len(lengths)
