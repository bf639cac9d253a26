"""Waiting that can be given up: for a job's end, and for one's turn."""

from __future__ import annotations

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

WASTED_SECONDS = 0.5
"""Seconds after which a job that nobody wants any more is ended with its process: a new one takes about as long."""

WASTED_ASIDE_SECONDS = 2.0
"""The same for a job that leaves a worker to others: most are done by then, and nobody waits for its process."""


def wait_for_result(future: Future[Result], meanwhile: Meanwhile, wasted: float = WASTED_SECONDS) -> Result:
    """The result of a job, whoever does it; an error of `meanwhile` ends the waiting, and a job that runs for long.

    Long is what has run for `wasted` seconds.
    """
    began = time.monotonic()
    try:
        while not wait_for([future], LOOK_SECONDS).done:
            meanwhile()
    except BaseException:
        if time.monotonic() - began > wasted or not future.running():
            future.cancel()
        raise
    return future.result()


def take(locks: Sequence[threading.Lock], meanwhile: Meanwhile | None = None) -> None:
    """Acquire all of these, or none: an error of `meanwhile` ends the waiting for them."""
    taken: list[threading.Lock] = []
    try:
        for lock in locks:
            while not lock.acquire(timeout=LOOK_SECONDS if meanwhile else -1):
                if meanwhile:
                    meanwhile()
            taken.append(lock)
    except BaseException:
        release(taken)
        raise


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
