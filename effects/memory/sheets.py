"""Memory for whole pictures, used again once nobody holds the picture that was in it."""

from __future__ import annotations

import threading
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

MIN_SHEET_BYTES = 1_000_000
"""Below this the allocator's own memory is as quick."""

MAX_UNUSED_BYTES = 80_000_000
"""What may lie unused for the next picture: two of 12 megapixels, or more smaller ones."""


class Sheets:
    """Blocks of memory that came back, the last one first; safe to use from many threads."""

    def __init__(self, max_unused: int = MAX_UNUSED_BYTES) -> None:
        self.max_unused = max_unused
        self._free: list[npt.NDArray[np.uint8]] = []
        self._lock = threading.Lock()

    @property
    def unused(self) -> int:
        """The bytes that wait for a picture."""
        return sum(block.size for block in self._free)

    def keep_at_most(self, max_unused: int) -> None:
        """Let no more bytes wait for a picture from now on."""
        self.max_unused = max_unused

    def clear(self) -> None:
        """Let go of what waits; pictures that somebody holds come back later, as ever."""
        with self._lock:
            waiting, self._free = self._free, []
        del waiting

    def take(self, size: int) -> npt.NDArray[np.uint8]:
        """A block of exactly this many bytes, its contents undefined."""
        with self._lock:
            for index in reversed(range(len(self._free))):
                if self._free[index].size == size:
                    return self._free.pop(index)
        return np.empty(size, np.uint8)

    def give(self, block: npt.NDArray[np.uint8]) -> None:
        """A block back, for another picture; what then is too much goes, the oldest first."""
        # A picture may be let go by the garbage collector in the middle of `take`: waiting there would be for ever.
        if self._lock.acquire(blocking=False):
            try:
                self._free.append(block)
                while self.unused > self.max_unused:
                    self._free.pop(0)
            finally:
                self._lock.release()


class Lease:
    """What an array, and every view of it, holds on to; when the last of them is gone, the block goes back."""

    def __init__(self, block: npt.NDArray[np.uint8], shape: tuple[int, ...], sheets: Sheets) -> None:
        self.block = block
        self.sheets = sheets
        self.__array_interface__: dict[str, Any] = {**block.__array_interface__, "shape": shape, "strides": None}

    def __del__(self) -> None:
        self.sheets.give(self.block)


SHEETS = Sheets()


def sheet(shape: tuple[int, ...], depth: npt.DTypeLike = np.uint8) -> npt.NDArray[Any]:
    """An array for a picture, its contents undefined: as np.empty, and in half the time where it is large.

    A result of 12 megapixels in memory fresh from the system costs 8 ms for its pages alone, as long as the whole
    arithmetic of a matrix. Every view keeps the memory, so nothing is used again while it can still be seen.
    """
    size = prod(shape) * np.dtype(depth).itemsize
    if size < MIN_SHEET_BYTES:
        return np.empty(shape, depth)
    return np.asarray(Lease(SHEETS.take(size), (size,), SHEETS)).view(depth).reshape(shape)
