"""Bands: every row is worked on once, whoever does it, and memory for them is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from effects.memory import bands
from effects.memory.bands import BAND_BYTES, MIN_BAND_PIXELS, STREAMED_PIXELS, band_pixels, each_band, on_one_core

HEIGHT, WIDTH = 103, 40


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads, and pictures of any size shared between them in bands of any height."""
    monkeypatch.setattr(bands, "cores", lambda: 2)
    monkeypatch.setattr(bands, "MIN_POOL_PIXELS", 0)
    monkeypatch.setattr(bands, "MIN_SHARED_PIXELS", 0)
    monkeypatch.setattr(bands, "MIN_BAND_PIXELS", 0)


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize("held", [BAND_BYTES, BAND_BYTES // 400, 0])
def test_every_row_is_worked_on_once(monkeypatch: pytest.MonkeyPatch, least: int, held: int) -> None:
    monkeypatch.setattr(bands, "MIN_POOL_PIXELS", least)
    monkeypatch.setattr(bands, "MIN_BAND_PIXELS", 0)
    times = np.zeros(HEIGHT, int)

    def work(rows: slice) -> None:
        times[rows] += 1

    each_band(work, HEIGHT, WIDTH, bytes_per_pixel=held)
    assert (times == 1).all()


def test_a_band_holds_what_is_allowed_however_much_that_is_a_pixel() -> None:
    for held in (2, 3, 9, 16):
        assert BAND_BYTES - held < band_pixels(held) * held <= BAND_BYTES
    assert band_pixels(0) == band_pixels(1) == STREAMED_PIXELS
    assert band_pixels(17) == band_pixels(60) == MIN_BAND_PIXELS


@pytest.mark.usefixtures("two_cores")
def test_a_large_picture_is_shared_out_even_if_one_band_could_hold_it() -> None:
    heights: list[int] = []
    each_band(lambda rows: heights.append(rows.stop - rows.start), HEIGHT, WIDTH, bytes_per_pixel=0)
    assert sorted(heights) == [51, 52]


@pytest.mark.usefixtures("two_cores")
def test_on_one_core_the_thread_that_asks_does_all_of_it_until_that_ends_and_others_go_on() -> None:
    def hands(least: int = 1) -> set[int]:
        """Who works on a picture, each of whose bands waits until so many have begun."""
        begun, met = threading.Barrier(least), set[int]()

        def work(_rows: slice) -> None:
            met.add(threading.get_ident())
            begun.wait(5)

        each_band(work, HEIGHT, WIDTH, bytes_per_pixel=0)
        return met

    with on_one_core():
        assert hands() == {threading.get_ident()}
        with on_one_core():
            assert hands() == {threading.get_ident()}
        assert hands() == {threading.get_ident()}
        with ThreadPoolExecutor(1) as another:
            assert len(another.submit(hands, 2).result()) == 2
    assert len(hands(2)) == 2


@pytest.mark.usefixtures("two_cores")
def test_what_fails_in_a_band_is_told_once_all_have_stopped() -> None:
    def work(rows: slice) -> None:
        raise ValueError(f"row {rows.start}")

    with pytest.raises(ValueError, match="row"):
        each_band(work, HEIGHT, WIDTH, bytes_per_pixel=BAND_BYTES // WIDTH)


@pytest.mark.usefixtures("two_cores")
def test_pictures_do_not_wait_for_each_other() -> None:
    held, done = threading.Event(), threading.Event()

    def hold(rows: slice) -> None:
        held.wait(20)

    with ThreadPoolExecutor(4) as people:
        for _ in range(3):  # more than the pool has threads
            people.submit(each_band, hold, HEIGHT, WIDTH, bytes_per_pixel=BAND_BYTES // (WIDTH * 60))
        people.submit(
            each_band, lambda rows: None, HEIGHT, WIDTH, bytes_per_pixel=BAND_BYTES // WIDTH
        ).add_done_callback(lambda _: done.set())
        finished = done.wait(10)
        held.set()
    assert finished
