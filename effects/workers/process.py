"""What a worker does in its own process: its jobs, and before them it steps back, takes its share and no more."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image as PILImage

from effects.codec.limits import lacks_memory
from effects.logs import Report, report_job
from effects.tuning import tune

if sys.platform == "linux":
    import resource

Result = TypeVar("Result")

NICENESS = 10


def run_job(
    function: Callable[..., Result], args: tuple[Any, ...], options: dict[str, Any], level: int
) -> Report[Result]:
    """What a worker does: the job, whose lack of memory is always a MemoryError, in native code, too."""

    def job() -> Result:
        try:
            return function(*args, **options)
        except Exception as error:
            if lacks_memory(error):
                raise MemoryError from None
            raise

    return report_job(job, level)


def settle(memory: int) -> None:
    """What a new worker does first: step back behind the server, take no more than its share, go when it goes."""
    # A decoder deep in native code never comes back to Python's own handler.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    tune()
    PILImage.init()
    threading.Thread(target=follow_the_server, daemon=True).start()
    if sys.platform == "linux":
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + memory, mapped + memory))


def follow_the_server() -> None:
    """End with the server, however it ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
