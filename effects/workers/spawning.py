"""Starting processes that do not run the server's main script again.

multiprocessing tells each new process which main module to import. Under Streamlit that is the page: every worker,
and every worker that replaces a dead one, would run the app and import Streamlit. The processes started here are not
told; everything else in the server that starts processes is left as it was.
"""

from __future__ import annotations

from multiprocessing.context import SpawnContext, SpawnProcess

from effects.borrowed import without_main


class BareProcess(SpawnProcess):
    """A spawned process without the server's main module."""

    def start(self) -> None:
        """Start it."""
        with without_main():
            super().start()


class BareContext(SpawnContext):
    """multiprocessing, but for bare processes."""

    Process = BareProcess
