"""Videos of strangers, in a process of their own: how far it is, given up within a second, and nothing left behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from effects.errors import DecodeError, LimitError
from effects.looks import LOOKS
from effects.pipeline import Pipeline
from effects.video import VideoLimits, jobs, render_video
from effects.video.jobs import RENDERERS, Standing
from tests import films

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    jobs.warm()
    yield
    jobs.close()


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return films.film(tmp_path_factory.mktemp("films") / "film.mp4", "-c:a", "aac")


@pytest.fixture(scope="module")
def long_film(film: Path) -> Path:
    """So long that nobody waits for its end: twelve minutes."""
    target = film.with_name("long.mkv")
    films.ffmpeg("-stream_loop", "900", "-i", film, "-an", "-c", "copy", target)
    return target


def test_the_process_makes_what_is_made_here_and_tells_how_far_it_is(film: Path, tmp_path: Path) -> None:
    heard: list[Standing] = []
    recipe = LOOKS["noir"]
    made = jobs.render_video(film, tmp_path / "there.mp4", recipe.to_json(), tell=heard.append)
    assert made == render_video(film, tmp_path / "here.mp4", recipe)
    there, here = films.frames(tmp_path / "there.mp4"), films.frames(tmp_path / "here.mp4")
    assert min(films.psnr(one, other) for one, other in zip(there, here, strict=True)) > 36
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["here.mp4", "there.mp4"]
    assert {standing.place for standing in heard} == {0}


def test_one_that_is_given_up_ends_within_a_second_and_others_know_their_place(
    long_film: Path, film: Path, tmp_path: Path
) -> None:
    heard: list[Standing] = []
    behind: list[Standing] = []
    unwanted = threading.Event()

    def meanwhile() -> None:
        if unwanted.is_set():
            raise CancelledError

    def give_up() -> None:
        with pytest.raises(CancelledError):
            jobs.render_video(
                long_film, tmp_path / "long.mp4", Pipeline().to_json(), limits=VideoLimits(), tell=heard.append,
                meanwhile=meanwhile,
            )  # fmt: skip

    first = threading.Thread(target=give_up)
    first.start()
    wait_for(lambda: heard and heard[-1].left)
    second = threading.Thread(
        target=jobs.render_video,
        args=(film, tmp_path / "next.mp4", Pipeline().to_json()),
        kwargs={"tell": behind.append},
    )
    second.start()
    wait_for(lambda: behind)
    assert behind[0].place == 1
    assert heard[-1].total == pytest.approx(720, rel=0.02)
    assert heard[-1].seconds > 0
    unwanted.set()
    began = time.monotonic()
    first.join()
    assert time.monotonic() - began < 1
    second.join()
    assert [path.name for path in tmp_path.iterdir()] == ["next.mp4"]


@pytest.mark.deep
def test_a_process_that_dies_is_told_in_a_sentence(long_film: Path, tmp_path: Path) -> None:
    heard: list[Standing] = []

    def meanwhile() -> None:
        if heard and heard[-1].seconds > 0:
            (worker,) = RENDERERS._crew._workers_now()  # type: ignore[union-attr]
            os.kill(worker._process.pid or 0, signal.SIGKILL)

    with pytest.raises(DecodeError, match=r"^The work on this video was ended by the server's system"):
        jobs.render_video(
            long_film, tmp_path / "out.mp4", Pipeline().to_json(), limits=VideoLimits(), tell=heard.append,
            meanwhile=meanwhile,
        )  # fmt: skip
    assert not list(tmp_path.iterdir())
    assert RENDERERS.line.length == 0


@pytest.mark.deep
def test_a_page_looks_into_a_video_by_a_process(film: Path, long_film: Path) -> None:
    facts = jobs.probe(film)
    assert (facts.width, facts.height, facts.has_sound) == (64, 48, True)
    assert films.psnr(films.frames(film)[3], jobs.frame_at(film, 0.31)) > 36
    with pytest.raises(LimitError, match="60"):
        jobs.render_video(long_film, film.with_name("none.mp4"), Pipeline().to_json())


def wait_for(condition: object) -> None:
    """Until it holds; a minute at most."""
    until = time.monotonic() + 60
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)
