"""Retro and digital against OpenCV and ffmpeg, and by what their names promise."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from effects.image import Image
from effects.kernels.palette import PALETTES
from tests.applied import applied
from tests.pictures import difference
from tests.scene import scene


def ramp() -> Image:
    return np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)


@pytest.mark.parametrize("palette", PALETTES)
def test_thermal_is_opencvs_palette(palette: str) -> None:
    expected = cv2.applyColorMap(ramp()[..., 0], PALETTES[palette])[..., ::-1]
    assert np.array_equal(applied("thermal", ramp(), palette=palette), expected)
    assert np.array_equal(applied("thermal", ramp(), palette=palette, invert=True), expected[:, ::-1])


def test_thermal_goes_by_the_luma_of_a_colour() -> None:
    luma = np.rint(scene() @ [0.2126, 0.7152, 0.0722]).astype(np.uint8)
    expected = cv2.applyColorMap(luma, cv2.COLORMAP_TURBO)[..., ::-1]
    # Between two entries of the palette the line is kept that the reference rounds away.
    assert difference(applied("thermal", scene(), palette="turbo"), np.ascontiguousarray(expected))[1] <= 4


def test_a_glitch_keeps_every_value_of_every_row() -> None:
    out = applied("glitch", scene(), amount=0.8, blocks=30, shift=0.03)
    assert difference(out, scene())[0] > 10
    assert np.array_equal(np.sort(out, axis=1), np.sort(scene(), axis=1))


def test_a_glitch_without_bands_only_parts_the_colours() -> None:
    out = applied("glitch", scene(), amount=0, shift=0.025)
    for channel, away in enumerate((8, 0, -8)):
        assert np.array_equal(out[..., channel], np.roll(scene()[..., channel], away, axis=1))


def test_more_glitch_tears_more_rows() -> None:
    torn = [(applied("glitch", scene(), amount=amount, shift=0) != scene()).any(axis=(1, 2)).mean()
            for amount in (0.1, 0.5, 1.0)]
    assert 0 < torn[0] < torn[1] < torn[2] < 0.9
    assert not np.array_equal(applied("glitch", scene(), seed=1), applied("glitch", scene(), seed=2))
