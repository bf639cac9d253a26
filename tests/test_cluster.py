"""A cluster does the same jobs with the same limits and sentences, and where it is away they are done here."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import distributed
import pytest

from effects.batch.manifest import Manifest
from effects.batch.names import name_jobs
from effects.batch.work import Outcome, Wishes, run_batch
from effects.cli import main
from effects.errors import DecodeError, LimitError
from effects.looks import LOOKS
from effects.pipeline import Pipeline
from effects.render import open_preview, render
from effects.video import VideoLimits, jobs, render_video
from effects.video.jobs import Standing
from effects.workers.cluster import Cluster
from effects.workers.pool import Workers
from effects.workers.shared_files import Source, Target
from tests import films, hazards
from tests.blind import HIDDEN
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


def dask(*words: str, **settings: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_CONFIG": str(ROOT / "deploy/dask.yaml"), **settings}
    return subprocess.Popen([sys.executable, "-m", "dask", *words], text=True, env=environment, start_new_session=True)


@dataclass(frozen=True)
class Scheduled:
    """A real scheduler with two workers, the second of which does not see a folder, and what is connected to it."""

    cluster: Cluster
    hidden: Path
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
    hidden = tmp_path_factory.mktemp("hidden")
    workers = [
        dask("worker", address, *options),
        dask("worker", address, *options, "--preload", "tests.blind", **{HIDDEN: str(hidden)}),
    ]
    cluster = Cluster(address, here)
    try:
        with distributed.Client(address, timeout=START_SECONDS, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=START_SECONDS)
        assert cluster.connect()
        here.call(hazards.dawdle, 0.0)
        yield Scheduled(cluster, hidden, scheduler, workers)
    finally:
        jobs.close()
        cluster.close()
        for process in (scheduler, *workers):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return films.film(tmp_path_factory.mktemp("films") / "film.mp4", "-c:a", "aac")


def renders(process: int) -> bool:
    """Whether a process of this Dask worker's has FFmpeg's threads at work."""
    children = (path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children"))
    return any(len(os.listdir(f"/proc/{child}/task")) > 8 for each in children for child in each)


@pytest.fixture
def patient(scheduled: Scheduled) -> Iterator[Cluster]:
    """The same cluster for jobs that a busy machine may take its time for."""
    cluster = Cluster(scheduled.cluster.address, Workers(count=1, seconds=START_SECONDS))
    assert cluster.connect()
    yield cluster
    cluster.close()


def test_jobs_are_done_elsewhere_each_in_a_process_of_its_own(scheduled: Scheduled) -> None:
    _, owner = scheduled.cluster.call(hazards.family)
    assert owner in [process.pid for process in scheduled.workers]
    assert scheduled.cluster.call(hazards.bulk, 12) == bytes(12 * 2**20)


def test_only_a_long_answer_is_sent_for(scheduled: Scheduled) -> None:
    with distributed.Client(scheduled.cluster.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]

        def sent_for() -> int:
            return sum(event.get("action") == "gather" for _, event in client.get_events("all"))

        before = sent_for()
        assert [scheduled.cluster.call(hazards.dawdle, 0.0) for _ in range(3)] == [0] * 3
        with pytest.raises(DecodeError, match="a PDF document"):
            scheduled.cluster.call(open_preview, b"%PDF-1.7")
        assert sent_for() == before
        scheduled.cluster.call(hazards.bulk, 1)
        assert sent_for() == before + 1


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


def test_a_batch_is_done_elsewhere_and_each_file_is_what_render_makes(patient: Cluster, tmp_path: Path) -> None:
    photos = photographed(tmp_path / "in", *(f"{number}.jpg" for number in range(6)))
    assert patient.slots == 4
    outcomes: list[Outcome] = []
    row = name_jobs(photos, tmp_path, template="{stem}", look="", ending="jpg")
    run_batch(row, Wishes(LOOKS["noir"].to_json()), patient, at_once=4, tell=outcomes.append)
    assert {(outcome.status, outcome.sentence) for outcome in outcomes} == {("written", "")}
    for job in row:
        assert job.target.read_bytes() == render(job.source.read_bytes(), LOOKS["noir"].to_json())


@pytest.mark.parametrize("is_hidden", [False, True])
def test_files_go_by_their_path_to_who_sees_them_and_by_their_bytes_to_who_does_not(
    scheduled: Scheduled, tmp_path: Path, is_hidden: bool
) -> None:
    folder = scheduled.hidden if is_hidden else tmp_path
    source, target = folder / "in", folder / "out"
    source.write_bytes(b"what there is to read")
    seeing, blind = (worker.pid for worker in scheduled.workers)

    def have_done(number: int) -> tuple[int, bool, bool]:
        marked = Target.at(target.with_name(f"out{number}"))
        owner, read, came_along, data = scheduled.cluster.call(hazards.carriage, Source.at(source), marked, 0.2)
        assert read == source.read_bytes()
        if data is not None:
            marked.path.write_bytes(data)
        assert marked.path.read_bytes() == read[::-1]
        return owner, came_along, data is not None

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(have_done, range(16)))
    assert (seeing, False, False) in found
    if is_hidden:
        assert {each for each in found if each[0] == blind} == {(blind, True, True)}
    else:
        assert found == {(seeing, False, False), (blind, False, False)}


def test_a_batch_that_half_of_the_machines_do_not_see_is_the_same(scheduled: Scheduled, patient: Cluster) -> None:
    photos = photographed(scheduled.hidden / "photos", *(f"{number}.jpg" for number in range(6)))
    outcomes: list[Outcome] = []
    row = name_jobs(photos, scheduled.hidden, template="{stem}", look="", ending="jpg")
    manifest = Manifest(scheduled.hidden)
    run_batch(row, Wishes(), patient, at_once=4, manifest=manifest, tell=outcomes.append)
    assert {(outcome.status, outcome.sentence) for outcome in outcomes} == {("written", "")}
    for job in row:
        assert job.target.read_bytes() == render(job.source.read_bytes(), Wishes().recipe_json)
    run_batch(row, Wishes(), patient, at_once=4, manifest=manifest, resume=True, tell=outcomes.append)
    assert [outcome.status for outcome in outcomes[6:]] == ["skipped"] * 6
    assert not list(scheduled.hidden.glob(".emulsion*"))


def test_a_video_is_made_elsewhere_where_it_lies_and_its_progress_is_heard(
    scheduled: Scheduled, film: Path, tmp_path: Path
) -> None:
    heard: list[Standing] = []
    there, here = tmp_path / "there.mp4", tmp_path / "here.mp4"
    noir = LOOKS["noir"]
    made = jobs.render_video(film, there, noir.to_json(), tell=heard.append, executor=scheduled.cluster)
    assert made == render_video(film, here, noir)
    assert not jobs.processes(), "none of this machine"
    pairs = zip(films.frames(there), films.frames(here), strict=True)
    assert min(films.psnr(one, other) for one, other in pairs) > 36
    assert heard
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here.mp4", "there.mp4"]


def test_a_video_elsewhere_that_is_given_up_ends_within_a_second(
    scheduled: Scheduled, film: Path, tmp_path: Path
) -> None:
    long = tmp_path / "long.mkv"
    films.ffmpeg("-stream_loop", "900", "-i", film, "-an", "-c", "copy", long)
    heard: list[Standing] = []
    given_up: list[float] = []

    def meanwhile() -> None:
        if heard and heard[-1].left:
            assert any(renders(worker.pid) for worker in scheduled.workers)
            given_up.append(time.monotonic())
            raise CancelledError

    with pytest.raises(CancelledError):
        jobs.render_video(
            long, tmp_path / "out.mp4", Pipeline().to_json(), limits=VideoLimits(), tell=heard.append,
            meanwhile=meanwhile, executor=scheduled.cluster,
        )  # fmt: skip
    assert time.monotonic() - given_up[0] < 1
    assert heard[-1].total == pytest.approx(720, rel=0.02)
    until = given_up[0] + 1
    while any(renders(worker.pid) for worker in scheduled.workers):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert [path.name for path in tmp_path.iterdir()] == ["long.mkv"]


def test_a_video_that_cannot_be_read_has_its_sentence_from_elsewhere(scheduled: Scheduled, tmp_path: Path) -> None:
    odd = tmp_path / "odd.mp4"
    odd.write_bytes(b"no video")
    with pytest.raises(DecodeError, match="holds no video that can be read"):
        jobs.render_video(odd, tmp_path / "out.mp4", Pipeline().to_json(), executor=scheduled.cluster)
    assert not jobs.processes()


def test_the_command_has_a_video_made_elsewhere(
    scheduled: Scheduled, film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.mp4"
    assert main(["video", str(film), str(target), "--scheduler", scheduled.cluster.address, "--look", "noir"]) == 0
    assert "8 frames of 64 x 48" in capsys.readouterr().out
    assert len(films.frames(target)) == 8
    assert main(["video", str(film), str(target), "--scheduler", "tcp://127.0.0.1:9"]) == 0
    assert "is away; this machine does the work" in capsys.readouterr().err


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


def test_a_video_goes_by_its_bytes_to_who_does_not_see_it_unless_it_is_too_large(
    scheduled: Scheduled, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = scheduled.hidden / "in.mp4", scheduled.hidden / "out.mp4"
    source.write_bytes(film.read_bytes())
    made = jobs.render_video(source, target, Pipeline().to_json(), executor=scheduled.cluster)
    assert not jobs.processes(), "none of this machine"
    assert (made.frames, len(films.frames(target))) == (8, 8)
    monkeypatch.setattr(jobs, "MAX_CARRIED", source.stat().st_size - 1)
    assert jobs.render_video(source, target, Pipeline().to_json(), executor=scheduled.cluster) == made
    assert jobs.processes(), "its own did it"
    assert sorted(path.name for path in scheduled.hidden.iterdir() if path.suffix == ".mp4") == ["in.mp4", "out.mp4"]


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
