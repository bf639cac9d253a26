"""A piece: a finished file that was made in this session, in memory alone, to be had again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePath

MAX_PIECES = 12
"""Pieces that a session keeps of a kind."""

_numbers = count(1)


def next_number() -> int:
    """The number of another piece; no two have the same."""
    return next(_numbers)


@dataclass(frozen=True)
class Piece:
    """One file, and for a photo of the camera's its own frame as a PNG, to edit it again."""

    name: str
    data: bytes = field(repr=False)
    mime: str
    raw: bytes = field(default=b"", repr=False)
    key: int = field(default_factory=next_number)


def unique_names(names: Iterable[str]) -> list[str]:
    """Names for files side by side: one that is there already, in large or small letters, has a number behind it."""
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        file, fresh, number = PurePath(name), name, 1
        while fresh.casefold() in taken:
            number += 1
            fresh = f"{file.stem}-{number}{file.suffix}"
        taken.add(fresh.casefold())
        found.append(fresh)
    return found
