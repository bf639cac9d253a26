"""Working on a picture band by band: what stays in the cache is fast, and no picture is ever held in floats whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from effects.memory import heaps

MIN_POOL_PIXELS = 500_000
"""Below this many pixels, handing bands to other threads costs more than it saves."""

MIN_LARGE_PIXELS = 2_000_000
"""From this many pixels on a picture is worked on by the pool's threads alone, its caller waits."""

MIN_SHARED_PIXELS = 160_000
"""The least a band holds where several threads share a picture.

In smaller ones they wait for each other's turn at the interpreter (1,000 switches a 12 MP picture at 80,000 pixels); in
larger ones a few copies in floats exceed what the allocator keeps, and every band gets fresh pages: three times the
time at 320,000.
"""

BAND_BYTES = 2**20
"""What a band's work may hold at once, its own share of the picture included: it stays in a core's own cache."""

MIN_BAND_PIXELS = 64_000
"""The least a band holds, whatever its work takes: of a quarter of it fifty calls cost as much as their arithmetic."""

STREAMED_PIXELS = 1_000_000
"""The most a band holds: what nothing goes over twice comes in few of them, but in enough for every thread."""

MAX_KEPT_PIXELS = 2_000_000
"""Up to this many pixels, what is computed from a picture's size alone is kept for the next frame or slider."""


_is_on_one_core = ContextVar("is_on_one_core", default=False)


@contextmanager
def on_one_core() -> Iterator[None]:
    """Within it pictures are worked on by the thread that asks, and no other.

    Where each core has a picture of its own, two threads on each would only wait for each other: with two workers 12 MP
    take 4 % less so.
    """
    before = _is_on_one_core.set(True)
    try:
        yield
    finally:
        _is_on_one_core.reset(before)


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _pool() -> ThreadPoolExecutor:
    # One pool for the process: many renders at once share its threads instead of bringing their own.
    return ThreadPoolExecutor(cores(), thread_name_prefix="bands")


def bands(height: int, width: int, bytes_per_pixel: int) -> list[slice]:
    """The rows of a picture in slices on which work that holds so many bytes a pixel stays in the cache."""
    return slices(height, width, band_pixels(bytes_per_pixel))


def band_pixels(bytes_per_pixel: int) -> int:
    """How many pixels of a picture are worked on at once where each takes so many bytes; see `each_band`."""
    pixels = BAND_BYTES // bytes_per_pixel if bytes_per_pixel else STREAMED_PIXELS
    return min(max(pixels, MIN_BAND_PIXELS), STREAMED_PIXELS)


def slices(height: int, width: int, pixels: int, step: int = 1) -> list[slice]:
    """The rows of a picture in slices of about `pixels` pixels; each begins at a multiple of `step` rows."""
    rows = max(step, pixels // max(1, width) // step * step)
    return [slice(top, min(top + rows, height)) for top in range(0, height, rows)]


def each_band(
    work: Callable[[slice], None], height: int, width: int, *, bytes_per_pixel: int, step: int = 1, alone: float = 0
) -> None:
    """Call `work` with every band of a picture; on all cores where the picture has at least `MIN_POOL_PIXELS`.

    `work` writes its rows into an array of the caller's; it must not call this function itself. `bytes_per_pixel` is
    what it holds at once of each pixel: what it reads, what it makes on the way and what it writes; 0 for a single
    call, which goes over everything once. Bands begin at multiples of `step` rows. `alone` is the size below which
    `work` gains nothing by threads, if that is larger. Within `on_one_core` the caller's thread does all of it.
    """
    if height * width >= MIN_POOL_PIXELS:
        heaps.learn()
    is_shared = height * width >= max(alone, MIN_POOL_PIXELS) and not _is_on_one_core.get()
    team = cores() if is_shared else 1
    pixels = max(band_pixels(bytes_per_pixel), MIN_SHARED_PIXELS if team > 1 else 0)
    pieces = slices(height, width, min(pixels, -(-height // team) * width), step)
    left, hands = iter(pieces), min(team, len(pieces))

    def take() -> None:
        for piece in left:
            work(piece)

    # Eight at once, each with a thread of its own beside the pool's, would take twice the time.
    if hands > 1 and height * width >= MIN_LARGE_PIXELS:
        for hand in [_pool().submit(take) for _ in range(hands)]:
            hand.result()
        return
    others = [_pool().submit(take) for _ in range(hands - 1)]
    try:
        take()
    finally:
        # Those that have not begun would find nothing left, and might wait long for a place in the pool.
        begun = [other for other in others if not other.cancel()]
        if begun:
            wait(begun)
    for other in begun:
        other.result()
