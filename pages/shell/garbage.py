"""Garbage that refers to itself is looked for while the server rests, not after every move of a slider.

Streamlit would walk through all that all sessions hold at the end of each run (`runner.postScriptGC`), which was half
of the time that a move of a slider took for one person, and most of it for thirty.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

REST = 0.1  # of a core that the process uses while it has time
IDLE = 0.03  # and while nobody works with it
LITTLE = 0.1  # s of work that leave nothing worth looking for
SHARE = 0.1  # of the time that the process has worked, which looking takes at most while anybody works with it
MAX_BUSY_SECONDS = 180.0
"""After so long it is looked for though the server has no rest, which halts a hundred people for up to a second.

What comes of moves is young and mostly found without that: 3,000 of them left the server 17 MB larger.
"""

LEFT_SECONDS = 30.0  # the same, where somebody has left

THRESHOLDS = 10_000, 8, 1_000
"""Objects more than before at which the young are looked through, and how often those until older ones, and all, are.

Python's own (700, 10, 10) walked through all sessions ten times a minute while a hundred people worked.
"""

Clock = Callable[[], float]  # s


def settle() -> None:
    """What there is now stays for good, so nobody looks through it again; of what comes, all is left to `Garbage`."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


class Garbage:
    """What the process has worked since garbage was last collected, by the clock on the wall and that of its work."""

    def __init__(self, clock: Clock = time.monotonic, work: Clock = time.process_time) -> None:
        self._clock, self._work = clock, work
        self._seen = self._collected = self._now()
        self._has_left = False
        self._took = 0.0

    def look(self, *, has_left: bool = False) -> bool:
        """Collect it if the process has worked, and rests now or has not rested for long; whether it was collected.

        `has_left` says that somebody's session has ended, which leaves much.
        """
        self._has_left |= has_left
        (before, worked_before), (now, worked) = self._seen, self._now()
        self._seen = now, worked
        then, worked_then = self._collected
        used = (worked - worked_before) / max(now - before, 1e-9)
        most = LEFT_SECONDS if self._has_left else MAX_BUSY_SECONDS
        little = LITTLE if used < IDLE else max(LITTLE, self._took / SHARE)
        is_little = worked - worked_then < little and not self._has_left
        if is_little or not (used < REST or now - then > most):
            return False
        gc.collect()
        self._seen = self._collected = self._now()
        self._took, self._has_left = self._seen[0] - now, False
        return True

    def _now(self) -> tuple[float, float]:
        return self._clock(), self._work()
