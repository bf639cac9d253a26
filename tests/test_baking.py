"""A stack as a .cube file: what it holds, what it leaves out, and what others make of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given

from effects import EFFECTS, LOOKS, CubeError, CubeFile, Group, Pipeline, Step, read_cube
from effects.effect import Kind
from effects.image import Image
from effects.plan.colors import depends_on_color
from effects.plan.edges import softened_by_table
from effects.tables.baking import ASIDE, BAKED_SIZES, HALFWAY, Softened
from tests.applied import applied
from tests.photographs import landscape
from tests.pictures import difference
from tests.programs import ran
from tests.scene import scene
from tests.strategies import picture, pipelines
from tests.tables import cube, warm

BOUND = {33: 5, 65: 3}
"""Points a side -> the most levels that a look may be off."""

MEAN = 0.05


def step(name: str, **params: object) -> Step:
    return EFFECTS[name].step(**params)  # type: ignore[arg-type]


@cache
def everything() -> Image:
    """A photo's colours, a scene's, and every colour as likely as any other."""
    parts = scene()[::2, ::2], landscape(160, 240, 3)[:160, :240], picture(160, 240, 5, "noise")
    return np.vstack(parts)


def colour_part(pipeline: Pipeline, file: CubeFile) -> Pipeline:
    return Pipeline(tuple(step for step in pipeline.all_steps if step.effect.name not in file.left_out))


def by_ffmpeg_in_16_bits(image: Image, path: Path, interpolation: str) -> npt.NDArray[np.float64]:
    """The picture through ffmpeg's own look-up, in levels of 255: it cuts off where others round."""
    height, width = image.shape[:2]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb48le"]
    filters = f"format=gbrp16le,lut3d=file={path}:interp={interpolation}"
    command = ["ffmpeg", "-v", "error", *raw, "-s", f"{width}x{height}", "-i", "-", "-vf", filters, *raw, "-"]
    found = np.frombuffer(ran(command, (image.astype("<u2") * 257).tobytes()), "<u2")
    return (found.reshape(image.shape) + 0.5) / 257


BENT = ("gingham", "kelvin", "maven", "negative_400", "toaster")
"""Looks that are hardest to hold in a table: kinks, steep curves, and a clamp that ends halfway between two levels."""

BAKED = [
    pytest.param(name, size, marks=() if name in BENT[:3] and size == 33 else pytest.mark.deep)
    for size in BOUND
    for name in LOOKS
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), BAKED)
def test_a_look_is_its_colours_whoever_reads_the_file(tmp_path: Path, name: str, size: int) -> None:
    file = LOOKS[name].to_cube(size)
    assert file.softened == ()
    expected = colour_part(LOOKS[name], file).plain(everything())
    path = tmp_path / "look.cube"
    path.write_text(file.text)
    table = read_cube(file.text.encode())
    assert (
        difference(applied("lut3d", everything(), table=table, interpolation="trilinear"), expected)[1] <= BOUND[size]
    )
    for interpolation in ("tetrahedral", "trilinear"):
        # Fused, a table is drawn as an atlas; what the file says is seen in floats.
        ours = Pipeline((step("lut3d", table=table, interpolation=interpolation),)).plain(everything())
        theirs = by_ffmpeg_in_16_bits(everything(), path, interpolation)
        assert np.abs(theirs - expected).max() <= BOUND[size] + 0.5
        for mean, most in (difference(ours, expected), difference(np.rint(theirs), expected)):
            assert most <= BOUND[size]
            assert mean <= MEAN


def test_edges_too_sharp_for_a_table_are_named_and_how_far_off_colours_beside_them_are() -> None:
    stack = Pipeline((step("sepia"), step("posterize", levels=4), step("vignette")))
    named = (Softened("posterize", 74),)  # of 85 levels, but for what lies between 8 places in a cell
    assert stack.to_cube(17).softened == named
    assert all(softened_by_table(stack.steps, size) == named for size in BAKED_SIZES)
    table = read_cube(Pipeline((step("posterize", levels=4),)).to_cube(17).text.encode())
    found = Pipeline((step("lut3d", table=table),)).plain(everything())
    off = difference(found, applied("posterize", everything(), levels=4))[1]
    assert 74 * 0.7 <= off <= 85


def test_an_edge_is_as_sharp_as_its_strength_and_that_of_its_group() -> None:
    for strength, levels in ((0.5, 37), (0.04, 0)):
        named = (Softened("posterize", levels),) if levels else ()
        alone = step("posterize", levels=4, strength=strength)
        assert softened_by_table((alone,), 33) == named
        group = Group((step("posterize", levels=4), step("sepia")), strength=strength)
        assert softened_by_table((group,), 33) == named
    assert softened_by_table((step("posterize", muted=True),), 33) == ()


def test_smooth_changes_have_no_edges_at_any_size() -> None:
    for name in ("gamma", "hue_rotate", "temperature_tint", "color_pop", "vibrance", "thermal"):
        assert all(softened_by_table((step(name),), size) == () for size in BAKED_SIZES)


def test_the_file_is_what_the_specification_says() -> None:
    lines = Pipeline((step("hue_rotate", angle=180),)).to_cube(17).text.splitlines()
    assert lines[:4] == ['TITLE "Hue rotate"', "LUT_3D_SIZE 17", "DOMAIN_MIN 0 0 0", "DOMAIN_MAX 1 1 1"]
    assert len(lines) == 4 + 17**3


def test_red_runs_fastest_and_numbers_are_not_rounded_to_levels() -> None:
    text = Pipeline((step("brightness", amount=0.32),)).to_cube(33).text
    rows = np.loadtxt(text.splitlines()[4:])
    assert rows[1].tolist() == [0.01, 0, 0]  # 0.32 / 32
    assert rows[33].tolist() == [0, 0.01, 0]
    assert rows[33 * 33].tolist() == [0, 0, 0.01]
    assert rows[-1].tolist() == [0.32, 0.32, 0.32]
    assert "-0.000000" not in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kelvin", "toaster"])
def test_curves_through_33_points_round_to_the_right_level_nearly_everywhere(name: str) -> None:
    table = read_cube(LOOKS[name].to_cube(33).text.encode())
    levels = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    shown = np.stack(  # the greys of a lattice of curves are those curves
        [
            np.interp(np.arange(256) / 255, np.linspace(0, 1, 33), channel)
            for channel in np.einsum("iiic->ci", table.values)
        ],
        axis=-1,
    )
    off = np.abs(
        np.rint(255 * np.clip(shown, 0, 1)) - colour_part(LOOKS[name], LOOKS[name].to_cube(17)).plain(levels)[0]
    )
    assert off.mean() <= 0.025
    assert off[[0, -1]].max() == 0


def test_black_and_white_are_those_of_the_look_though_others_are_fitted() -> None:
    file = LOOKS["negative_400"].to_cube(33)
    rows = np.loadtxt(file.text.splitlines()[4:])[[0, -1]]
    ends = np.array([[[0] * 3, [255] * 3]], np.uint8)
    assert np.array_equal(np.rint(255 * rows), colour_part(LOOKS["negative_400"], file).plain(ends)[0])


def test_the_text_is_the_same_each_time() -> None:
    assert LOOKS["gingham"].to_cube(17) == LOOKS["gingham"].to_cube(17)


def test_what_no_table_can_hold_is_named_once_in_order() -> None:
    named = (step(name) for name in ("gaussian_blur", "sepia", "vignette", "swirl", "gaussian_blur", "trails"))
    stack = Pipeline((*named, step("crop", width=0.5), step("bloom", muted=True), step("unsharp_mask", strength=0)))
    file = stack.to_cube(17)
    assert file.left_out == ("gaussian_blur", "vignette", "swirl", "trails", "crop")
    assert file.text.splitlines()[4:] == Pipeline((step("sepia"),)).to_cube(17).text.splitlines()[4:]


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_pointwise_effects_that_know_no_place_are_held(effect: object) -> None:
    assert isinstance(effect, type(EFFECTS["sepia"]))
    if not effect.kind.is_pointwise:
        assert not depends_on_color(effect.step())
    elif not effect.knows_place:
        assert depends_on_color(effect.step())


def test_an_even_layer_is_held_and_one_that_asks_where_it_is_is_not() -> None:
    for mode in ("hue", "multiply"):
        even, shaped = (step("overlay", mode=mode, shape=shape, color="#3a7d2c") for shape in ("solid", "radial"))
        assert Pipeline((even,)).to_cube(17).left_out == ()
        assert Pipeline((shaped,)).to_cube(17).left_out == ("overlay",)


def test_a_group_keeps_what_can_be_held_of_it_under_its_strength() -> None:
    group = Group((step("invert"), step("gaussian_blur"), step("sepia")), strength=0.5, title='My "look"')
    file = Pipeline((group, step("vignette"))).to_cube(33)
    assert file.left_out == ("gaussian_blur", "vignette")
    assert file.text.startswith('TITLE "My look"\n')
    held = Pipeline((Group((step("invert"), step("sepia")), strength=0.5),))
    made = applied("lut3d", everything(), table=read_cube(file.text.encode()))
    assert difference(made, held.plain(everything()))[1] <= 3


def test_an_empty_stack_and_a_table_of_the_same_size_come_out_as_they_are() -> None:
    axis = np.linspace(0, 1, 17)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    rows = np.loadtxt(Pipeline().to_cube(17).text.splitlines()[4:])
    off = np.abs(rows - np.stack([red, green, blue], axis=-1).reshape(-1, 3))
    assert (
        np.where(rows == 0.5, 0, off).max() <= (ASIDE + HALFWAY) / 255
    )  # halfway between two levels, and put beside it
    assert off[np.abs(rows - 0.5) > (ASIDE + HALFWAY) / 255].max() <= 5e-7
    table = cube(warm, 17)
    graded = np.loadtxt(
        Pipeline((step("lut3d", table=table, interpolation="tetrahedral"),)).to_cube(17).text.splitlines()[4:]
    )
    assert np.abs(np.clip(graded, 0, 1) - np.clip(table.values.reshape(-1, 3), 0, 1)).max() <= 1 / 255


@pytest.mark.slow
@given(pipeline=pipelines({Kind.TONE, Kind.MATRIX, Kind.LINEAR}, most=2))
def test_any_stack_of_colours_can_be_read_back(pipeline: Pipeline) -> None:
    file = pipeline.to_cube(17)
    assert file.left_out == ()
    assert read_cube(file.text.encode()).size == 17


@pytest.mark.parametrize("size", [0, 16, 64, 33.5, "33", None, 10**400])
def test_other_sizes_are_refused_in_a_sentence(size: object) -> None:
    with pytest.raises(CubeError, match="baked at 17, 33 or 65 points a side, not at") as told:
        LOOKS["noir"].to_cube(size)  # type: ignore[arg-type]
    assert len(str(told.value)) <= 400
