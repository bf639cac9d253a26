"""Work off the page's thread: begun once, followed by the page, ended at any time, and let go of with its folder."""

from __future__ import annotations

import logging
import shutil
import threading
from abc import ABC, abstractmethod
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path

from effects.memory import heaps

log = logging.getLogger(__name__)


class BackgroundWork(ABC):
    """One run, in a thread of its own. It knows files, and not the session they are of: that may go meanwhile."""

    def __init__(self, name: str) -> None:
        self.end = threading.Event()
        """Set where nobody wants it any more: it ends as soon as it looks."""
        self.has_ended = False
        self.has_failed = False  # it met what nobody foresaw, and the log has it
        self._abandoned: Path | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def abandon(self, folder: Path) -> None:
        """Nobody wants it any more, and its folder is removed as soon as nothing is written there."""
        self._abandoned = folder
        self.end.set()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within so many seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @abstractmethod
    def work(self) -> None:
        """All of it; CancelledError where it was ended."""

    @abstractmethod
    def settle(self) -> None:
        """What is to be known of it once it has ended, in whatever way."""

    def _run(self) -> None:
        try:
            with suppress(CancelledError):
                self.work()
        except Exception:
            log.exception("Work in the background met something that nobody foresaw")
            self.has_failed = True
        finally:
            if self._abandoned is not None:
                shutil.rmtree(self._abandoned, ignore_errors=True)
            self.settle()
            self.has_ended = True
            heaps.trim()


class WorkOfSessions:
    """The last work that was begun for each session's folder, by the folder's token."""

    def __init__(self) -> None:
        self._works: dict[str, BackgroundWork] = {}

    def start(self, token: str, work: BackgroundWork) -> None:
        """Begin work; what is known of the one before is let go."""
        self._works[token] = work
        work.start()

    def let_go(self, folder: Path, token: str) -> None:
        """A folder that nobody has any more: end the work in it, and remove all of it."""
        work = self._works.pop(token, None)
        if work is not None:
            work.abandon(folder)
        shutil.rmtree(folder, ignore_errors=True)

    def end_all(self) -> None:
        """The server ends: no work goes on."""
        for work in [*self._works.values()]:
            work.end.set()
