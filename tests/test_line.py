"""The line before the workers: nobody is in it for long without knowing, and nobody alone takes all of it."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from effects.errors import LimitError
from effects.workers.health import health, state_of
from effects.workers.ledger import GIVEN_UP, OK, JobEnd, Ledger, WorkerEnd
from effects.workers.line import Line, Person, on_behalf_of
from effects.workers.pool import Workers
from tests import hazards

ANN, BEN = Person("ann", 4), Person("ben", 2)


@pytest.fixture(scope="module")
def ends() -> list[JobEnd | WorkerEnd]:
    return []


@pytest.fixture(scope="module")
def alone(ends: list[JobEnd | WorkerEnd]) -> Iterator[Workers]:
    """One worker, ready, whose ends are noted."""
    alone = Workers(count=1, seconds=2.0, line_seconds=30.0, queue=3)
    alone.call(hazards.dawdle, 0.0)
    alone.ledger.listeners.append(ends.append)
    yield alone
    alone.close()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_who_waits_is_told_how_many_are_ahead_and_a_full_line_at_once() -> None:
    line = Line(most=3)
    with on_behalf_of(ANN), line.place() as first, line.place():
        assert line.length == 2
        with on_behalf_of(BEN), line.place():
            assert (line.ahead_of(BEN), line.ahead_of(ANN), line.ahead_of(Person("eve", 1))) == (2, 0, 0)
            with pytest.raises(LimitError, match=r"^The server is busy: 3 jobs are waiting already\."), line.place():
                pass
            line.begin(first)
            assert (line.ahead_of(BEN), line.length) == (1, 2)
            with line.place():
                assert line.length == 3
    assert line.length == 0


def test_a_person_has_so_many_jobs_at_once_and_others_notice_nothing() -> None:
    line = Line(most=100)
    with on_behalf_of(BEN), line.place(), line.place() as second:
        line.begin(second)
        with pytest.raises(LimitError, match=r"^2 of your jobs are not done yet"), line.place():
            pass
        with on_behalf_of(ANN), line.place():
            pass
    with on_behalf_of(BEN), line.place():
        pass


def test_where_nobody_is_named_nobody_is_told_that_it_is_enough() -> None:
    line = Line(most=100)
    with line.place(), line.place(), line.place():
        assert line.length == 3


@pytest.mark.slow
def test_the_next_worker_goes_to_who_has_none() -> None:
    """Ann asks for five jobs, Ben for one after them: his is done before her second."""
    staff = Workers(count=2, seconds=20.0, line_seconds=300.0)
    order: list[str] = []

    def work(person: Person, seconds: float) -> None:
        with on_behalf_of(person):
            staff.call(hazards.dawdle, seconds)
            order.append(person.name)

    try:
        for _ in range(4):
            staff.call(hazards.dawdle, 0.1)
        until(lambda: len(staff.processes()) == 2)
        with ThreadPoolExecutor(6) as threads:
            many = Person("ann", 9)
            jobs = [threads.submit(work, many, 0.4), threads.submit(work, many, 0.7)]
            until(lambda: staff.are_busy)
            for _ in range(3):
                jobs.append(threads.submit(work, many, 0.3))
                time.sleep(0.02)
            jobs.append(threads.submit(work, BEN, 0.05))
            for job in jobs:
                job.result(60)
    finally:
        staff.close()
    assert order.index("ben") <= 1, order


@pytest.mark.deep
def test_the_ledger_has_each_jobs_kind_and_end_and_each_workers(alone: Workers, ends: list[JobEnd | WorkerEnd]) -> None:
    ends.clear()
    alone.call(hazards.dawdle, 0.1)
    with pytest.raises(LimitError):
        alone.call(hazards.dawdle, 60.0, seconds=1.0)
    with pytest.raises(ValueError, match="made the decoder fail"):
        alone.call(hazards.crash)

    def go() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        alone.call(hazards.dawdle, 0.5, meanwhile=go)
    jobs = [end for end in ends if isinstance(end, JobEnd)]
    assert [(job.kind, job.outcome) for job in jobs] == [
        ("dawdle", OK), ("dawdle", "LimitError"), ("crash", "LostWorkerError"), ("dawdle", GIVEN_UP)
    ]  # fmt: skip
    assert 0.1 <= jobs[0].seconds < 2
    assert 1 <= jobs[1].seconds < 10
    assert [end.reason for end in ends if isinstance(end, WorkerEnd)] == ["overdue", "crashed"]


def test_who_cannot_listen_keeps_no_job_from_its_person(caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger()
    told: list[JobEnd | WorkerEnd] = []

    def deaf(end: JobEnd | WorkerEnd) -> None:
        raise OSError(str(end))

    ledger.listeners += [deaf, told.append]
    ledger.tell(WorkerEnd("idle"))
    assert told == [WorkerEnd("idle")]
    assert "could not be told" in caplog.text


@pytest.mark.slow
@pytest.mark.skipif(not Path("/bin/false").exists(), reason="a program that ends at once")
@pytest.mark.deep
def test_health_tells_workers_that_work_from_those_that_are_busy_and_those_that_are_not_there(alone: Workers) -> None:
    until(lambda: state_of(alone) == "work")
    assert health(alone).is_well
    with ThreadPoolExecutor(4) as threads:
        jobs: list[Future[float]] = [threads.submit(alone.call, hazards.dawdle, 1.5, seconds=20.0) for _ in range(4)]
        until(lambda: alone.line.length == 3)
        assert state_of(alone, 0.2) == "are all at work", "a full line was taken for illness"
        for job in jobs:
            job.exception(60)
    alone.close()
    context = multiprocessing.get_context("spawn")
    context.set_executable("/bin/false")
    try:
        assert state_of(alone, 20.0) == "do not answer"
    finally:
        context.set_executable(sys.executable)
    until(lambda: state_of(alone, 0.01) == "are starting")
    until(lambda: state_of(alone) == "work")
