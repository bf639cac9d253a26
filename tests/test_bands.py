"""Bands: every row is worked on once, whoever does it, and memory for them is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from effects.kernels import bands
from effects.kernels.bands import each_band, scratch

HEIGHT, WIDTH = 103, 40


@pytest.mark.parametrize("alone", [0, 10**9])
@pytest.mark.parametrize("pixels", [1, 400, 10**9])
def test_every_row_is_worked_on_once(alone: int, pixels: int) -> None:
    times = np.zeros(HEIGHT, int)

    def work(rows: slice) -> None:
        times[rows] += 1

    each_band(work, HEIGHT, WIDTH, pixels=pixels, alone=alone)
    assert (times == 1).all()


def test_a_large_picture_is_shared_out_even_if_one_band_could_hold_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "cores", lambda: 2)
    heights: list[int] = []
    each_band(lambda rows: heights.append(rows.stop - rows.start), HEIGHT, WIDTH, pixels=10**9, alone=0)
    assert sorted(heights) == [51, 52]


def test_what_fails_in_a_band_is_told_once_all_have_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "cores", lambda: 2)

    def work(rows: slice) -> None:
        raise ValueError(f"row {rows.start}")

    with pytest.raises(ValueError, match="row"):
        each_band(work, HEIGHT, WIDTH, pixels=WIDTH, alone=0)


def test_pictures_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "cores", lambda: 2)
    held, done = threading.Event(), threading.Event()

    def hold(rows: slice) -> None:
        held.wait(20)

    with ThreadPoolExecutor(4) as people:
        for _ in range(3):  # more than the pool has threads
            people.submit(each_band, hold, HEIGHT, WIDTH, pixels=WIDTH * 60, alone=0)
        people.submit(each_band, lambda rows: None, HEIGHT, WIDTH, pixels=WIDTH, alone=0).add_done_callback(
            lambda _: done.set()
        )
        finished = done.wait(10)
        held.set()
    assert finished


def test_memory_for_a_band_is_the_same_as_long_as_it_fits() -> None:
    high, low = scratch("here", (8, 4, 3), np.uint16), scratch("here", (6, 4, 3), np.uint16)
    assert np.shares_memory(high, low)
    assert scratch("here", (6, 4, 3), np.uint16) is low
    assert scratch("here", (6, 4, 3), np.uint8).dtype == np.uint8
    assert scratch("here", (16, 4, 3), np.uint16).shape == (16, 4, 3)
