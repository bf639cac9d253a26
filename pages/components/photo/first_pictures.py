"""First pictures first: what else the pages draw waits while the photos of several people are being opened."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from effects.memory.bands import cores
from effects.workers.patience import Meanwhile, wait_until
from pages.components import session
from pages.components.workbench import Workbench

REST = 0.5  # s that what comes with one's own first picture, its cards and buttons, waits at most for those of others


class FirstPictures:
    """How many people have just opened a photo and see nothing of it yet; for all sessions, and told by any thread."""

    def __init__(self, few: int) -> None:
        self.few = few
        """So many may be on their way, and nobody waits for them: each has a core."""
        self._coming = 0
        self._change = threading.Condition()

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Inside this a photo is opened, up to its first picture."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def go_first(self, seconds: float, meanwhile: Meanwhile) -> bool:
        """Wait while there are more than few, so long at most; whether there are not any more.

        An error of `meanwhile`, which is called every few milliseconds, ends the waiting.
        """
        return wait_until(self._are_few, meanwhile, time.monotonic() + seconds)

    def _are_few(self, seconds: float) -> bool:
        with self._change:
            return self._change.wait_for(lambda: self._coming <= self.few, seconds)

    def _count(self, more: int) -> None:
        with self._change:
            self._coming += more
            self._change.notify_all()


FIRST_PICTURES = FirstPictures(cores())
"""Those of this server."""


@contextmanager
def opening(bench: Workbench) -> Iterator[None]:
    """Inside this a photo that was chosen, if there is one, is opened and shown; behind it others have theirs first."""
    if bench.picked is None:
        yield
        return
    with FIRST_PICTURES.coming():
        yield
    FIRST_PICTURES.go_first(REST, session.give_way)
