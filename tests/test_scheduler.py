"""Where there is no scheduler, jobs are done here, at once, and each look for one leaves nothing behind."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from effects.batch.command import connected_jobs
from effects.pipeline import Pipeline
from effects.video import jobs
from effects.workers import cluster as cluster_of
from effects.workers.cluster import Cluster, executor
from effects.workers.pool import Workers
from tests import films, hazards

pytestmark = [pytest.mark.slow, pytest.mark.deep]


@pytest.fixture(scope="module")
def here() -> Iterator[Workers]:
    here = Workers(count=1)
    here.call(hazards.dawdle, 0.0)
    yield here
    here.close()


def test_a_scheduler_that_was_never_there_keeps_nobody_waiting(here: Workers) -> None:
    cluster = Cluster("tcp://127.0.0.1:9", here)
    began = time.monotonic()
    assert cluster.call(hazards.family)[1] == os.getpid()
    assert time.monotonic() - began < 1
    assert not cluster.connect()


def test_a_scheduler_that_does_not_answer_is_given_up_in_time_and_leaves_no_thread_behind(
    here: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_of, "TALK_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for port in (9, silent.getsockname()[1]):
            away = Cluster(f"tcp://127.0.0.1:{port}", here)
            assert not away.connect()
            before = set(threading.enumerate())
            began = time.monotonic()
            assert not any(away.connect() for _ in range(2))
            assert time.monotonic() - began < 5
            assert set(threading.enumerate()) <= before


def test_a_video_whose_scheduler_is_away_is_made_here(here: Workers, tmp_path: Path) -> None:
    film = films.film(tmp_path / "film.mp4", "-c:a", "aac")
    cluster = Cluster("tcp://127.0.0.1:9", here)
    made = jobs.render_video(film, tmp_path / "out.mp4", Pipeline().to_json(), executor=cluster)
    assert (made.frames, len(films.frames(tmp_path / "out.mp4"))) == (8, 8)
    jobs.close()


def test_a_batch_says_that_its_scheduler_is_away(here: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    assert connected_jobs(Cluster("tcp://127.0.0.1:9", here), None, 3) == 3
    sentence = "emulsion: The scheduler tcp://127.0.0.1:9 is away; this machine does the work.\n"
    assert capfd.readouterr().err.count(sentence) == 1


def test_the_setting_says_who_does_the_jobs(here: Workers) -> None:
    assert executor({}, here) is here
    with pytest.raises(ValueError, match=r"such as tcp://scheduler:8786, not 'scheduler'\.$"):
        executor({"EMULSION_SCHEDULER": "scheduler"}, here)
