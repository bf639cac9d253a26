"""Working on a picture band by band: what stays in the cache is fast, and no picture is ever held in floats whole."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

POOL_PIXELS = 2_000_000
"""Below this many pixels, handing bands to other threads costs more than it saves (10-40 % at 1280 x 720)."""

_kept = threading.local()


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _pool() -> ThreadPoolExecutor:
    # One pool for the process: many renders at once share its threads instead of bringing their own.
    return ThreadPoolExecutor(cores(), thread_name_prefix="bands")


def bands(height: int, width: int, pixels: int, step: int = 1) -> list[slice]:
    """The rows of a picture in slices of about `pixels` pixels; each begins at a multiple of `step` rows."""
    rows = max(step, pixels // max(1, width) // step * step)
    return [slice(top, min(top + rows, height)) for top in range(0, height, rows)]


def each_band(work: Callable[[slice], None], height: int, width: int, *, pixels: int, step: int = 1) -> None:
    """Call `work` with every band of a picture; on all cores where the picture is large.

    `work` writes its rows into an array of the caller's; it must not call this function itself. Bands begin at
    multiples of `step` rows.
    """
    pieces = bands(height, width, pixels, step)
    if height * width < POOL_PIXELS or len(pieces) == 1 or cores() == 1:
        for piece in pieces:
            work(piece)
    else:
        for _ in _pool().map(work, pieces):
            pass


def scratch(name: str, shape: tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """An array of this thread's own to write a band into, its contents undefined; valid until asked for by name again.

    Bands come by the hundred: memory asked anew from the system for each of them costs more than the arithmetic.
    """
    size = prod(shape) * np.dtype(dtype).itemsize
    buffer: npt.NDArray[np.uint8] | None = getattr(_kept, name, None)
    if buffer is None or buffer.size < size:
        buffer = np.empty(size, np.uint8)
        setattr(_kept, name, buffer)
    return buffer[:size].view(dtype).reshape(shape)
