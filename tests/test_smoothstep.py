"""The way from 0 to 1, and how light a colour is: the formulas, in the precision of what is given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from effects.kernels.luma import REC_601, REC_709, float_luma, luma
from effects.kernels.smoothstep import smoothstep
from tests.strategies import picture


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_way_begins_and_ends_at_rest_and_is_level_beyond(kind: Any) -> None:
    ways = smoothstep(np.array([-3, 0, 0.25, 0.5, 0.75, 1, 7], kind))
    assert ways.dtype == kind
    assert ways.tolist() == [0, 0, 5 / 32, 0.5, 27 / 32, 1, 1]
    rises = np.diff(smoothstep(np.linspace(0, 1, 1001).astype(kind))) * 1000
    assert rises.min() >= 0
    assert max(rises[0], rises[-1]) < 0.01
    assert rises.max() == pytest.approx(1.5, abs=1e-3)


def test_a_number_has_the_way_that_an_array_has() -> None:
    assert [float(smoothstep(at)) for at in (0.0, 0.3, 2.0)] == smoothstep(np.array([0.0, 0.3, 2.0])).tolist()


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_luma_in_floats_is_that_of_eight_bits_before_it_is_rounded(kind: Any) -> None:
    image = picture(60, 80)
    light = float_luma((image / 255).astype(kind))
    assert light.dtype == kind
    assert np.abs(255 * light.astype(np.float64) - luma(image)).max() < 0.501
    assert np.allclose(float_luma(image, REC_601), image @ np.array(REC_601), rtol=0, atol=1e-9)


@pytest.mark.parametrize("weights", [REC_601, REC_709])
def test_white_is_as_light_as_it_gets(weights: tuple[float, float, float]) -> None:
    assert float_luma(np.ones((1, 3)), weights) == pytest.approx(1, abs=1e-15)
