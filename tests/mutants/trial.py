"""Trying one mistake: its tests run in a copy of the tree, in a process of their own with limits."""

from __future__ import annotations

import importlib
import math
import os
import resource
import shutil
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.mutants import BUILD, ROOT

LOADED = ("numpy", "cv2", "PIL.Image", "scipy.ndimage", "skimage.transform", "colour", "fontTools.ttLib", "pytest")
"""Imported once, before all trials: what the tests need, and has nothing of ours in it."""

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "__pycache__", ".*_cache", "node_modules", "results")

PROCESSOR, PATIENCE = 60, 900
"""Seconds of computing beyond twice what its tests take, and seconds at all, after which a trial counts as caught."""

MEMORY = 12 * 2**30


def load() -> None:
    """Import what every trial needs, so that each finds it there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in LOADED:
            importlib.import_module(name)


def copied(name: str) -> Path:
    """A fresh copy of the tree, to change things in."""
    tree = BUILD / name
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    return tree


@dataclass
class Trial:
    """A process at work in a copy of the tree."""

    tree: Path
    process: int
    began: float

    def result(self) -> int | None:
        """Its exit status; None while it runs, and above 0 where it was stopped."""
        found, status = os.waitpid(self.process, os.WNOHANG)
        if found:
            return abs(os.waitstatus_to_exitcode(status))
        if time.monotonic() - self.began > PATIENCE:
            os.killpg(self.process, signal.SIGKILL)
        return None


def start(tree: Path, work: Callable[[], int], *, seconds: float | None = None) -> Trial:
    """Do something in a copy of the tree, in a process of its own which has none of our modules yet.

    With limits, where it is known how many seconds of computing it takes: what hangs is noticed.
    """
    process = os.fork()
    if process:
        return Trial(tree, process, time.monotonic())
    status = 1
    try:
        os.setpgid(0, 0)
        _settle(tree)
        if seconds is not None:
            processor = PROCESSOR + math.ceil(2 * seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        status = int(work())
    except BaseException:  # it must never go on as the process it was forked from
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _settle(tree: Path) -> None:
    """Stand in the copy, take modules from there alone, and write what is said into a file beside it."""
    os.chdir(tree)
    sys.path[:] = [str(tree), *(path for path in sys.path if path not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.split(".")[0] in ("effects", "pages", "tests", "benchmarks")]:
        del sys.modules[name]
    told = os.open(BUILD / f"{tree.name}.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(told, 1)
    os.dup2(told, 2)


def put(tree: Path, path: str, code: str | None, number: int) -> None:
    """Write a file of the copy, or the tree's own again, never with the time of the one before: Python goes by it."""
    if code is None:
        shutil.copy2(ROOT / path, tree / path)
        return
    (tree / path).write_text(code, encoding="utf-8")
    os.utime(tree / path, (number, 10_000 * (number + 1)))
