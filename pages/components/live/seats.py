"""Seats: how many people may be live in this process at once."""

from __future__ import annotations

import threading

from effects.memory.bands import cores
from pages.components.settings import SETTINGS


class NoSeatError(RuntimeError):
    """All seats are taken."""


class Seats:
    """A number of seats, one for each person: however many connections of theirs are just opening or closing."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._lock = threading.Lock()
        self._taken: dict[object, object] = {}  # whose each connection is

    def take(self, connection: object, person: object) -> None:
        """Take a seat for a person's connection; `NoSeatError` if there is none."""
        with self._lock:
            if not self._has_room_for(person):
                raise NoSeatError(f"all {self.number} live seats of this server are taken")
            self._taken[connection] = person

    def leave(self, connection: object) -> None:
        """Give the connection's seat back, if it has one."""
        with self._lock:
            self._taken.pop(connection, None)

    def has_room_for(self, person: object) -> bool:
        """Whether this person has a seat or would find one now."""
        with self._lock:
            return self._has_room_for(person)

    @property
    def taken(self) -> int:
        """How many persons are live."""
        with self._lock:
            return len(set(self._taken.values()))

    def _has_room_for(self, person: object) -> bool:
        persons = set(self._taken.values())
        return person in persons or len(persons) < self.number


SEATS = Seats(SETTINGS.live_seats or cores())
"""As many as EMULSION_LIVE_SEATS says, one for each core by default."""
