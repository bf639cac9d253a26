"""Starting processes that do not run the server's main script again.

multiprocessing tells each new process which main module to import. Under Streamlit that is the page: every worker,
and every worker that replaces a dead one, would run the app and import Streamlit. The processes started here are not
told; everything else in the server that starts processes is left as it was.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import spawn
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

MAIN = ("init_main_from_path", "init_main_from_name")

_one_at_a_time = threading.Lock()


@contextmanager
def bare() -> Iterator[None]:
    """While it lasts, processes that this thread starts are not told of a main module.

    multiprocessing has no other place to say so than a function of its module, which is put back afterwards.
    """
    with _one_at_a_time:
        told, here = spawn.get_preparation_data, threading.get_ident()

        def preparation_data(name: str) -> dict[str, Any]:
            data = told(name)
            if threading.get_ident() == here:
                data = {key: value for key, value in data.items() if key not in MAIN}
            return data

        spawn.get_preparation_data = preparation_data
        try:
            yield
        finally:
            spawn.get_preparation_data = told


class BareProcess(SpawnProcess):
    """A spawned process without the server's main module."""

    def start(self) -> None:
        """Start it."""
        with bare():
            super().start()


class BareContext(SpawnContext):
    """multiprocessing, but for bare processes."""

    Process = BareProcess
