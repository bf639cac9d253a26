"""Many photos from files to files: how many times as fast two workers are as one, and what a cluster of two takes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.pictures import SIZES, jpeg, photo
from benchmarks.report import Bound, Row
from effects.batch.names import name_jobs
from effects.batch.work import Outcome, Wishes, run_batch
from effects.looks import LOOKS
from effects.workers.cluster import Cluster
from effects.workers.pool import Workers

SECTION = "many"

PHOTOS = 16

FEW_ROUNDS = 4  # the first of which starts and compiles

LOOK = "clarendon"

START_SECONDS = 60.0

SETTINGS = {"DASK_CONFIG": "deploy/dask.yaml"}
"""As `deploy/CLUSTER.md` has it."""

NOISE = np.random.default_rng(0).integers(0, 256, 6_000_000, np.uint8).tobytes()
"""What a processor is busy with that shares nothing with another."""


def rows(rounds: int, folder: Path) -> Iterator[Row]:
    """JPEGs of 12 MP through a look, by one worker, by two and a cluster of two in turns.

    Of the ratios of neighbours in a round, which meet the same machine, the middle one counts: on one that others use
    the best of fifty rounds scatters by a tenth, and each has it in another round.
    """
    size = "12 MP"
    data = jpeg(photo(*SIZES[size]))
    with ExitStack() as ends, TemporaryDirectory(dir=folder) as name:
        sources = [Path(name, f"{number}.jpg") for number in range(PHOTOS)]
        for source in sources:
            source.write_bytes(data)
        one, two = staffs = [Workers(count=count, seconds=600) for count in (1, 2)]
        for staff in staffs:
            ends.callback(staff.close)
        groups: list[tuple[Workers | Cluster, int]] = [(one, 1), (two, 2)]
        if find_spec("distributed"):
            cluster = started_cluster(two, Path(name), ends, 2)
            groups.append((cluster, cluster.slots))
        for group, count in groups:
            seconds_for(sources, group, count)  # they start, and compile
        times = [[seconds_for(sources, group, count) for group, count in groups] for _ in range(rounds)]
        more = [*cluster_rows(sources, two, Path(name))] if len(groups) > 2 else []
        machine = median(gain_of_two(two) for _ in range(rounds))
    by_one, by_two, *by_cluster = (median(each) for each in zip(*times, strict=True))
    # On processors that share a core, or that others use, two of anything are less than twice as fast as one.
    figures = {"photos a second": PHOTOS / by_two, "by one": PHOTOS / by_one, "two of anything": machine}
    bound = Bound(median(single / pair for single, pair, *_ in times), "at least", 1.7, "times one worker")
    yield Row(SECTION, "two workers", size, 1e3 * by_two / PHOTOS, figures=figures, bound=bound)
    for seconds in by_cluster:
        bound = Bound(median(pair / cluster for _, pair, cluster in times), "at least", 0.95, "times two workers")
        figures = {"photos a second": PHOTOS / seconds}
        yield Row(SECTION, "a cluster of 2", size, 1e3 * seconds / PHOTOS, figures=figures, bound=bound)
    yield from more


def cluster_rows(sources: list[Path], here: Workers, folder: Path) -> Iterator[Row]:
    """Clusters of one and of four processes, for comparison: beyond its cores a machine does no more."""
    for count in (1, 4):
        with ExitStack() as ends:
            cluster = started_cluster(here, folder, ends, count)
            seconds = min(seconds_for(sources, cluster, cluster.slots) for _ in range(FEW_ROUNDS))
        figures = {"photos a second": PHOTOS / seconds}
        yield Row(SECTION, f"a cluster of {count}", "12 MP", 1e3 * seconds / PHOTOS, figures=figures)


def seconds_for(sources: list[Path], staff: Workers | Cluster, count: int) -> float:
    """How long so many workers take for the photos."""
    target = sources[0].parent / "out"
    target.mkdir(exist_ok=True)
    outcomes: list[Outcome] = []
    jobs = name_jobs(sources, target, template="{stem}", look="", ending="jpg")
    began = time.perf_counter()
    run_batch(jobs, Wishes(LOOKS[LOOK].to_json()), staff, at_once=count, tell=outcomes.append)
    assert all(outcome.status == "written" for outcome in outcomes)
    return time.perf_counter() - began


def gain_of_two(staff: Workers) -> float:
    """How many times as much two processes do as one that has the machine for itself."""

    def busy() -> None:
        staff.call(zlib.compress, NOISE)

    def seconds(count: int) -> float:
        began = time.perf_counter()
        with ThreadPoolExecutor(count) as threads:
            list(threads.map(lambda _: busy(), range(count)))
        return time.perf_counter() - began

    return 2 * seconds(1) / seconds(2)


def started_cluster(here: Workers, folder: Path, ends: ExitStack, count: int) -> Cluster:
    """A real scheduler with a worker that has so many processes, as `deploy/CLUSTER.md` has them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    settings = {**SETTINGS, "PYTHONPATH": str(Path.cwd()), "EMULSION_WORKERS": str(count)}
    at_once = ["--nthreads", str(count + 1), "--no-nanny", "--local-directory", str(folder)]
    for words in (["scheduler", "--host", address], ["worker", address, *at_once]):
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--no-dashboard"],
            env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        ends.callback(process.wait)
        ends.callback(process.kill)
    cluster = Cluster(address, here)
    ends.callback(cluster.close)
    until = time.monotonic() + START_SECONDS
    while not (cluster.connect() and cluster.slots):
        assert time.monotonic() < until, "there is no cluster"
        time.sleep(0.5)
    return cluster
