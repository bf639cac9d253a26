"""A cluster does the same jobs with the same limits and sentences, and where it is away they are done here."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import distributed
import pytest

from effects.batch.command import connected_jobs
from effects.batch.names import name_jobs
from effects.batch.work import Outcome, Wishes, run_batch
from effects.errors import DecodeError, LimitError
from effects.looks import LOOKS
from effects.render import open_preview, render
from effects.workers.cluster import Cluster, executor
from effects.workers.pool import Workers
from tests import hazards
from tests.pictures import photographed

ROOT = Path(__file__).parent.parent

SECONDS = 2.0

START_SECONDS = 60.0

pytestmark = [pytest.mark.slow, pytest.mark.deep]


@pytest.fixture(scope="module")
def here() -> Iterator[Workers]:
    here = Workers(count=1, seconds=SECONDS)
    yield here
    here.close()


def dask(*words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "dask", *words], text=True, env=environment, start_new_session=True)


@dataclass(frozen=True)
class Scheduled:
    """A real scheduler with two workers, and what is connected to it."""

    cluster: Cluster
    scheduler: subprocess.Popen[str]
    workers: list[subprocess.Popen[str]]


@pytest.fixture(scope="module")
def scheduled(here: Workers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduled]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    folder = str(tmp_path_factory.mktemp("dask"))
    scheduler = dask("scheduler", "--host", address, "--no-dashboard")
    options = ("--no-dashboard", "--nthreads", "2", "--no-nanny", "--local-directory", folder)
    workers = [dask("worker", address, *options) for _ in range(2)]
    cluster = Cluster(address, here)
    try:
        with distributed.Client(address, timeout=START_SECONDS, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=START_SECONDS)
        assert cluster.connect()
        here.call(hazards.dawdle, 0.0)
        yield Scheduled(cluster, scheduler, workers)
    finally:
        cluster.close()
        for process in (scheduler, *workers):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_jobs_are_done_elsewhere_each_in_a_process_of_its_own(scheduled: Scheduled) -> None:
    _, owner = scheduled.cluster.call(hazards.family)
    assert owner in [process.pid for process in scheduled.workers]
    assert scheduled.cluster.call(hazards.bulk, 12) == bytes(12 * 2**20)


def test_limits_and_sentences_are_those_of_here(scheduled: Scheduled) -> None:
    with pytest.raises(DecodeError, match="made the decoder fail"):
        scheduled.cluster.call(hazards.crash)
    with pytest.raises(LimitError, match="took over 2 s"):
        scheduled.cluster.call(hazards.hang)
    with pytest.raises(LimitError, match=r"took over 0\.5 s"):
        scheduled.cluster.call(hazards.hang, seconds=0.5)
    assert scheduled.cluster.call(hazards.dawdle, 1.0) == 1
    with pytest.raises(DecodeError, match="a PDF document"):
        scheduled.cluster.call(open_preview, b"%PDF-1.7")


def test_a_batch_is_done_elsewhere_and_each_file_is_what_render_makes(scheduled: Scheduled, tmp_path: Path) -> None:
    photos = photographed(tmp_path / "in", *(f"{number}.jpg" for number in range(6)))
    assert scheduled.cluster.slots == 4
    outcomes: list[Outcome] = []
    jobs = name_jobs(photos, tmp_path, template="{stem}", look="", ending="jpg")
    run_batch(jobs, Wishes(LOOKS["noir"].to_json()), scheduled.cluster, at_once=4, tell=outcomes.append)
    assert {outcome.status for outcome in outcomes} == {"written"}
    for job in jobs:
        assert job.target.read_bytes() == render(job.source.read_bytes(), LOOKS["noir"].to_json())


def test_who_gives_up_ends_the_job_elsewhere(scheduled: Scheduled, tmp_path: Path) -> None:
    began, ended = tmp_path / "began", tmp_path / "ended"

    def gone() -> None:
        if began.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scheduled.cluster.call(hazards.leave_traces, began, ended, 1.5, meanwhile=gone)
    time.sleep(3)
    assert not ended.exists()


def test_a_machine_lost_with_its_jobs_loses_none(scheduled: Scheduled) -> None:
    lost = scheduled.workers[0]
    with ThreadPoolExecutor(6) as threads:
        jobs = [threads.submit(scheduled.cluster.call, hazards.family, 0.5) for _ in range(12)]
        time.sleep(0.7)
        os.killpg(lost.pid, signal.SIGKILL)
        owners = [job.result(START_SECONDS)[1] for job in jobs]
    assert scheduled.workers[1].pid in owners
    assert lost.pid not in owners[6:]


def test_without_a_scheduler_jobs_are_done_here_and_it_is_found_again_once_it_is_back(scheduled: Scheduled) -> None:
    os.killpg(scheduled.scheduler.pid, signal.SIGKILL)
    for _ in range(2):
        assert scheduled.cluster.call(hazards.family)[1] == os.getpid()
    assert not scheduled.cluster.is_connected
    back = dask("scheduler", "--host", scheduled.cluster.address, "--no-dashboard")
    try:
        until = time.monotonic() + START_SECONDS
        while not scheduled.cluster.is_connected:
            assert scheduled.cluster.call(hazards.family)[1] == os.getpid()
            assert time.monotonic() < until
            time.sleep(0.1)
        assert scheduled.cluster.call(hazards.family)[1] == os.getpid()  # it has no workers yet
    finally:
        os.killpg(back.pid, signal.SIGKILL)
        back.wait()


def test_a_scheduler_that_was_never_there_keeps_nobody_waiting(here: Workers) -> None:
    cluster = Cluster("tcp://127.0.0.1:9", here)
    began = time.monotonic()
    assert cluster.call(hazards.family)[1] == os.getpid()
    assert time.monotonic() - began < 1
    assert not cluster.connect()


def test_a_batch_says_that_its_scheduler_is_away(here: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    assert connected_jobs(Cluster("tcp://127.0.0.1:9", here), None, 3) == 3
    sentence = "emulsion: The scheduler tcp://127.0.0.1:9 is away; this machine does the work.\n"
    assert capfd.readouterr().err.count(sentence) == 1


def test_the_setting_says_who_does_the_jobs(here: Workers) -> None:
    assert executor({}, here) is here
    with pytest.raises(ValueError, match=r"such as tcp://scheduler:8786, not 'scheduler'\.$"):
        executor({"EMULSION_SCHEDULER": "scheduler"}, here)
