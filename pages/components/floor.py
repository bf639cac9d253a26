"""Whose run works just now: runs of many people at once wake each other at every step, and all take thrice as long."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.06  # s after which whoever works on shares the processor with the next: most runs take half as long


class Floor:
    """One has it at a time, first come, first served; safe to use from many threads.

    It keeps nobody waiting for long: whoever has it for more than `patience` seconds, or waits for something else, has
    left it to the next, and works on without it.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._lock = threading.Lock()
        self._holder = 0  # a thread; 0 is none
        self._since = 0.0
        self._waiting = deque[tuple[int, threading.Event]]()
        self._sought = -math.inf

    def was_sought(self, seconds: float) -> bool:
        """Whether anybody had to wait for it in the last so many seconds."""
        return bool(self._waiting) or time.monotonic() - self._sought < seconds

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Inside this it is the caller's, until it leaves it."""
        self._take(threading.get_ident())
        try:
            yield
        finally:
            self.leave()

    def leave(self) -> None:
        """Leave it to the next; of whoever has left it already, or never had it, this asks nothing."""
        with self._lock:
            if self._holder == threading.get_ident():
                self._call_next()

    def _take(self, who: int) -> None:
        called = threading.Event()
        with self._lock:
            if not self._holder:
                self._give_to(who)
                return
            self._waiting.append((who, called))
            self._sought = time.monotonic()
        while not called.wait(max(self._since + self.patience - time.monotonic(), 0.001)):
            with self._lock:
                if time.monotonic() - self._since > self.patience:
                    self._call_next()

    def _call_next(self) -> None:
        who, called = self._waiting.popleft() if self._waiting else (0, None)
        self._give_to(who)
        if called is not None:
            called.set()

    def _give_to(self, who: int) -> None:
        self._holder, self._since = who, time.monotonic()


FLOOR = Floor()
"""That of this server's runs."""
