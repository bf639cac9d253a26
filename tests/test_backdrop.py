"""What is in front and what behind: a frame's quick blur."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage import data

from effects.image import Alpha
from effects.kernels.people.backdrop import blurred_frame, blurred_where, composed


def soft_disc(height: int, width: int, edge: float) -> Alpha:
    """A disc in the middle of a frame, 255 inside and falling to 0 over so many pixels."""
    rows, columns = np.ogrid[:height, :width]
    away = np.hypot(rows - height / 2, columns - width / 2) - height / 4
    return np.rint(255 * np.clip(0.5 - away / edge, 0, 1)).astype(np.uint8)


@pytest.mark.parametrize("sigma", [2.0, 3.9, 9.6, 48.0])
@pytest.mark.parametrize(("height", "width"), [(480, 853), (179, 241)])
def test_behind_somebody_a_frame_is_blurred_as_a_still(height: int, width: int, sigma: float) -> None:
    frame = cv2.resize(data.coffee(), (width, height), interpolation=cv2.INTER_AREA)
    plane = soft_disc(height, width, 8)
    quick, exact = (
        composed(frame, plane, blur(frame, cv2.bitwise_not(plane), sigma)) for blur in (blurred_frame, blurred_where)
    )
    apart = cv2.absdiff(quick, exact)
    assert apart.mean() <= 1
    assert np.percentile(apart, 99) <= 8


def test_nothing_of_who_stands_in_front_is_in_the_blur_of_a_frame() -> None:
    plane = soft_disc(240, 427, 6)
    frame = np.full((240, 427, 3), 60, np.uint8)
    frame[plane > 0] = 255
    for sigma in (1.0, 5.0, 20.0):
        behind = blurred_frame(np.where(plane[..., None] == 255, frame, 60), cv2.bitwise_not(plane), sigma)
        assert np.abs(behind[plane < 128].astype(int) - 60).max() <= 3
