"""Starting processes that do not run the server's main script again.

multiprocessing tells each new process which main module to import. Under Streamlit that is the page: every worker,
and every worker that replaces a dead one, would run the app and import Streamlit. The processes started here are not
told; everything else in the server that starts processes is left as it was.
"""

from __future__ import annotations

import threading
from multiprocessing import spawn
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

MAIN = ("init_main_from_path", "init_main_from_name")

bare = threading.local()
original = spawn.get_preparation_data


def preparation_data(name: str) -> dict[str, Any]:
    """What a new process is told, without the main module where this thread is starting a bare one."""
    told = original(name)
    if getattr(bare, "starting", False):
        told = {key: value for key, value in told.items() if key not in MAIN}
    return told


spawn.get_preparation_data = preparation_data


class BareProcess(SpawnProcess):
    """A spawned process without the server's main module."""

    def start(self) -> None:
        """Start it; the thread remembers that this one is bare."""
        bare.starting = True
        try:
            super().start()
        finally:
            bare.starting = False


class BareContext(SpawnContext):
    """multiprocessing, but for bare processes."""

    Process = BareProcess
