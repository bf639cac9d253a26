"""Workers never keep anybody waiting for ever: whatever ends them, a job ends in a result or a sentence."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from random import Random
from typing import Any

import numpy as np
import pytest

from effects.codec import decode, encode
from effects.errors import PictureError
from effects.image import Photo
from effects.workers import pool, worker
from effects.workers.pool import BUSY, KILLED, OVERDUE, Workers
from tests import hazards
from tests.test_workers import START_SECONDS, both, is_running

SECONDS = 2.0

LINE_SECONDS = 120.0
"""How long a job waits for new workers, which may take their time on a busy machine; then it ends in a sentence."""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")]


@pytest.fixture(scope="module")
def staff() -> Iterator[Workers]:
    staff = Workers(count=2, seconds=SECONDS, line_seconds=LINE_SECONDS)
    yield staff
    staff.close()


@pytest.fixture(scope="module")
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def outcome(job: Future[Any], seconds: float) -> Any:
    """A job's result, or the sentence it ended in; TimeoutError where it hangs."""
    error = job.exception(seconds)
    return str(error) if isinstance(error, PictureError) else job.result()


def ask(
    staff: Workers, threads: ThreadPoolExecutor, count: int, function: Callable[..., Any], *args: Any
) -> list[Future[Any]]:
    return [threads.submit(staff.call, function, *args) for _ in range(count)]


def survive(staff: Workers, threads: ThreadPoolExecutor, random: Random, signals: tuple[int, ...]) -> None:
    """End one worker or both, with nothing to do or at work, just before, while or after jobs come."""
    victims = random.sample(both(staff), random.choice([1, 2]))
    jobs: list[tuple[Callable[..., Any], float]] = [(hazards.dawdle, 0.0), (hazards.dawdle, 0.1), (hazards.bulk, 8)]
    function, size = random.choice(jobs)
    early = ask(staff, threads, random.choice([0, 2, 4]), function, size)
    time.sleep(random.choice([0.0, 0.0, 0.05]) * random.random())
    for victim in victims:
        os.kill(victim, random.choice(signals))
    time.sleep(random.choice([0.0, 0.0, 0.1]) * random.random())
    began = time.monotonic()
    late = ask(staff, threads, 8, function, size)
    outcomes = [outcome(job, LINE_SECONDS + SECONDS + 1) for job in early + late]
    expected = function(size)
    sentences = [words for words in outcomes if isinstance(words, str)]
    assert set(sentences) <= {BUSY, KILLED, OVERDUE.format(limit=SECONDS)}, "what was killed is no damaged picture"
    assert len(sentences) - sentences.count(BUSY) <= len(victims)
    assert BUSY not in sentences or time.monotonic() - began > LINE_SECONDS
    assert [made for made in outcomes if made != expected] == sentences
    assert staff.call(hazards.dawdle, 0.0) == 0.0


@pytest.mark.parametrize("seed", [0, 2], ids=["both at work", "one with nothing to do"])
def test_a_killed_worker_costs_at_most_the_job_it_had(staff: Workers, threads: ThreadPoolExecutor, seed: int) -> None:
    survive(staff, threads, Random(seed), (signal.SIGKILL,))


@pytest.mark.deep
def test_a_hundred_times_killed_or_stopped_and_never_a_job_that_hangs(
    staff: Workers, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "TAKING_SECONDS", 1.0)
    random = Random()
    for _ in range(100):
        survive(staff, threads, random, (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP))


def test_no_job_waits_for_a_worker_that_was_stopped(
    staff: Workers, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "TAKING_SECONDS", 0.5)
    os.kill(both(staff)[0], signal.SIGSTOP)
    assert [outcome(job, 10) for job in ask(staff, threads, 4, hazards.dawdle, 0.0)] == [0.0] * 4


def test_what_cannot_travel_is_an_error_and_costs_no_worker(staff: Workers) -> None:
    before = both(staff)
    with pytest.raises(TypeError, match="pickle"):
        staff.call(hazards.lock)
    with pytest.raises((TypeError, AttributeError), match="pickle"):
        staff.call(lambda: 0)
    assert both(staff) == before


def test_workers_need_no_disk(staff: Workers) -> None:
    pixels = np.arange(90 * 120 * 3, dtype=np.uint8).reshape(90, 120, 3)
    for name in ("jpeg", "png", "webp", "avif"):
        file = staff.call(hazards.without_disk, encode, Photo(pixels), name)
        assert staff.call(hazards.without_disk, decode, file).image.shape == pixels.shape


def test_a_line_too_long_ends_in_a_sentence_and_is_no_fault_of_those_at_work(
    staff: Workers, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(staff)
    working = ask(staff, threads, 2, hazards.dawdle, 1.0)
    time.sleep(0.1)
    monkeypatch.setattr(staff, "line_seconds", 0.2)
    for large, aside in ((False, False), (True, False), (False, True)):
        with pytest.raises(PictureError) as caught:
            staff.call(hazards.dawdle, 0.0, large=large, aside=aside)
        assert (str(caught.value), type(caught.value)) == (BUSY, PictureError)
    assert [outcome(job, 10) for job in working] == [1.0, 1.0]


def call_away(seconds: float) -> Callable[[], None]:
    """Somebody who waits so long."""
    end = time.monotonic() + seconds

    def look_up() -> None:
        if time.monotonic() > end:
            raise KeyboardInterrupt

    return look_up


@pytest.fixture(scope="module")
def single() -> Iterator[Workers]:
    staff = Workers(count=1, seconds=60, max_jobs=6)
    yield staff
    staff.close()


def test_workers_that_cannot_be_started_are_told_of_soon_and_come_back(single: Workers) -> None:
    single.close()
    context = multiprocessing.get_context("spawn")
    context.set_executable("/bin/false")
    try:
        with pytest.raises(PictureError, match=BUSY):
            single.call(os.getpid)
    finally:
        context.set_executable(sys.executable)
    assert single.call(hazards.dawdle, 0.0) == 0.0


def test_who_gives_up_leaves_the_line_at_once_and_the_worker_soon(single: Workers, threads: ThreadPoolExecutor) -> None:
    single.call(hazards.dawdle, 0.0)
    working = threads.submit(single.call, hazards.dawdle, 0.6)
    time.sleep(0.1)
    with pytest.raises(KeyboardInterrupt):
        single.call(hazards.hang, meanwhile=call_away(0.1))
    assert not working.done()
    assert outcome(working, 10) == 0.6
    with pytest.raises(KeyboardInterrupt):
        single.call(hazards.hang, meanwhile=call_away(0.1))
    assert outcome(threads.submit(single.call, hazards.dawdle, 0.0), START_SECONDS) == 0.0


def test_where_workers_take_long_to_start_one_is_not_ended_for_a_press(
    staff: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "WASTED_SECONDS", 0.1)
    staff.call(hazards.dawdle, 0.0)
    crew = staff._crew
    assert crew is not None

    def given_up(start_seconds: float, job_seconds: float) -> bool:
        """Whether the workers are the same after a job that somebody waited for no longer than 0.2 s."""
        before = {each for each in crew._workers_now() if each.is_ready}
        for each in before:
            each.start_seconds = start_seconds
        with pytest.raises(KeyboardInterrupt):
            staff.call(hazards.dawdle, job_seconds, meanwhile=call_away(0.2))
        end = time.monotonic() + START_SECONDS
        while crew._lent and time.monotonic() < end:
            time.sleep(0.01)
        return before <= set(crew._workers_now())

    assert given_up(100 * worker.USUAL_START_SECONDS, 0.5)
    assert not given_up(worker.USUAL_START_SECONDS, SECONDS)


def test_a_worker_that_did_its_share_is_replaced_without_a_job_lost(
    single: Workers, threads: ThreadPoolExecutor
) -> None:
    began = time.monotonic()
    seen: list[int] = []
    while len(set(seen)) < 2:
        assert time.monotonic() - began < START_SECONDS
        jobs = ask(single, threads, 3, hazards.pid_after, 0.01)
        seen += [job.result() for job in jobs]
    former, _ = dict.fromkeys(seen)
    while is_running(former):
        assert time.monotonic() - began < START_SECONDS
        time.sleep(0.01)
    # Closed with a job at work and two in line: nobody waits for what will never come.
    left = ask(single, threads, 3, hazards.hang)
    time.sleep(0.3)
    single.close()
    assert [outcome(job, 5) for job in left] == [BUSY] * 3
