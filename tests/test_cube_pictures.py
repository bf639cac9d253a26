"""Tables laid out in pictures: in lines or in tiles, whichever makes the smoother table."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PILImage

from effects import workers
from effects.render import open_hald
from effects.tables.cube import CubeError
from effects.tables.files import read_hald
from tests.plain_lookup import Array, axes
from tests.tables import Change, bent, swapped, warm

Pixels = npt.NDArray[np.unsignedinteger]


def tiles(numbers: Array, top: int = 255) -> Pixels:
    """A lattice, red x green x blue x 3, as tiles of red by green, blue from left to right and from top to bottom."""
    points = len(numbers)
    level = round(points**0.5)
    whole = np.rint(top * np.clip(numbers, 0, 1)).astype(np.min_scalar_type(top))
    tile = [whole[:, :, blue].swapaxes(0, 1) for blue in range(points)]
    return np.vstack([np.hstack(tile[row * level : (row + 1) * level]) for row in range(level)])


def lines(numbers: Array, top: int = 255) -> Pixels:
    """The same as a HaldCLUT."""
    side = round(len(numbers) ** 1.5)
    whole = np.rint(top * np.clip(numbers, 0, 1)).astype(np.min_scalar_type(top))
    return whole.transpose(2, 1, 0, 3).reshape(side, side, 3)


def negative(colors: Array) -> Array:
    return 1 - colors


def black_and_white(colors: Array) -> Array:
    return np.repeat(colors.mean(axis=-1, keepdims=True) > 0.5, 3, axis=-1).astype(float)


def posterized(colors: Array) -> Array:
    return np.rint(colors * 3) / 3


def grainy(colors: Array) -> Array:
    return np.asarray(warm(colors) + np.random.default_rng(0).normal(0, 0.02, colors.shape))


SMOOTH = (np.asarray, warm, swapped, bent, negative)
ROUGH = (black_and_white, posterized, grainy)
"""Of 4 points a side these are as smooth in either reading."""


@pytest.mark.parametrize(("level", "change"), [
    *((level, change) for level in (2, 3, 4, 8) for change in SMOOTH),
    *((level, change) for level in (3, 4, 8) for change in ROUGH),
])  # fmt: skip
@pytest.mark.parametrize("lay", [tiles, lines])
def test_the_smoother_reading_is_the_one_that_was_meant(
    lay: Callable[[Array], Pixels], level: int, change: Change
) -> None:
    numbers = change(axes(level**2))
    table = read_hald(lay(numbers))
    expected = np.rint(255 * np.clip(numbers, 0, 1)) * 257
    assert np.array_equal(table.numbers, expected.transpose(2, 1, 0, 3))


def test_the_known_lookup_picture_leaves_colours_as_they_are() -> None:
    """GPUImage's: 512 pixels a side, red to the right in each of 8 x 8 tiles, green down, blue from tile to tile."""
    picture = np.zeros((512, 512, 3), np.uint8)
    down, right = np.mgrid[:512, :512]
    picture[..., 0] = np.rint(right % 64 * 255 / 63)
    picture[..., 1] = np.rint(down % 64 * 255 / 63)
    picture[..., 2] = np.rint((right // 64 + 8 * (down // 64)) * 255 / 63)
    assert np.abs(read_hald(picture).values - axes(64).transpose(2, 1, 0, 3)).max() <= 0.51 / 255


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["PNG", "TIFF", "WEBP"])
def test_tiles_come_out_of_files_with_or_without_alpha(ending: str) -> None:
    picture = PILImage.fromarray(tiles(warm(axes(16))).astype(np.uint8))
    for mode in ("RGB", "RGBA"):
        file = io.BytesIO()
        picture.convert(mode).save(file, ending, **({"lossless": True} if ending == "WEBP" else {}))
        table = open_hald(file.getvalue(), "look")
        assert np.array_equal(table.numbers, read_hald(np.asarray(picture)).numbers)
        assert workers.open_hald(file.getvalue(), "look") == table


def test_tiles_of_sixteen_bits_keep_them_all() -> None:
    picture = tiles(warm(axes(16)), 65535)
    file = cv2.imencode(".png", picture[..., ::-1])[1].tobytes()
    expected = np.rint(65535 * np.clip(warm(axes(16)), 0, 1))
    assert np.array_equal(open_hald(file).numbers, expected.transpose(2, 1, 0, 3))


@pytest.mark.slow
def test_fine_tiles_are_thinned_out() -> None:
    """100 points, of which 65 are kept: each lies within what the 8 bits of its neighbours allow."""
    table = read_hald(tiles(warm(axes(100))))
    assert np.abs(table.values - np.clip(warm(axes(65)), 0, 1).transpose(2, 1, 0, 3)).max() <= 2 / 255


@pytest.mark.parametrize("shape", [(512, 511), (32, 1024), (500, 500)])
def test_another_picture_is_told(shape: tuple[int, int]) -> None:
    with pytest.raises(CubeError, match="a HaldCLUT is square"):
        read_hald(np.zeros((*shape, 3), np.uint8))


@pytest.mark.parametrize("lay", [tiles, lines])
def test_more_points_than_a_table_has_are_thinned_out_straight_between_them(lay: Callable[[Array], Pixels]) -> None:
    """81 points, of which 65 are kept: along each axis as np.interp has it, bends and all."""
    numbers = axes(81) ** 3
    thin = np.interp(np.linspace(0, 80, 65), np.arange(81), np.rint(255 * np.linspace(0, 1, 81) ** 3) / 255)
    expected = np.stack(np.meshgrid(thin, thin, thin, indexing="ij"), axis=-1).transpose(2, 1, 0, 3)
    assert np.abs(read_hald(lay(numbers)).values - expected).max() <= 1 / 65535
