"""Racing functions against each other: interleaved, each with the threads it may use, the quickest of its runs kept."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import cv2

PATIENCE = 6.0
"""Seconds after which a race has no more rounds (there are always two)."""

TURN = 15.0
"""Milliseconds for which a quick function runs again and again before it is the next one's turn."""

MIN_SECONDS = 1e-3
"""Milliseconds: the processor's clock may stand still for what is quicker, and ratios need something to stand on."""


@dataclass(frozen=True)
class Time:
    """The quickest run, in milliseconds: by the clock on the wall, and by the processor's over all threads."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Racer:
    """A function to be timed; `threads` is what cv2 may use for it (peers get all cores, our library sets one)."""

    run: Callable[[], object]
    threads: int = 1


def race(racers: Mapping[str, Racer], rounds: int, patience: float = PATIENCE) -> dict[str, Time]:
    """The best of `rounds` rounds for each; in every round each has a turn of its own, and runs at least twice.

    Whatever else the machine does hits all racers alike, and what it did in one round is not in the best. In a turn
    the first runs meet a cold cache, and the threads of the racer before, which some libraries let spin for a while.
    """
    best: dict[str, Time] = {}
    began = time.perf_counter()
    for number in range(rounds):
        for name, racer in racers.items():
            cv2.setNumThreads(racer.threads)
            spent = 0.0
            for run in count():
                took = timed(racer.run)
                old = best.get(name, took)
                best[name] = Time(min(old.wall, took.wall), min(old.cpu, took.cpu))
                spent += took.wall
                if run >= min(number, 1) and spent > TURN:
                    break
        if number and time.perf_counter() - began > patience:
            break
    cv2.setNumThreads(1)
    return best


def timed(run: Callable[[], object]) -> Time:
    """One run."""
    wall, cpu = time.perf_counter(), time.process_time()
    kept = run()
    took = Time(1e3 * (time.perf_counter() - wall), max(MIN_SECONDS, 1e3 * (time.process_time() - cpu)))
    del kept
    return took


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def on_one_core() -> Iterator[None]:
    """Everything in here on a single core, as in a small container (where the system knows how; else as it is)."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(all_of_them)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)
