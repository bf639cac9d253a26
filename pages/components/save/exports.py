"""One person's files in the making: so many a minute, told of their place in line, and ended when nobody waits."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from effects import LimitError, workers
from effects.workers.patience import Meanwhile
from pages.borrowed.visits import presence
from pages.components import session
from pages.components.place_in_line import place_words
from pages.components.settings import SETTINGS
from pages.components.unforeseen import fragment
from pages.components.words import _

MINUTE = 60.0  # s


class TabClosedError(ValueError):
    """Nobody waits for the file any more."""


@dataclass
class Exports:
    """When a session's last files were asked for, and how many jobs are ahead of the one that waits now."""

    most: int = SETTINGS.exports_a_minute
    clock: Callable[[], float] = time.monotonic
    times: deque[float] = field(default_factory=deque)
    ahead: int = 0
    part: str = ""  # of the page, where that is told

    def count(self) -> None:
        """Count one more; LimitError where there were too many in the last minute."""
        now = self.clock()
        while self.times and self.times[0] <= now - MINUTE:
            self.times.popleft()
        if len(self.times) >= self.most:
            told = _("At most {most} files a minute are made for one person. Please try again in {seconds} s.")
            raise LimitError(told.format(most=self.most, seconds=int(self.times[0] + MINUTE - now) + 1))
        self.times.append(now)


@dataclass(frozen=True)
class Turn:
    """The way to make a file for this session's person in whichever thread: see `turn`."""

    person: workers.Person
    is_here: Callable[[], bool]
    exports: Exports
    draw: Callable[[str], None]

    @contextmanager
    def taken(self) -> Iterator[Meanwhile]:
        """A file is made inside this: what to call meanwhile, which raises when the tab is closed."""
        self.exports.count()

        def look() -> None:
            if not self.is_here():
                raise TabClosedError("The tab that asked for this file was closed.")
            self._tell(workers.ahead())

        with workers.on_behalf_of(self.person):
            try:
                yield look
            finally:
                self._tell(0)

    def _tell(self, ahead: int) -> None:
        if ahead != self.exports.ahead:
            self.exports.ahead = ahead
            self.draw(self.exports.part)


def turn() -> Turn:
    """The way to make files for the person of this session, asked for while their page is drawn."""
    return Turn(session.person(), presence(), session.hold("exports", Exports), session.later_drawing())


@fragment
def export_line() -> None:
    """How many are ahead of the file that is to be saved, where it waits; a part of the page by itself."""
    held = session.hold("exports", Exports)
    held.part = session.part()
    if held.ahead:
        st.caption(place_words(held.ahead))
