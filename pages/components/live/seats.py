"""Seats: how many people may be live in this process at once."""

from __future__ import annotations

import os
import threading

from effects.kernels.bands import cores

SETTING = "EMULSION_LIVE_SEATS"


class NoSeatError(RuntimeError):
    """All seats are taken."""


class Seats:
    """A number of seats; who takes one holds it until they leave, and leaving twice is leaving once."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._lock = threading.Lock()
        self._taken: set[object] = set()

    @property
    def free(self) -> int:
        """How many are free now."""
        return self.number - len(self._taken)

    def take(self, who: object) -> None:
        """Take a seat; `NoSeatError` if there is none. Who has one keeps that one."""
        with self._lock:
            if who not in self._taken and len(self._taken) >= self.number:
                raise NoSeatError(f"all {self.number} live seats of this server are taken")
            self._taken.add(who)

    def leave(self, who: object) -> None:
        """Give the seat back, if there is one."""
        with self._lock:
            self._taken.discard(who)


def from_environment() -> Seats:
    """As many seats as EMULSION_LIVE_SEATS says, one for each core by default."""
    wanted = os.environ.get(SETTING, "")
    if wanted and not (wanted.isdigit() and int(wanted) > 0):
        raise ValueError(f"{SETTING} is {wanted[:40]!r}; it has to be a whole number of seats, 1 or more")
    return Seats(int(wanted) if wanted else cores())


SEATS = from_environment()
