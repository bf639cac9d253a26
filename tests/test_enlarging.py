"""Smaller pictures and back: rows enlarged alone are those of cv2's whole, and a reduced side is as long as asked."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from effects.kernels.enlarging import enlarge_rows, reduce_to

RANDOM = np.random.default_rng(4)


@pytest.mark.parametrize("shape", [(7, 5), (7, 5, 3), (1, 4, 3), (2, 1)])
@pytest.mark.parametrize("size", [(23, 31), (40, 16), (9, 64)])
def test_rows_enlarged_alone_are_those_of_the_whole(shape: tuple[int, ...], size: tuple[int, int]) -> None:
    height, width = size
    small = RANDOM.uniform(0, 1, shape).astype(np.float32)
    whole = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR).reshape(height, width, *shape[2:])
    for top, bottom in ((0, height), (0, 1), (height // 2, height // 2 + 3), (height - 2, height)):
        rows = enlarge_rows(small, slice(top, bottom), size)
        assert rows.dtype == np.float32
        assert np.abs(rows - whole[top:bottom]).max() < 1e-5
    whole_numbers = (255 * small).astype(np.uint8)
    exact = enlarge_rows(whole_numbers.astype(np.float32), slice(0, height), size)
    assert np.array_equal(enlarge_rows(whole_numbers, slice(0, height), size), np.rint(exact).astype(np.uint8))


@pytest.mark.parametrize(("shape", "short", "size"), [
    ((40, 60, 3), 20, (20, 30)), ((41, 60, 3), 20, (20, 29)), ((60, 40), 13, (20, 13)), ((120, 90, 3), 29, (39, 29)),
    ((300, 3), 2, (200, 2)), ((2, 400, 3), 1, (1, 200)), ((40, 60, 3), 40, (40, 60)), ((40, 60), 99, (40, 60)),
])  # fmt: skip
def test_the_shorter_side_is_as_long_as_asked_or_as_it_was(
    shape: tuple[int, ...], short: float, size: tuple[int, int]
) -> None:
    picture = RANDOM.integers(0, 256, shape, dtype=np.uint8)
    assert reduce_to(picture, short).shape == (*size, *shape[2:])
    assert (reduce_to(picture, short) is picture) == (short >= min(shape[:2]))


def test_a_picture_in_whole_blocks_becomes_their_means() -> None:
    picture = RANDOM.integers(0, 256, (40, 60, 3), dtype=np.uint8)
    means = picture.reshape(10, 4, 15, 4, 3).mean(axis=(1, 3))
    assert np.abs(reduce_to(picture, 10) - means).max() <= 0.51
