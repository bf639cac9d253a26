"""Memory for results comes back when nobody can see it any more, and not before."""

import gc

import numpy as np
import pytest

from effects.memory.sheets import MIN_SHEET_BYTES, SHEETS, Lease, Sheets, sheet
from effects.pipeline import Pipeline
from tests.test_plan import steps

SHAPE = (600, 800, 3)


def leased(sheets: Sheets, *shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Lease(sheets.take(int(np.prod(shape))), shape, sheets))


def test_a_sheet_is_an_ordinary_array() -> None:
    array = sheet(SHAPE)
    assert array.shape == SHAPE
    assert array.dtype == np.uint8
    assert array.flags.c_contiguous
    assert array.flags.writeable


def test_memory_comes_back_when_the_picture_is_gone() -> None:
    sheets = Sheets()
    first = leased(sheets, *SHAPE)
    address = first.ctypes.data
    del first
    gc.collect(0)
    assert sheets.unused == 600 * 800 * 3
    assert leased(sheets, *SHAPE).ctypes.data == address


@pytest.mark.slow
def test_any_view_keeps_the_memory() -> None:
    sheets = Sheets()
    whole = leased(sheets, *SHAPE)
    whole[:] = 7
    views = [whole[10:20, ::2], whole.reshape(-1)[5:9].T, memoryview(whole[3]), np.frombuffer(whole[4].data, np.uint8)]
    del whole
    while views:
        gc.collect(0)
        assert sheets.unused == 0
        assert all((np.asarray(view) == 7).all() for view in views)
        views.pop()
    gc.collect(0)
    assert sheets.unused == 600 * 800 * 3


def test_only_so_much_lies_unused() -> None:
    sheets = Sheets(max_unused=3_000_000)
    pictures = [leased(sheets, 1000, 1000) for _ in range(5)]
    pictures.clear()
    gc.collect(0)
    assert sheets.unused == 3_000_000


def test_small_pictures_are_left_to_the_allocator() -> None:
    before = SHEETS.unused
    array = sheet((10, 10, 3))
    assert array.size < MIN_SHEET_BYTES
    del array
    assert SHEETS.unused == before


def test_results_held_at_the_same_time_do_not_share_memory() -> None:
    pipeline = Pipeline(steps("exposure", "saturation"))
    image = np.full(SHAPE, 90, np.uint8)
    results = [pipeline(image + np.uint8(index)) for index in range(4)]
    fresh = [pipeline(image + np.uint8(index)).copy() for index in range(4)]
    assert all(np.array_equal(held, again) for held, again in zip(results, fresh, strict=True))
    assert not any(np.shares_memory(results[0], other) for other in results[1:])
