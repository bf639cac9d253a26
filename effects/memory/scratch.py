"""Memory for what is made on the way, band after band: each thread's own, and of one owner."""

from __future__ import annotations

import threading
from math import prod
from typing import Any
from weakref import WeakSet

import numpy as np
import numpy.typing as npt


class Owner:
    """Whoever holds something for its threads, until `clear_caches` lets it go."""

    def __init__(self) -> None:
        self.clear()
        OWNERS.add(self)

    def clear(self) -> None:
        """Hold nothing, for any thread; this is also how it begins."""
        raise NotImplementedError


class Scratch(Owner):
    """Arrays of whoever made this, by the owner's own names for them; nobody else's have the same memory.

    Bands come by the hundred: memory asked anew from the system for each of them costs more than the arithmetic.
    """

    def clear(self) -> None:
        """Let go of all memory, every thread's; arrays that are being worked on stay with who works on them."""
        self._buffers, self._arrays = threading.local(), threading.local()

    def __call__(self, name: str, shape: tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """An array of this thread's own to write a band into, its contents undefined; valid until asked for again."""
        arrays = self._arrays
        last: npt.NDArray[Any] | None = getattr(arrays, name, None)
        # Most bands are as high as the one before: making the array anew would take as long as a call to cv2.
        if last is not None and last.shape == shape and last.dtype == dtype:
            return last
        buffers, size = self._buffers, prod(shape) * np.dtype(dtype).itemsize
        buffer: npt.NDArray[np.uint8] | None = getattr(buffers, name, None)
        if buffer is None or buffer.size < size:
            buffer = np.empty(size, np.uint8)
            setattr(buffers, name, buffer)
        array: npt.NDArray[Any] = buffer[:size].view(dtype).reshape(shape)
        setattr(arrays, name, array)
        return array


OWNERS: WeakSet[Owner] = WeakSet()
"""All there are."""
