"""Starting processes that do not run the server's main script again.

multiprocessing tells each new process which main module to import. Under Streamlit that is the page: every worker,
and every worker that replaces a dead one, would run the app and import Streamlit. The processes started here are not
told; everything else in the server that starts processes is left as it was.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess

from effects.borrowed import without_main


class BareProcess(SpawnProcess):
    """A spawned process without the server's main module."""

    def start(self) -> None:
        """Start it."""
        with without_main(), interrupts_held_back():
            super().start()


class BareContext(SpawnContext):
    """multiprocessing, but for bare processes."""

    Process = BareProcess


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """No Ctrl+C reaches what is started meanwhile, though a terminal sends it to all: whoever started it will end it.

    One that came before a process can say that it ignores it would show its trace.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it comes with the first process, and would let them through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
