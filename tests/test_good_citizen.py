"""A good citizen: importing the library changes nothing in the process, which is its owner's to tune."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing import spawn
from pathlib import Path
from typing import Any

import cv2
import pytest

from effects import decode
from effects.borrowed import MAIN, without_main
from effects.cli import main
from effects.workers.pool import Workers
from tests import hazards
from tests.encoders import libheif
from tests.pictures import gradient, written

ROOT = Path(__file__).parent.parent

STATE = """
import atexit, copyreg, gc, importlib, locale, logging, os, pkgutil, random, signal, sys, threading, warnings
from multiprocessing import spawn
import cv2, numpy, pillow_heif, simplejpeg, stringzilla, PIL.Image
from pillow_heif import options

def state():
    pillow = PIL.Image
    return {
        "threads of cv2": cv2.getNumThreads(), "speed of cv2": cv2.useOptimized(), "cv2's GPU": cv2.ocl.useOpenCL(),
        "plugins": [*pillow.ID, *pillow.OPEN, *pillow.SAVE, *pillow.EXTENSION, *pillow.MIME, *pillow.DECODERS],
        "Pillow": (pillow._initialized, pillow.MAX_IMAGE_PIXELS),
        "libheif": {name: str(value) for name, value in vars(options).items() if name.isupper()},
        "spawning": (spawn.get_preparation_data, spawn.get_command_line, spawn.get_executable()),
        "signals": [signal.getsignal(number) for number in sorted(signal.valid_signals())],
        "running": (threading.active_count(), os.getpriority(os.PRIO_PROCESS, 0) if hasattr(os, "getpriority") else 0),
        "environment": dict(os.environ), "floats": numpy.geterr(), "warnings": [*warnings.filters],
        "logs": ([*logging.root.handlers], logging.root.level, logging.getLoggerClass(), logging.raiseExceptions),
        "hooks": (sys.excepthook, sys.displayhook, threading.excepthook, sys.gettrace(), sys.getprofile()),
        "imports": ([*sys.meta_path], [*sys.path], [*sys.path_hooks]),
        "limits": (sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits()),
        "garbage": (gc.get_threshold(), gc.isenabled(), gc.get_freeze_count()),
        "pickling": {kind for kind in copyreg.dispatch_table if not kind.__module__.startswith("effects.")},
        "chance": (random.getstate(), [str(part) for part in numpy.random.get_state()]),
        "words": locale.setlocale(locale.LC_ALL), "at the end": atexit._ncallbacks(),
    }
"""

IMPORT_ALL = """
before = state()
import effects
for module in pkgutil.walk_packages(effects.__path__, "effects."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
after = state()
print({name: (was, after[name]) for name, was in before.items() if was != after[name]})
print("effects.workers.pool" in sys.modules)
"""

TUNED = """
before = state()
from effects.tuning import tune
tune()
after = state()
print(sorted(name for name, was in before.items() if was != after[name]), cv2.getNumThreads(), options.THUMBNAILS)
"""


def fresh(code: str) -> list[str]:
    """The lines that a new interpreter prints."""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


@pytest.mark.slow
def test_importing_all_of_the_library_changes_nothing_in_the_process() -> None:
    assert fresh(STATE + IMPORT_ALL) == ["{}", "True"]


@pytest.mark.slow
def test_tuning_changes_opencv_and_libheif_and_nothing_else_that_can_be_seen() -> None:
    assert fresh(STATE + TUNED) == ["['libheif', 'threads of cv2'] 1 False"]


HEAPS = """
import ctypes, os, sys, tempfile, threading
import {module}
{call}
libc, hold = ctypes.CDLL(None), threading.Barrier(7)
libc.malloc.restype, libc.fopen.restype = ctypes.c_void_p, ctypes.c_void_p
def take():
    libc.malloc(1000)
    hold.wait()  # all of them are alive at once
    hold.wait()
threads = [threading.Thread(target=take) for _ in range(6)]
for thread in threads:
    thread.start()
hold.wait()
path = tempfile.mkstemp()[1]
file = ctypes.c_void_p(libc.fopen(path.encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
print(open(path).read().count("<heap nr="))
os.unlink(path)
hold.wait()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc")
def test_the_allocator_keeps_a_heap_for_each_thread_until_it_is_tuned() -> None:
    untouched = int(fresh(HEAPS.format(module="numpy, cv2, pillow_heif", call=""))[0])
    assert int(fresh(HEAPS.format(module="effects.workers.pool", call=""))[0]) >= min(untouched, 4)
    tuned = HEAPS.format(module="effects.tuning", call="effects.tuning.tune()")
    assert int(fresh(tuned)[0]) <= 2


FAULTS = """
import resource, sys
import numpy as np
from effects import EFFECTS, Pipeline
from effects import tuning
if sys.argv[1] == "tuned":
    tuning.tune()
pipeline = Pipeline() + EFFECTS["exposure"].step() + EFFECTS["saturation"].step() + EFFECTS["vignette"].step()
image = np.full((3000, 4000, 3), 99, np.uint8)
pipeline(image)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
pipeline(image)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator")
def test_a_large_picture_gets_no_fresh_pages_for_each_band_in_a_process_that_nobody_tuned() -> None:
    """The result itself is at most 9,000 pages; every band's floats anew were 173,000, and three times the time."""
    for way in ("untuned", "tuned"):
        ran = subprocess.run([sys.executable, "-c", FAULTS, way], capture_output=True, check=True, cwd=ROOT)
        assert int(ran.stdout) < 30_000, way


UNTUNED = """
import hashlib, sys
from effects import decode
for file in sys.argv[1:]:
    photo = decode(open(file, "rb").read())
    print(hashlib.sha256(photo.image.tobytes()).hexdigest(), sorted(photo.metadata))
"""


@pytest.mark.slow
def test_pictures_are_the_same_in_a_process_that_nobody_tuned(tmp_path: Path) -> None:
    files = {
        "heic": libheif(gradient()),
        "jpeg": written(gradient(), "JPEG"),
        "tiff": written(gradient(), "TIFF", compression="tiff_adobe_deflate"),
        "ycbcr.tiff": written(gradient(), "TIFF", compression="jpeg"),
    }
    for kind, data in files.items():
        (tmp_path / kind).write_bytes(data)
    script = [sys.executable, "-c", UNTUNED, *(str(tmp_path / kind) for kind in files)]
    ran = subprocess.run(script, capture_output=True, check=True, cwd=ROOT)
    photos = map(decode, files.values())
    expected = [f"{hashlib.sha256(photo.image.tobytes()).hexdigest()} {sorted(photo.metadata)}" for photo in photos]
    assert ran.stdout.decode().splitlines() == expected


@pytest.fixture
def untuned() -> Iterator[None]:
    """cv2 as it comes."""
    cv2.setNumThreads(2)
    yield
    cv2.setNumThreads(1)


@pytest.mark.usefixtures("untuned")
def test_the_command_line_tunes_its_own_process(capsys: pytest.CaptureFixture[str]) -> None:
    main(["describe", "sepia"])
    assert capsys.readouterr().out
    assert cv2.getNumThreads() == 1


@pytest.mark.slow
@pytest.mark.usefixtures("untuned")
def test_a_worker_tunes_its_own_process_and_the_server_stays_as_it_is() -> None:
    before = spawn.get_preparation_data
    staff = Workers(count=1, seconds=60)
    try:
        assert staff.call(cv2.getNumThreads) == 1
        assert "streamlit" not in staff.call(hazards.modules)
    finally:
        staff.close()
    assert cv2.getNumThreads() == 2
    assert spawn.get_preparation_data is before


APP = """
import asyncio, cv2, sys
from app import lifespan
async def served():
    async with lifespan(None):
        print(*sorted(name for name in sys.modules if name in ("streamlit_webrtc", "pages.components.stage.preview")))
        return cv2.getNumThreads()
if __name__ == "__main__":
    print(cv2.getNumThreads() > 1 or 1, asyncio.run(served()))
"""


@pytest.mark.slow
def test_the_app_tunes_its_process_when_it_starts_and_knows_its_pages_but_the_player() -> None:
    """A component of the old kind that is imported before a page is drawn is one that Streamlit never serves."""
    code = "import cv2; cv2.setNumThreads(2); import app; print(cv2.getNumThreads())\n" + APP
    lines = fresh(code)
    assert lines[0] == "2"
    assert lines[-2:] == ["pages.components.stage.preview", lines[-1]]
    assert lines[-1].endswith(" 1")


def test_only_this_threads_processes_are_bare_and_only_meanwhile() -> None:
    told = spawn.get_preparation_data
    usual = {*told("one")}
    elsewhere: dict[str, Any] = {}
    with without_main():
        assert not {*spawn.get_preparation_data("one")} & {*MAIN}
        other = threading.Thread(target=lambda: elsewhere.update(spawn.get_preparation_data("two")))
        other.start()
        other.join()
    assert {*elsewhere} == usual
    assert spawn.get_preparation_data is told
    with pytest.raises(RuntimeError), without_main():
        raise RuntimeError
    assert spawn.get_preparation_data is told
    assert {*told("one")} == usual
