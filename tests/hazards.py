"""What goes wrong in native code, made to happen: for the tests of the workers."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from effects.codec import decode, open_preview
from effects.render import render
from effects.workers.shared_files import Source, Target

if sys.platform == "linux":
    import resource


def crash() -> None:
    """A real segmentation fault: reading address zero."""
    ctypes.string_at(0)


def hang() -> None:
    """Asleep in C with Python's lock held: no Python code of this process, signal handlers included, runs again."""
    ctypes.PyDLL(None).sleep(3600)


def carriage(source: Source, target: Target, seconds: float) -> tuple[int, bytes, bool, bytes | None]:
    """By whom a file is read and another written: how long after, whether its bytes came along, what goes back."""
    time.sleep(seconds)
    return os.getppid(), source.read(), source.data is not None, target.write(source.read()[::-1])


def dawdle(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def allocate(megabytes: int) -> int:
    """Memory asked for and written to."""
    return int(np.ones(megabytes * 2**20, np.uint8).nbytes)


def allocate_in_opencv(megabytes: int) -> int:
    """Memory that OpenCV asks for."""
    return int(cv2.copyMakeBorder(np.ones((1, 1), np.uint8), megabytes, 0, 2**20 - 1, 0, cv2.BORDER_CONSTANT).nbytes)


def leave() -> None:
    """A process that ends without a word."""
    os._exit(3)


def modules() -> set[str]:
    """What this process has imported."""
    return set(sys.modules)


def niceness() -> int:
    return os.nice(0)


def span(seconds: float) -> tuple[float, float]:
    """When this job began and ended."""
    began = time.time()
    time.sleep(seconds)
    return began, time.time()


def peak() -> float:
    """The most memory this process has ever had, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def open_and_tell(data: bytes) -> float:
    """The peak after a picture was opened, small and whole."""
    open_preview(data)
    decode(data)
    return peak()


def render_and_tell(data: bytes, recipe_json: str) -> float:
    """By how many MB rendering raises the peak."""
    before = peak()
    render(data, recipe_json)
    return peak() - before


def pid_after(seconds: float) -> int:
    """Which process did this job, which took a while so that others get one, too."""
    time.sleep(seconds)
    return os.getpid()


def family(seconds: float = 0.0) -> tuple[int, int]:
    """The process that did this job, and the one that this belongs to."""
    time.sleep(seconds)
    return os.getpid(), os.getppid()


def leave_traces(began: Path, ended: Path, seconds: float) -> None:
    """A job whose begin and end can be seen."""
    began.touch()
    time.sleep(seconds)
    ended.touch()


def bulk(megabytes: int) -> bytes:
    """An answer that takes a while on its way."""
    return bytes(megabytes * 2**20)


def lock() -> object:
    """What cannot leave a process."""
    return threading.Lock()


def without_disk(function: Callable[..., Any], *args: Any) -> Any:
    """What a function returns where no file takes a single byte, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        return function(*args)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
