"""The line before the workers: whose job each is, how many one person may have, and how many are ahead of one.

A server has one line. It is never longer than is said: who comes then is told at once, not after a minute's waiting.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from effects.codec.limits import refuse
from effects.errors import LimitError

FULL = "The server is busy: {count} jobs are waiting already. Please try again in a minute."
TOO_MANY = "{count} of your jobs are not done yet; please wait for one of them."


@dataclass(frozen=True)
class Person:
    """Who asks for jobs, by any name, and how many of them may wait or run at once."""

    name: str
    jobs: int


NOBODY = Person("", 0)
"""Who asks where nobody is named: each job counts as somebody else's."""

_person: ContextVar[Person] = ContextVar("person", default=NOBODY)


@contextmanager
def on_behalf_of(person: Person) -> Iterator[None]:
    """What is asked of workers inside this, in this thread, is asked by this person."""
    token = _person.set(person)
    try:
        yield
    finally:
        _person.reset(token)


def asking() -> Person:
    """Who asks for jobs in this thread."""
    return _person.get()


@dataclass(eq=False)
class Place:
    """A job's place in line, and later at work; in seconds of `time.monotonic`."""

    person: Person
    came: float
    began: float | None = None
    is_given_up: bool = False

    @property
    def waited(self) -> float:
        """How long it waited, or has waited up to now."""
        return (time.monotonic() if self.began is None else self.began) - self.came


class Line:
    """Jobs that wait, first come first, and those at work; safe to use from many threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._places: dict[Place, None] = {}  # in the order in which they came

    @contextmanager
    def place(self) -> Iterator[Place]:
        """A place for a job of the person who asks; LimitError where the line is full, or the person has too many."""
        place = Place(asking(), time.monotonic())
        with self._lock:
            self._check(place.person)
            self._places[place] = None
        try:
            yield place
        finally:
            with self._lock:
                del self._places[place]

    def begin(self, place: Place) -> None:
        """A job has its worker: it waits no longer."""
        if place.began is None:
            place.began = time.monotonic()

    @property
    def length(self) -> int:
        """How many jobs wait."""
        with self._lock:
            return len(self._waiting())

    def ahead_of(self, person: Person) -> int:
        """How many jobs of others came before the first of a person's that waits; 0 where none does."""
        with self._lock:
            waiting = self._waiting()
        mine = next((place for place in waiting if place.person == person), None)
        return waiting.index(mine) if mine else 0

    def before(self, person: Person) -> int:
        """How many jobs, waiting or at work, came before the first of a person's; 0 where there is none."""
        with self._lock:
            people = [place.person for place in self._places]
        return people.index(person) if person in people else 0

    def _waiting(self) -> list[Place]:
        return [place for place in self._places if place.began is None]

    def _check(self, person: Person) -> None:
        if person is not NOBODY and sum(place.person == person for place in self._places) >= person.jobs:
            refuse(TOO_MANY.format(count=person.jobs), LimitError)
        if len(self._waiting()) >= self.most:
            refuse(FULL.format(count=self.most), LimitError)
