"""A video from file to file: frames a second, memory at any length, and how much of the work overlaps."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import cv2
import numpy as np

from benchmarks.pictures import photo
from benchmarks.report import Bound, Row
from effects.catalogue import EFFECTS
from effects.pipeline import Pipeline
from effects.video import render_video

SECTION = "video"

STACK = Pipeline((EFFECTS["exposure"].step(stops=0.3), EFFECTS["contrast"].step(), EFFECTS["sepia"].step(strength=0.5)))
"""Three colour steps."""

LENGTHS = (2, 8)
"""Seconds of the short and the long video."""

RATE = 30

MEGABYTE = 2**20

PROGRAM = """
import resource, sys
from pathlib import Path
from benchmarks.video import STACK
from effects.tuning import tune
from effects.video import render_video
tune()
render_video(Path(sys.argv[1]), Path(sys.argv[2]), STACK)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def rows(rounds: int, folder: Path) -> Iterator[Row]:
    """Speed and overlap of 1080p30, by the best round; memory of a process for the short and the long video."""
    size = "1080p30"
    with TemporaryDirectory(dir=folder) as name:
        films = {seconds: written_film(Path(name, f"{seconds}.mp4"), seconds) for seconds in LENGTHS}
        target = Path(name, "out.mp4")
        times = [wall_and_cpu(films[LENGTHS[0]], target) for _ in range(rounds)]
        wall, cpu = min(times)
        frames = LENGTHS[0] * RATE
        bound = Bound(frames / wall, "at least", 16, "frames a second")
        figures = {"processors at work": cpu / wall}
        wall_ms, cpu_ms = 1e3 * wall / frames, 1e3 * cpu / frames
        yield Row(SECTION, "three colour steps", size, wall_ms, cpu_ms, figures=figures, bound=bound)
        for seconds, film in films.items():
            peak = peak_megabytes(film, target)
            bound = Bound(peak, "at most", 500, "MB")
            yield Row(SECTION, f"memory of {seconds} s", size, bound=bound)


def wall_and_cpu(film: Path, target: Path) -> tuple[float, float]:
    """Seconds on the clock and of all processors."""
    began, busy = time.perf_counter(), time.process_time()
    render_video(film, target, STACK)
    return time.perf_counter() - began, time.process_time() - busy


def peak_megabytes(film: Path, target: Path) -> float:
    """The most memory that a process of its own held meanwhile."""
    words = [sys.executable, "-c", PROGRAM, str(film), str(target)]
    kilobytes = int(subprocess.run(words, capture_output=True, check=True, text=True).stdout)
    return kilobytes * 1024 / MEGABYTE


def written_film(path: Path, seconds: int) -> Path:
    """A video of a photo that moves, with noise of its own in each frame, as cameras give it."""
    height, width = 1080, 1920
    picture = photo(height, width + 256)
    noise = np.random.default_rng(0).normal(0, 3, (height, width + 64, 3))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(seconds * RATE):
            at = number * 2 % 256
            shown = picture[:, at : at + width] + noise[:, number % 64 : number % 64 + width]
            frame = av.VideoFrame.from_ndarray(cv2.convertScaleAbs(np.clip(shown, 0, 255)), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
