"""Workers: a job that crashes, hangs or asks for too much ends its process, never the server."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def staff() -> Iterator[Workers]:
    staff = Workers(count=2, seconds=1.0)
    yield staff
    staff.close()


def one_sentence(error: pytest.ExceptionInfo[PictureError]) -> str:
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) <= 400
    return sentence


def test_a_crash_becomes_a_sentence_and_the_next_job_runs(staff: Workers) -> None:
    for _ in range(3):
        with pytest.raises(DecodeError) as error:
            staff.call(hazards.crash)
        assert "decoder" in one_sentence(error)
        with pytest.raises(PictureError, match="These steps failed") as other:
            staff.call(hazards.crash, opens=False)
        assert (one_sentence(other), type(other.value)) == (str(other.value), PictureError)
        assert staff.call(hazards.dawdle, 0.0) == 0.0


def test_a_hang_in_native_code_is_stopped_in_time(staff: Workers) -> None:
    staff.call(hazards.dawdle, 0.0)
    began = time.monotonic()
    with pytest.raises(LimitError) as error:
        staff.call(hazards.hang)
    assert "1 s" in one_sentence(error)
    assert time.monotonic() - began < 10
    assert staff.call(hazards.dawdle, 0.0) == 0.0


def test_a_neighbour_goes_on_working_while_another_hangs() -> None:
    staff = Workers(count=2, seconds=2)
    try:
        staff.call(hazards.dawdle, 0.0)
        with ThreadPoolExecutor(2) as threads:
            hung = threads.submit(staff.call, hazards.hang)
            time.sleep(0.2)
            assert [staff.call(hazards.dawdle, 0.0) for _ in range(5)] == [0.0] * 5
            assert not hung.done()
            assert isinstance(hung.exception(), LimitError)
    finally:
        staff.close()


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_too_much_memory_becomes_a_sentence() -> None:
    staff = Workers(count=1, seconds=60)
    try:
        with pytest.raises(LimitError) as error:
            staff.call(hazards.allocate, 2000)
        assert "memory" in one_sentence(error)
        with pytest.raises(LimitError) as error:
            staff.call(hazards.allocate_in_opencv, 2000)
        assert "memory" in one_sentence(error)
        assert staff.call(hazards.allocate, 400) == 400 * 2**20
    finally:
        staff.close()


def test_a_process_that_leaves_without_a_word_is_replaced(staff: Workers) -> None:
    with pytest.raises(DecodeError):
        staff.call(hazards.leave)
    assert staff.call(hazards.dawdle, 0.0) == 0.0


def test_workers_killed_between_jobs_are_replaced() -> None:
    staff = Workers(count=1)
    try:
        for _ in range(2):
            os.kill(staff.call(os.getpid), 9)
            assert staff.call(hazards.dawdle, 0.0) == 0.0
    finally:
        staff.close()


def test_a_worker_steps_back_behind_the_server(staff: Workers) -> None:
    assert staff.call(hazards.niceness) >= NICENESS


def test_jobs_over_sixteen_megapixels_run_one_at_a_time(staff: Workers) -> None:
    with ThreadPoolExecutor(2) as threads:
        jobs = [threads.submit(staff.call, hazards.span, 0.3, large=True) for _ in range(2)]
        (_, first_end), (second_begin, _) = sorted(job.result() for job in jobs)
    assert second_begin >= first_end


def test_small_jobs_run_side_by_side(staff: Workers) -> None:
    with ThreadPoolExecutor(2) as threads:
        jobs = [threads.submit(staff.call, hazards.span, 0.5) for _ in range(2)]
        (_, first_end), (second_begin, _) = sorted(job.result() for job in jobs)
    assert second_begin < first_end


def test_no_worker_imports_streamlit_or_the_page_also_after_a_crash(tmp_path: Path) -> None:
    """The main script is like a page under Streamlit: no guard, streamlit imported, workers used at once."""
    script = tmp_path / "page.py"
    script.write_text(
        textwrap.dedent(
            """
            import streamlit
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
            staff.close()
            print(sorted(name for name in before | after if name == "streamlit"))
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert ran.stdout.splitlines() == ["the page runs", "crashed", "[]"], ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_end_when_the_server_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(
        "import os, time\nfrom effects.workers.pool import Workers\n"
        "print(Workers(count=1).call(os.getpid), flush=True)\n"
        "time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        worker = Path("/proc") / server.stdout.readline().strip()
        assert worker.exists()
        server.kill()
    until = time.monotonic() + 10
    while worker.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not worker.exists()


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    workers.warm()
    yield
    workers.close()


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

    staff.call(hazards.dawdle, 0.0)
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
