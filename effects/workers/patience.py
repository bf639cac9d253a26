"""Waiting that can be given up: for a job's end, and for one's turn."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from typing import TypeVar

Result = TypeVar("Result")

Meanwhile = Callable[[], None]
"""Called every few milliseconds while one waits; where it raises, nobody waits any more."""

LOOK_SECONDS = 0.01
"""Seconds between two calls of `meanwhile`."""

PATIENCE_SECONDS = 0.05
"""The same for jobs done elsewhere: they take longer to give up, and there may be many."""

LONG_SECONDS = 3600.0
"""How long a single wait lasts where nobody looks up meanwhile: systems take no infinite ones."""


def wait_until(
    attempt: Callable[[float], bool],
    meanwhile: Meanwhile | None = None,
    until: float = math.inf,
    look: float = LOOK_SECONDS,
) -> bool:
    """Whether an attempt, which waits for the seconds it is given, came true by then.

    An error of `meanwhile`, which is called every `look` seconds, ends the waiting.
    """
    while True:
        left = max(until - time.monotonic(), 0.0)
        if attempt(min(left, look if meanwhile else LONG_SECONDS)):
            return True
        if not left:
            return False
        if meanwhile:
            meanwhile()


def wait_for_result(future: Future[Result], meanwhile: Meanwhile) -> Result:
    """The result of a thread's job; an error of `meanwhile` ends the waiting, and a job that has not begun."""
    try:
        while not wait_for([future], LOOK_SECONDS).done:
            meanwhile()
    except BaseException:
        future.cancel()
        raise
    return future.result()


def take(
    locks: Sequence[threading.Lock],
    meanwhile: Meanwhile | None = None,
    until: float = math.inf,
    look: float = LOOK_SECONDS,
) -> bool:
    """Acquire all of these, or none: whether it came to that by then; an error of `meanwhile` ends the waiting."""
    taken: list[threading.Lock] = []
    try:
        for lock in locks:
            if not wait_until(lambda seconds, lock=lock: lock.acquire(timeout=seconds), meanwhile, until, look):  # type: ignore[misc]
                release(taken)
                return False
            taken.append(lock)
    except BaseException:
        release(taken)
        raise
    return True


def release(locks: Sequence[threading.Lock]) -> None:
    """Give all of these back, whichever thread took them."""
    for lock in locks:
        lock.release()


def wait_still(seconds: float, meanwhile: Meanwhile) -> None:
    """Wait so long, unless `meanwhile` raises: what follows would be wasted on somebody who is not done yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        meanwhile()
        time.sleep(LOOK_SECONDS)
