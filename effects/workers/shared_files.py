"""Files that go with a job: by their path where whoever does it sees the very files, and by their bytes elsewhere.

Machines of a cluster may share a disk or not, and may have another file of the same name. So a file that is read is
known by more than its path, and one that is written holds a mark until then that nobody could guess.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

EDGE_BYTES = 1024
"""Of a file's beginning and of its end, by which it is known together with its size and its time."""

MARK_BYTES = 32


@dataclass(frozen=True)
class Source:
    """A file that a job reads: what it is known by, and its bytes where they came along."""

    path: Path
    size: int
    changed: int
    edges: str
    data: bytes | None = None

    @classmethod
    def at(cls, path: Path) -> Source:
        """The file at this path; OSError where there is none."""
        path = path.absolute()
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            edges = sha256(file.read(EDGE_BYTES))
            if status.st_size > EDGE_BYTES:
                file.seek(max(status.st_size - EDGE_BYTES, EDGE_BYTES))
                edges.update(file.read(EDGE_BYTES))
        return cls(path, status.st_size, status.st_mtime_ns, edges.hexdigest())

    @property
    def is_here(self) -> bool:
        """Whether its bytes came along, or the very file is here."""
        try:
            return self.data is not None or Source.at(self.path) == self
        except OSError:
            return False

    def carried(self) -> Source:
        """The same with its bytes."""
        return self if self.data is not None else replace(self, data=self.path.read_bytes())

    def read(self) -> bytes:
        """Its bytes."""
        return self.path.read_bytes() if self.data is None else self.data


@dataclass(frozen=True)
class Target:
    """A file that a job writes: it is there and holds a mark; without one, its bytes go back with the result."""

    path: Path
    mark: bytes | None = None

    @classmethod
    def at(cls, path: Path) -> Target:
        """A new file at this path, marked."""
        mark = secrets.token_bytes(MARK_BYTES)
        path.write_bytes(mark)
        return cls(path.absolute(), mark)

    @property
    def is_here(self) -> bool:
        """Whether its bytes go back, or the very file is here and nobody has written to it."""
        if self.mark is None:
            return True
        try:
            with self.path.open("r+b") as file:  # and may be written
                return file.read(MARK_BYTES + 1) == self.mark
        except OSError:
            return False

    def carried(self) -> Target:
        """The same, whose bytes go back."""
        return Target(self.path)

    def write(self, data: bytes) -> bytes | None:
        """Write the file, or have the bytes to go back; OSError where it is gone, since nobody wants it any more."""
        if self.mark is None:
            return data
        with self.path.open("r+b") as file:
            file.truncate(0)
            file.write(data)
        return None


@dataclass(frozen=True)
class Unseen:
    """What a machine, by its address, says where it does not see some of a job's files: their places among them."""

    machine: str
    places: tuple[int, ...]


def unseen_places(args: tuple[Any, ...]) -> tuple[int, ...]:
    """Which of a job's arguments are files that are not here."""
    return tuple(place for place, each in enumerate(args) if isinstance(each, Source | Target) and not each.is_here)


def carried_at(args: tuple[Any, ...], places: tuple[int, ...]) -> tuple[Any, ...]:
    """The same arguments, of which those at these places go by their bytes."""
    return tuple(each.carried() if place in places else each for place, each in enumerate(args))
