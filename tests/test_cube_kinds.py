"""A table of each kind, written down as its format asks and applied, against a plain look-up of the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from effects import EFFECTS
from effects.image import Image
from effects.pipeline import Pipeline
from effects.tables.cube import Cube
from effects.tables.files import read_3dl, read_cube, read_hald
from tests.applied import applied
from tests.plain_lookup import Array, along, axes, within
from tests.scene import scene
from tests.shares import in_turn
from tests.strategies import picture
from tests.tables import bent, warm


@cache
def everything() -> Image:
    """The scene's every fourth pixel, and every colour as likely as any other."""
    return np.vstack([scene()[::4, ::4], picture(60, 120, 5, "noise")])


COLORS = everything() / 255


def lines(numbers: Array, form: str = "{:.6f} {:.6f} {:.6f}") -> str:
    """Numbers as rows of text."""
    return "".join(form.format(*row) + "\n" for row in numbers.reshape(-1, 3).tolist())


def agree(table: Cube, interpolation: str, expected: Array) -> bool:
    """Whether the effect makes of every colour what is expected, in whole levels; exactly so off the quick way."""
    levels = 255 * np.clip(expected, 0, 1)
    step = EFFECTS["lut3d"].step(table=table, interpolation=interpolation)
    exact = Pipeline((step,)).plain(everything())
    quick = applied("lut3d", everything(), table=table, interpolation=interpolation)
    assert np.abs(exact - levels).max() <= 0.51
    assert np.abs(quick - levels).max() <= 2
    return True


BOTH = pytest.mark.parametrize("interpolation", ["trilinear", "tetrahedral"])


@BOTH
def test_a_lattice_with_a_range(interpolation: str) -> None:
    numbers = warm(axes(17, -0.25, 1.5))
    text = "LUT_3D_SIZE 17\nLUT_3D_INPUT_RANGE -0.25 1.5\n" + lines(numbers.transpose(2, 1, 0, 3))
    assert agree(read_cube(text.encode()), interpolation, within(numbers, -0.25, 1.5, COLORS, interpolation))


def test_curves_with_a_range() -> None:
    numbers = bent(np.repeat(np.linspace(0, 2, 40)[:, None], 3, axis=1))
    text = "LUT_1D_INPUT_RANGE 0 2\nLUT_1D_SIZE 40\n" + lines(numbers)
    assert agree(read_cube(text.encode()), "trilinear", along(numbers, 0, 2, COLORS))


def bends() -> Iterator[tuple[str, Array]]:
    """Shapers: a rising one, one that stands still at both ends, one that falls and rises, one that jumps."""
    light = np.linspace(-0.25, 1.25, 64)[:, None]
    yield "rising", np.cbrt(light + np.array([0.25, 0.3, 0.26]))
    yield "flat ends", np.clip(3 * light - [1, 0.9, 0.8], 0, 1)
    yield "waves", 0.5 + 0.6 * np.sin(9 * light + [0, 1, 2])
    yield "jumps", np.where(light > [0.3, 0.4, 0.5], 1.5 * light, 0.2 * light)
    yield "black", 0 * light + [0, 0.5, 1]


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize(("name", "size"), in_turn(dict(bends()), [2, 10, 33]))
def test_curves_before_a_lattice(name: str, size: int, interpolation: str) -> None:
    """Each with a range of its own; nothing between the two is clamped or resampled."""
    curves = dict(bends())[name]
    numbers = warm(axes(size, 0, 1.25))
    text = (f"LUT_1D_SIZE {len(curves)}\nLUT_1D_INPUT_RANGE -0.25 1.25\nLUT_3D_SIZE {size}\nLUT_3D_INPUT_RANGE 0 1.25\n"
            + lines(curves) + lines(numbers.transpose(2, 1, 0, 3)))  # fmt: skip
    expected = within(numbers, 0, 1.25, along(curves, -0.25, 1.25, COLORS), interpolation)
    assert agree(read_cube(text.encode()), interpolation, expected)


@BOTH
@pytest.mark.parametrize("depth", [8, 10, 12, 16])
def test_a_lattice_of_whole_numbers(depth: int, interpolation: str) -> None:
    top = 2**depth - 1
    numbers = np.rint(top * np.clip(warm(axes(17)), 0, 1))
    mesh = " ".join(f"{round(1023 * point / 16)}" for point in range(17))
    table = read_3dl(f"{mesh}\n{lines(numbers, '{:.0f} {:.0f} {:.0f}')}".encode())
    assert agree(table, interpolation, within(numbers / top, 0, 1, COLORS, interpolation))


@BOTH
def test_a_lattice_of_whole_numbers_behind_a_shaper(interpolation: str) -> None:
    shaper = np.rint(1023 * np.sqrt(np.linspace(0, 1, 33)))
    numbers = np.rint(4095 * np.clip(warm(axes(9)), 0, 1))
    text = " ".join(f"{point:.0f}" for point in shaper) + "\n" + lines(numbers, "{:.0f} {:.0f} {:.0f}")
    shaped = along(np.repeat(shaper[:, None] / 1023, 3, axis=1), 0, 1, COLORS)
    assert agree(read_3dl(text.encode()), interpolation, within(numbers / 4095, 0, 1, shaped, interpolation))


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("level", [3, 8])
@pytest.mark.parametrize("layout", ["lines", "tiles"])
def test_a_picture(layout: str, level: int, interpolation: str) -> None:
    points = level**2
    numbers = np.rint(255 * np.clip(warm(axes(points)), 0, 1)).astype(np.uint8)
    picture = np.zeros((level**3, level**3, 3), np.uint8)
    for red, green, blue in np.ndindex(points, points, points):
        place = red + points * green + points**2 * blue
        row, column = divmod(place, level**3)
        if layout == "tiles":
            row, column = green + points * (blue // level), red + points * (blue % level)
        picture[row, column] = numbers[red, green, blue]
    assert agree(read_hald(picture), interpolation, within(numbers / 255, 0, 1, COLORS, interpolation))
