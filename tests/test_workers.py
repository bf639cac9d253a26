"""Workers: a job that crashes, hangs or asks for too much ends its process, never the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from effects import workers
from effects.codec import encode
from effects.errors import DecodeError, LimitError, PictureError, RecipeError
from effects.image import Photo
from effects.workers.pool import Workers
from effects.workers.process import NICENESS
from tests import hazards

ROOT = Path(__file__).parent.parent
NO_STEPS = '{"version": 1, "steps": []}'
INVERT = '{"version": 1, "steps": [{"effect": "invert", "params": {}, "strength": 1.0, "muted": false}]}'

START_SECONDS = 60.0
"""How long a busy machine may take to start new workers; a job that waits for one is not late."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def staff() -> Iterator[Workers]:
    staff = Workers(count=2, seconds=1.0)
    yield staff
    staff.close()


@pytest.fixture
def server(staff: Workers, monkeypatch: pytest.MonkeyPatch) -> Workers:
    """Those of the server, with time enough for a picture on a busy machine."""
    monkeypatch.setattr(staff, "seconds", 60)
    monkeypatch.setattr(workers.jobs, "WORKERS", staff)
    monkeypatch.setattr(workers.jobs, "chosen_executor", lambda: staff)
    return staff


def both(staff: Workers) -> list[int]:
    """Two workers that are ready: their processes."""
    until = time.monotonic() + START_SECONDS
    found: set[int] = set()
    with ThreadPoolExecutor(2) as threads:
        while len(found) < 2:
            assert time.monotonic() < until, "There are no two workers."
            jobs = [threads.submit(staff.call, hazards.pid_after, 0.05) for _ in range(2)]
            found = {job.result() for job in jobs}
    return sorted(found)


def is_running(pid: int) -> bool:
    """Whether there is such a process, and it is more than an entry in a table."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def one_sentence(error: pytest.ExceptionInfo[PictureError]) -> str:
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) <= 400
    return sentence


def test_a_crash_becomes_a_sentence_and_the_next_job_runs(staff: Workers) -> None:
    with pytest.raises(DecodeError) as error:
        staff.call(hazards.crash)
    assert "decoder" in one_sentence(error)
    with pytest.raises(PictureError, match="These steps failed") as other:
        staff.call(hazards.leave, opens=False)  # without a word
    assert (one_sentence(other), type(other.value)) == (str(other.value), PictureError)
    assert staff.call(hazards.dawdle, 0.0) == 0.0


def test_a_hang_in_native_code_is_stopped_in_time_and_a_neighbour_goes_on_working(staff: Workers) -> None:
    both(staff)
    began = time.monotonic()
    with ThreadPoolExecutor(1) as threads:
        hung = threads.submit(staff.call, hazards.hang)
        time.sleep(0.1)
        assert [staff.call(hazards.dawdle, 0.0) for _ in range(5)] == [0.0] * 5
        assert not hung.done()
        with pytest.raises(LimitError) as error:
            hung.result()
    assert "1 s" in one_sentence(error)
    assert 1 <= time.monotonic() - began < 10
    assert staff.call(hazards.dawdle, 0.0) == 0.0


def test_a_job_may_take_its_own_seconds_and_the_next_one_those_of_all(staff: Workers) -> None:
    with ThreadPoolExecutor(1) as threads:
        patient = threads.submit(staff.call, hazards.dawdle, 1.3, seconds=60)
        with pytest.raises(LimitError, match=r"^This took over 0\.3 s "):
            staff.call(hazards.hang, seconds=0.3)
        assert patient.result() == 1.3
    with pytest.raises(LimitError, match=r"^This took over 1 s "):
        staff.call(hazards.hang)


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_too_much_memory_becomes_a_sentence(server: Workers) -> None:
    with pytest.raises(LimitError) as error:
        server.call(hazards.allocate, 2000)
    assert "memory" in one_sentence(error)
    with pytest.raises(LimitError) as error:
        server.call(hazards.allocate_in_opencv, 2000)
    assert "memory" in one_sentence(error)
    assert server.call(hazards.allocate, 400) == 400 * 2**20


def test_a_worker_steps_back_behind_the_server(staff: Workers) -> None:
    assert staff.call(hazards.niceness) >= NICENESS


def test_no_interrupt_reaches_a_worker_not_even_while_it_starts(staff: Workers) -> None:
    assert signal.SIGINT in staff.call(signal.pthread_sigmask, signal.SIG_BLOCK, ())


def test_jobs_over_sixteen_megapixels_run_one_at_a_time(staff: Workers) -> None:
    with ThreadPoolExecutor(2) as threads:
        jobs = [threads.submit(staff.call, hazards.span, 0.3, large=True) for _ in range(2)]
        (_, first_end), (second_begin, _) = sorted(job.result() for job in jobs)
    assert second_begin >= first_end


def test_small_jobs_run_side_by_side(staff: Workers) -> None:
    both(staff)
    with ThreadPoolExecutor(2) as threads:
        jobs = [threads.submit(staff.call, hazards.span, 0.5) for _ in range(2)]
        (_, first_end), (second_begin, _) = sorted(job.result() for job in jobs)
    assert second_begin < first_end


@dataclass(frozen=True)
class Page:
    """What a page with a worker told, and whether the worker outlived it."""

    lines: tuple[str, ...]
    outlived: bool


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The main script is like a page under Streamlit: no guard, streamlit imported, workers used at once; killed."""
    script = tmp_path_factory.mktemp("page") / "page.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, streamlit, time
            from effects.codec import DecodeError
            from effects.workers.pool import Workers
            from tests import hazards

            print("the page runs")
            staff = Workers(count=1)
            before = staff.call(hazards.modules)
            try:
                staff.call(hazards.crash)
            except DecodeError:
                print("crashed")
            after = staff.call(hazards.modules)
            print(sorted(name for name in before | after if name == "streamlit"))
            print(staff.call(os.getpid), flush=True)
            time.sleep(60)
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        *lines, pid = [running.stdout.readline().strip() for _ in range(4)]
        assert is_running(int(pid))
        running.kill()
    until = time.monotonic() + 10
    while is_running(int(pid)) and time.monotonic() < until:
        time.sleep(0.05)
    return Page(tuple(lines), is_running(int(pid)))


def test_no_worker_imports_streamlit_or_the_page_also_after_a_crash(page: Page) -> None:
    assert page.lines == ("the page runs", "crashed", "[]")


def test_workers_end_when_the_server_is_killed(page: Page) -> None:
    assert not page.outlived


def picture(height: int = 90, width: int = 120) -> Photo:
    ramp = np.linspace(0, 255, height * width * 3).reshape(height, width, 3)
    return Photo(ramp.astype(np.uint8))


@pytest.mark.usefixtures("server")
def test_a_preview_comes_back_from_a_worker_with_its_metadata() -> None:
    photo = workers.open_preview(encode(picture(), "png"), max_side=60)
    assert photo.image.shape == (45, 60, 3)
    assert photo.metadata["format"] == "png"


@pytest.mark.usefixtures("server")
def test_render_applies_the_recipe_at_full_size() -> None:
    written = workers.render(encode(picture(), "png"), INVERT, format="png")
    assert np.array_equal(workers.decode(written).image, 255 - picture().image)


@pytest.mark.usefixtures("server")
def test_a_preview_stack_runs_in_a_worker() -> None:
    photo = picture()
    after = workers.preview(photo, INVERT)
    assert np.array_equal(after.image, 255 - photo.image)
    assert after.metadata is photo.metadata


@pytest.mark.usefixtures("server")
def test_bad_files_and_bad_recipes_keep_their_sentences() -> None:
    with pytest.raises(DecodeError, match="a PDF document"):
        workers.open_preview(b"%PDF-1.7")
    with pytest.raises(DecodeError, match="PNG file is damaged"):
        workers.render(encode(picture(), "png")[:-40], NO_STEPS)
    with pytest.raises(RecipeError, match="steps"):
        workers.render(encode(picture(), "png"), '{"version": 1, "steps": 7}')


def test_what_is_done_aside_leaves_a_worker_free_also_when_nobody_waits_for_it_any_more(staff: Workers) -> None:
    looks: list[float] = []

    def gone() -> None:
        looks.append(time.time())
        if len(looks) > 10:  # it runs by then
            raise KeyboardInterrupt

    both(staff)
    with pytest.raises(KeyboardInterrupt):
        staff.call(hazards.span, 0.45, aside=True, meanwhile=gone)
    with ThreadPoolExecutor(1) as threads:
        later = threads.submit(staff.call, hazards.span, 0.0, aside=True)
        other_begin, _ = staff.call(hazards.span, 0.0)
        later_begin, _ = later.result()
    assert later_begin > looks[0] + 0.4
    assert other_begin < later_begin


def test_one_who_waits_for_a_turn_can_give_up(staff: Workers) -> None:
    def gone() -> None:
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(staff.call, hazards.span, 0.6, large=True)
        time.sleep(0.1)
        with pytest.raises(KeyboardInterrupt):
            staff.call(hazards.span, 0.1, aside=True, large=True, meanwhile=gone)
        assert not running.done()
        assert staff.call(hazards.span, 0.0, aside=True)
        assert running.result()
