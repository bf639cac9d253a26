"""Whether the app works is found out by a job, once in a few seconds, however many ask."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from effects.workers.cluster import Cluster
from effects.workers.health import Health, health
from effects.workers.pool import Workers
from pages.shell import health as shell
from pages.shell.health import Checkup, healthz
from tests.straight import asked

WELL, ILL = Health("work", ""), Health("do not answer", "away: jobs are done here")
APP = Starlette(routes=[Route("/healthz", healthz)])


def test_many_who_ask_at_once_cost_one_job() -> None:
    jobs: list[Health] = []
    now = [100.0]

    def check() -> Health:
        time.sleep(0.05)
        jobs.append(WELL)
        return WELL

    checkup = Checkup(check, clock=lambda: now[0])

    async def ask() -> list[Health]:
        return await asyncio.gather(*(checkup.found() for _ in range(50)))

    assert asyncio.run(ask()) == [WELL] * 50
    assert len(jobs) == 1
    now[0] += shell.SECONDS + 1
    checkup._asking = None  # it belongs to the loop that has ended
    asyncio.run(ask())
    assert len(jobs) == 2


@pytest.mark.parametrize(("found", "status"), [(WELL, 200), (ILL, 503), (Health("are all at work", ""), 200)])
def test_the_answer_tells_it_in_its_status_and_in_words(
    found: Health, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "CHECKUP", Checkup(lambda: found))
    answer = asked("/healthz", app=APP)
    words = json.loads(answer.body)
    assert (answer.status, words["workers"]) == (status, found.workers)
    assert words["status"] == ("ok" if status == 200 else "unwell")
    assert words.get("scheduler", "") == found.scheduler
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.deep
def test_a_scheduler_that_is_away_is_told_while_workers_here_do_the_work() -> None:
    here = Workers(count=1)
    try:
        cluster = Cluster("tcp://127.0.0.1:1", here)
        cluster._next_try = float("inf")  # it was looked for a moment ago
        here.call(abs, -1)
        assert health(cluster) == Health("work", "away: jobs are done here")
    finally:
        here.close()
