"""A batch from a terminal: its files found, its workers started, its report printed."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from effects.batch.inputs import find_inputs
from effects.batch.manifest import Manifest
from effects.batch.names import name_jobs
from effects.batch.report import Progress, failure_lines, summary, write_report
from effects.batch.whole_file import remove_stale_parts
from effects.batch.work import SECONDS, Wishes, run_batch, usual_jobs
from effects.codec.formats import WRITTEN_FORMATS
from effects.settings import SETTINGS
from effects.workers.cluster import SETTING, Cluster, executor
from effects.workers.pool import Workers

FLAG = "--scheduler"

LINE_SECONDS = 3600.0
"""How long a photo may wait for its turn: where a cluster goes away, all of its photos come back here at once."""

FAILED, STOPPED = 1, 130
"""Exit statuses: where anything failed, and after Ctrl+C, as shells have it."""


def develop_files(
    words: Sequence[str],
    folder: Path,
    wishes: Wishes,
    *,
    template: str = "{stem}",
    look: str = "",
    jobs: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    report: Path | None = None,
) -> int:
    """Every photo that the words mean into a folder, and the exit status; ValueError for what cannot be asked for."""
    began = time.monotonic()
    if jobs is not None and jobs < 1:
        raise ValueError(f"--jobs {jobs} is no number of photos at a time; it is 1 or more")
    ending = WRITTEN_FORMATS[wishes.format].ending
    row = name_jobs(find_inputs(words, folder), folder, template=template, look=look, ending=ending)
    count = min(jobs or usual_jobs(), max(len(row), 1))
    workers = chosen_workers(scheduler, count)
    folder.mkdir(parents=True, exist_ok=True)
    remove_stale_parts(folder)
    is_stopped = False
    try:
        at_once = connected_jobs(workers, jobs, count)
        with Progress(len(row)) as progress, ended_gently():
            try:
                run_batch(
                    row, wishes, workers, at_once=at_once, manifest=Manifest(folder), resume=resume, tell=progress.tell
                )
            except KeyboardInterrupt:
                is_stopped = True
    finally:
        workers.close()
    outcomes = progress.outcomes
    seconds = time.monotonic() - began
    for line in failure_lines(outcomes):
        print(f"emulsion: {line}", file=sys.stderr)
    print(summary(outcomes, len(row), seconds))
    if is_stopped:
        print("emulsion: Stopped. What is written is whole; batch --resume does the rest.", file=sys.stderr)
    if report:
        write_report(report, outcomes, len(row), seconds)
    if is_stopped:
        return STOPPED
    return FAILED if any(outcome.status == "failed" for outcome in outcomes) else 0


@contextmanager
def ended_gently() -> Iterator[None]:
    """Have the system's wish to end taken as Ctrl+C is: what is being written is not left half."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def chosen_workers(scheduler: str | None, count: int) -> Workers | Cluster:
    """Processes of this machine, or those of the cluster that the flag or the environment names."""
    return named_workers(scheduler, Workers(count=count, seconds=SECONDS, line_seconds=LINE_SECONDS))


def named_workers(scheduler: str | None, here: Workers) -> Workers | Cluster:
    """These, or those of the cluster that the flag or the environment names."""
    return executor({FLAG: scheduler}, here, FLAG) if scheduler else executor({SETTING: SETTINGS.scheduler}, here)


def connected_jobs(workers: Workers | Cluster, asked: int | None, here: int) -> int:
    """How many photos to work on at a time; a cluster is looked for first, and told of where it is away."""
    if isinstance(workers, Cluster) and is_reached(workers):
        return asked or max(workers.slots, 1)
    workers.warm()
    return here


def is_reached(cluster: Cluster) -> bool:
    """Whether the scheduler is there, which is told where it is not."""
    if not cluster.connect():
        print(f"emulsion: The scheduler {cluster.address} is away; this machine does the work.", file=sys.stderr)
    return cluster.is_connected
