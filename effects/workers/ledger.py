"""What became of jobs and of workers, told to whoever listens: figures and kinds, nothing of pictures or people."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

OK, GIVEN_UP = "ok", "given up"


@dataclass(frozen=True)
class JobEnd:
    """A job's end: what kind it was, the seconds that it waited and took, `OK`, `GIVEN_UP` or the name of its error.

    `thing` is what its workers work on: each has a line of its own.
    """

    kind: str
    waited: float
    seconds: float
    outcome: str
    thing: str = "picture"


@dataclass(frozen=True)
class WorkerEnd:
    """A worker's end that nobody asked for: in a job `crashed`, `overdue`, or `killed` by the system; else `idle`."""

    reason: str


Listener = Callable[[JobEnd | WorkerEnd], None]


class Ledger:
    """Tells each end to all who listen; what a listener cannot do is logged, and keeps no job from its person."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []

    def tell(self, end: JobEnd | WorkerEnd) -> None:
        """Tell of an end."""
        for listener in self.listeners:
            try:
                listener(end)
            except Exception:
                log.exception("What became of a job could not be told")
