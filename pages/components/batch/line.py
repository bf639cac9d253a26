"""The line of all batches of a server: one photo at a time, whoever waits longest, and a worker is left to others."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from effects.batch.work import SECONDS
from effects.workers.jobs import chosen_executor, is_large
from effects.workers.patience import Meanwhile, wait_until
from effects.workers.shared_files import Source

Result = TypeVar("Result")


class Line:
    """Turns that come in the order in which they are asked for; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets: deque[threading.Event] = deque()

    @contextmanager
    def turn(self, meanwhile: Meanwhile | None = None) -> Iterator[None]:
        """One's turn, waited for as long as it takes; an error of `meanwhile` gives one's place up."""
        ticket = threading.Event()
        with self._lock:
            self._tickets.append(ticket)
            self._tickets[0].set()
        try:
            wait_until(ticket.wait, meanwhile)
            yield
        finally:
            with self._lock:
                self._tickets.remove(ticket)
                if self._tickets:
                    self._tickets[0].set()


class PatientWorkers:
    """The server's workers as batches have them: previews and single photos never wait for more than one photo."""

    def __init__(self) -> None:
        self.line = Line()

    def call(
        self, function: Callable[..., Result], *args: Any, meanwhile: Meanwhile | None = None, **options: Any
    ) -> Result:
        """What `function` makes of the file that is its first argument, in a worker."""
        large = is_large(args[0].read() if isinstance(args[0], Source) else args[0])
        with self.line.turn(meanwhile):
            return chosen_executor().call(
                function, *args, meanwhile=meanwhile, large=large, aside=True, seconds=SECONDS, **options
            )


PATIENT_WORKERS = PatientWorkers()
"""One line for all sessions of this server."""
