"""What a worker does in its own process: its jobs, and before them it steps back, takes its share and no more."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection, wait
from pathlib import Path
from traceback import format_exc
from typing import Any, Generic, TypeVar

from PIL import Image as PILImage

from effects.codec.limits import lacks_memory
from effects.logs import Report, report_job
from effects.tuning import tune

if sys.platform == "linux":
    import resource

Result = TypeVar("Result")

NICENESS = 10

READY = b"ready"
"""What a worker says once it can take jobs."""

BEGAN = b""
"""What it says of a job before it begins: from there on, the job is to blame for whatever becomes of the worker."""


@dataclass(frozen=True)
class Answer(Generic[Result]):
    """What a job made, or the error it ended with and where."""

    report: Report[Result] | None = None
    error: BaseException | None = None
    trace: str = ""


def serve(pipe: Connection[bytes, bytes], memory: int) -> None:
    """A worker's life: one job after another, until there is nobody at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settle(memory)
    try:
        pipe.send_bytes(READY)
        while True:
            answer_job(pipe)
    except (EOFError, OSError):
        pass


def answer_job(pipe: Connection[bytes, bytes]) -> None:
    """Do a job and tell what came of it; nothing of it stays behind in this process."""
    message = pipe.recv_bytes()
    pipe.send_bytes(BEGAN)
    try:
        function, args, options, level = pickle.loads(message)
        del message
        answer = pack(Answer(run_job(function, args, options, level)))
    except BaseException as error:
        answer = pack_error(error)
    pipe.send_bytes(answer)


def pack(value: object) -> memoryview:
    """A value as it travels; into a file in memory, large ones are copied but once."""
    file = BytesIO()
    pickle.dump(value, file)
    return file.getbuffer()


def pack_error(error: BaseException) -> memoryview:
    """An error as it travels; one that cannot is told in its own words."""
    trace = format_exc()
    try:
        return pack(Answer[Any](error=error, trace=trace))
    except Exception:
        return pack(Answer[Any](error=TypeError(f"{type(error).__name__} cannot leave a worker"), trace=trace))


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
