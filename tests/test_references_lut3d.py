"""Looking colours up in tables, against ffmpeg, ImageMagick and formulas."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import tifffile

from effects import EFFECTS
from effects.image import Image
from effects.pipeline import Pipeline
from effects.render import open_hald
from effects.tables.cube import Cube, CubeError, identity_cube
from effects.tables.files import read_cube, read_hald
from tests.applied import applied
from tests.pictures import difference, written
from tests.programs import by_ffmpeg, by_imagemagick, imagemagick, ran
from tests.scene import scene
from tests.shares import in_turn
from tests.strategies import picture
from tests.tables import TABLES, Change, bent, cube, cube_text, swapped, warm


@cache
def everything() -> Image:
    """The scene's every other pixel, and every colour as likely as any other."""
    return np.vstack([scene()[::2, ::2], picture(80, 240, 5, "noise")])


@cache
def text_of(change: Change, size: int) -> str:
    return cube_text(change, size)


def file_of(folder: Path, text: str) -> Path:
    path = folder / "table.cube"
    path.write_text(text)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lattice", "interpolation"),
    in_turn([(warm, 33), (warm, 64), (swapped, 2), (warm, 5), (bent, 17)], ["trilinear", "tetrahedral"]),
)
def test_a_lattice_is_looked_up_as_ffmpeg_does(tmp_path: Path, lattice: tuple[Change, int], interpolation: str) -> None:
    text = text_of(*lattice)
    expected = by_ffmpeg(everything(), f"lut3d=file={file_of(tmp_path, text)}:interp={interpolation}")
    table = read_cube(text.encode())
    assert difference(applied("lut3d", everything(), table=table, interpolation=interpolation), expected)[1] <= 2


@pytest.mark.parametrize(("low", "high"), [((0, 0, 0), (1, 1, 1)), ((-0.1, 0, 0.1), (1.2, 0.9, 1))])
def test_curves_are_straight_between_points_and_flat_outside(
    tmp_path: Path, low: tuple[float, float, float], high: tuple[float, float, float]
) -> None:
    table = cube(bent, 16, low=(max(low[0], 0), low[1], low[2]), high=high, curves=True)
    points = [np.linspace(first, last, 16) for first, last in zip(table.low, table.high, strict=True)]
    columns = [np.interp(everything()[..., index] / 255, points[index], table.values[:, index]) for index in range(3)]
    expected = 255 * np.clip(np.stack(columns, axis=-1), 0, 1)
    assert np.abs(applied("lut3d", everything(), table=table) - expected).max() <= 0.51


@pytest.mark.slow
def test_a_domain_says_where_a_lattice_begins_and_ends() -> None:
    """Within it the change is met, outside the nearest edge is."""
    table = cube(warm, 50, low=(0.2, 0.2, 0.2), high=(0.8, 0.8, 0.8))
    inside = 255 * np.clip(warm(np.clip(everything() / 255, 0.2, 0.8)), 0, 1)
    assert np.abs(applied("lut3d", everything(), table=table) - inside).max() <= 2


@pytest.mark.slow
@pytest.mark.parametrize("level", [2, 3, 6, 8])
def test_a_hald_clut_is_looked_up_as_ffmpeg_and_imagemagick_do(tmp_path: Path, level: int) -> None:
    clut = tmp_path / "clut.png"
    lattice = hald(level)
    clut.write_bytes(written(lattice, "PNG"))
    made = applied("lut3d", everything(), table=read_hald(lattice))
    theirs = by_ffmpeg(everything(), f"format=rgb24[v];movie={clut}[c];[v][c]haldclut=interp=trilinear")
    assert difference(made, theirs)[1] <= 2
    assert difference(made, by_imagemagick(everything(), str(clut), "-hald-clut"))[1] <= 2


@pytest.mark.parametrize("kind", ["opencv", "imagemagick", "tiff"])
def test_a_hald_clut_of_sixteen_bits_keeps_them_all(kind: str) -> None:
    """Numbers that 8 bits have not, in files that may name a gamma: a table's numbers are meant as they are."""
    steep = hald(5, 65535) // 100
    if kind == "tiff":
        file = io.BytesIO()
        tifffile.imwrite(file, steep, photometric="rgb")
        clut = file.getvalue()
    else:
        clut = cv2.imencode(".png", steep[..., ::-1])[1].tobytes()
    if kind == "imagemagick":
        clut = ran([imagemagick(), "png:-", "-gamma", "1", "-depth", "16", "png:-"], clut)
        assert b"gAMA" in clut
    assert np.array_equal(open_hald(clut).numbers.reshape(steep.shape), steep)


def test_sixteen_bits_of_a_hald_clut_are_looked_up_as_ffmpeg_does(tmp_path: Path) -> None:
    clut = tmp_path / "clut.png"
    clut.write_bytes(cv2.imencode(".png", hald(4, 65535)[..., ::-1])[1].tobytes())
    made = applied("lut3d", everything(), table=open_hald(clut.read_bytes()))
    filters = f"format=rgb48[v];movie={clut},format=rgb48[c];[v][c]haldclut=interp=trilinear"
    assert difference(made, by_ffmpeg(everything(), filters))[1] <= 2


def hald(level: int, largest: int = 255) -> npt.NDArray[Any]:
    """The HaldCLUT of a warm grade, in 8 or 16 bits."""
    axis = np.linspace(0, 1, level**2)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    colors = np.clip(warm(np.stack([red, green, blue], axis=-1)), 0, 1)
    return np.rint(largest * colors).astype(np.min_scalar_type(largest)).reshape(level**3, level**3, 3)


@pytest.mark.slow
def test_a_fine_hald_clut_is_thinned_out_without_a_trace() -> None:
    made = applied("lut3d", everything(), table=read_hald(hald(9)))
    expected = 255 * np.clip(warm(everything() / 255), 0, 1)
    assert np.abs(made - expected).max() <= 3


@pytest.mark.parametrize("shape", [(8, 9), (10, 10), (1, 1), (4913, 4913)])
def test_a_picture_that_is_no_hald_clut_is_told(shape: tuple[int, int]) -> None:
    with pytest.raises(CubeError, match="a HaldCLUT is square"):
        read_hald(np.zeros((*shape, 3), np.uint8))


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES, ids=str)
@pytest.mark.parametrize("interpolation", ["trilinear", "tetrahedral"])
def test_the_quick_way_is_within_two_levels_of_the_exact_one(table: Cube, interpolation: str) -> None:
    pipeline = Pipeline((EFFECTS["lut3d"].step(table=table, interpolation=interpolation),))
    assert difference(pipeline(everything()), pipeline.plain(everything()))[1] <= 2


def test_greys_stay_grey_in_a_table_that_keeps_them() -> None:
    grey = picture(60, 60, 2, "grey")
    for interpolation in ("trilinear", "tetrahedral"):
        out = applied("lut3d", grey, table=identity_cube(17), interpolation=interpolation)
        assert difference(out, grey)[1] <= 1


def test_points_outside_are_kept_until_the_end() -> None:
    """From -1 to 2: halfway between the points lies the middle, not what clamped points would give."""
    numbers = np.array([[-65535] * 3, [2 * 65535] * 3], np.int32)
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    out = applied("lut3d", ramp, table=Cube("steep", numbers))
    assert np.abs(out[0, :, 0] - np.clip(3 * np.arange(256.0) - 255, 0, 255)).max() <= 0.51
