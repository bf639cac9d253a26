"""What is fused, what is dropped, and that nothing of it shows."""

from functools import partial

import cv2
import numpy as np
import pytest
from hypothesis import given
from scipy.ndimage import map_coordinates

from effects.catalogue import EFFECTS
from effects.effect import Kind, Step
from effects.group import steps_in
from effects.image import Frame, Image, Place
from effects.kernels.film.overlay import BLEND_MODES
from effects.kernels.sampling import MAX_REMAP_SIDE, resample
from effects.pipeline import Pipeline
from effects.plan.lowering import MAX_ATLAS_ERROR, MAX_ROUNDING_ERROR, atlas_work
from effects.plan.passes import GeometricPass, PointwisePass
from effects.plan.plan import fused_runs, plan_of
from effects.plan.pointwise import Affine, Coloring, ToneTable, error_at_end, stages
from tests.strategies import picture, pictures, pipelines
from tests.tables import cube, noise, warm

JUMPS = {"posterize"}
NOWHERE = Place(Frame(1, 1), np.zeros((1, 1)), np.zeros((1, 1)))
"""For what does not ask where a pixel stands."""

EXACT = {Kind.TONE, Kind.MATRIX, Kind.LINEAR}


def steps(*names: str) -> tuple[Step, ...]:
    return tuple(EFFECTS[name].step() for name in names)


def share_at_jumps(pipeline: Pipeline) -> float:
    """The share of values that may lie within a few 1/65535 of a jump, on either side of which the answer is right."""
    return 0.02 if any(step.effect.name in JUMPS for step in pipeline.all_steps) else 0


@pytest.mark.parametrize("name", ["duotone", "light_leak", "thermal"])
@pytest.mark.parametrize("after", ["chromatic_aberration", "vhs", "crt"])
def test_step_by_step_any_two_effects_can_follow_each_other(name: str, after: str) -> None:
    pipeline = Pipeline(steps(name, after))
    image = picture(40, 60, 1, "smooth")
    assert cv2.PSNR(pipeline.plain(image), pipeline(image)) > 40


@given(pipeline=pipelines(EXACT), image=pictures())
def test_runs_of_tables_and_matrices_are_within_one_level_of_exact(pipeline: Pipeline, image: Image) -> None:
    far = cv2.absdiff(pipeline(image), pipeline.plain(image)) > 1
    assert far.mean() <= share_at_jumps(pipeline)


@given(pipeline=pipelines({*EXACT, Kind.COLOR}), image=pictures())
def test_runs_with_a_color_step_are_within_two_levels_of_exact(pipeline: Pipeline, image: Image) -> None:
    far = cv2.absdiff(pipeline(image), pipeline.plain(image)) > 2
    assert far.mean() <= share_at_jumps(pipeline)


@given(pipeline=pipelines(set(Kind)), image=pictures())
def test_every_pass_of_any_pipeline_agrees_with_the_definition(pipeline: Pipeline, image: Image) -> None:
    for run in fused_runs(pipeline.steps):
        one = Pipeline(run)
        made, plain = one(image), one.plain(image)
        assert made.shape == plain.shape
        allowed = 2 if any(step.effect.kind is Kind.COLOR for step in steps_in(run)) else 1
        far = cv2.absdiff(made, plain) > allowed
        assert far.mean() <= share_at_jumps(one)
        image = plain


def test_tones_and_diagonal_matrices_become_one_table() -> None:
    (stage,) = stages(steps("exposure", "brightness", "contrast", "curves", "invert", "posterize"))
    assert isinstance(stage, ToneTable)
    image = picture(60, 80)
    pipeline = Pipeline(steps("exposure", "brightness", "contrast", "curves", "invert", "posterize"))
    assert np.array_equal(pipeline(image), pipeline.plain(image))


def test_matrices_merge_where_nothing_can_clip_between_them() -> None:
    gentle = (EFFECTS["saturation"].step(amount=0.5), EFFECTS["grayscale"].step(amount=0.4))
    (merged,) = stages(gentle)
    assert isinstance(merged, Affine)
    strong = (EFFECTS["saturation"].step(amount=2), EFFECTS["grayscale"].step(amount=0.4))
    assert len(stages(strong)) == 2


def test_two_linear_steps_stay_in_linear_light_between_them() -> None:
    kinds = [type(stage) for stage in stages(steps("temperature_tint", "temperature_tint"))]
    assert kinds == [ToneTable, Affine, Affine, ToneTable]


def test_color_steps_keep_their_place_in_a_run() -> None:
    run = stages(steps("exposure", "vibrance", "sepia", "vignette", "invert"))
    assert [type(stage) for stage in run] == [ToneTable, Coloring, Affine, Coloring, Affine]


def test_a_plain_layer_of_colour_is_a_table_unless_its_mode_mixes_channels() -> None:
    image = picture(60, 80)
    for mode in BLEND_MODES:
        step = EFFECTS["overlay"].step(mode=mode, shape="solid", color="#3a7d2c", opacity=0.7)
        mixes = mode in ("hue", "saturation", "color", "luminosity")
        assert [type(stage) for stage in stages((step,))] == [Coloring if mixes else ToneTable]
        assert cv2.absdiff(Pipeline((step,))(image), Pipeline((step,)).plain(image)).max() <= 1


def test_a_run_that_would_amplify_rounding_is_done_in_floats() -> None:
    steep = (EFFECTS["hue_rotate"].step(angle=40), EFFECTS["gamma"].step(gamma=5))
    assert error_at_end(stages(steep), 0) > MAX_ROUNDING_ERROR
    image = picture(60, 80)
    image[:20] //= 16
    assert cv2.absdiff(Pipeline(steep)(image), Pipeline(steep).plain(image)).max() <= 1


@pytest.mark.parametrize(
    "later", [EFFECTS["gamma"].step(), EFFECTS["contrast"].step(amount=3)], ids=["gamma", "contrast"]
)
def test_a_colour_table_stays_exact_under_steps_that_amplify(later: Step) -> None:
    graded = EFFECTS["lut3d"].step(table=cube(warm, 17, low=(-0.2, 0, 0.1), high=(1.5, 0.9, 1)))
    image = picture(120, 160, 3)
    pipeline = Pipeline((graded, later))
    assert cv2.absdiff(pipeline(image), pipeline.plain(image)).max() <= 2


def test_a_jump_is_no_reason_for_floats() -> None:
    assert error_at_end(stages(steps("hue_rotate", "posterize", "sepia")), 0) < MAX_ROUNDING_ERROR


def test_what_cannot_change_a_picture_is_dropped() -> None:
    idle = (
        EFFECTS["brightness"].step(amount=1),
        EFFECTS["sepia"].step(strength=0),
        EFFECTS["bloom"].step(muted=True),
        EFFECTS["crop"].step(),
    )
    assert plan_of(idle).passes == ()
    assert Pipeline(idle).changes_nothing
    assert Pipeline().changes_nothing
    assert not Pipeline((*idle, EFFECTS["sepia"].step(amount=0.01))).changes_nothing
    image = picture(20, 30)
    assert np.array_equal(Pipeline(idle)(image), image)


def test_passes_are_runs_of_what_fuses() -> None:
    mixed = steps("exposure", "sepia", "gaussian_blur", "swirl", "mirror", "rotate_flip", "vignette")
    assert [len(run) for run in fused_runs(mixed)] == [2, 1, 2, 1, 1]
    kinds = [type(item) for item in plan_of(mixed).passes]
    assert kinds[0] is PointwisePass
    assert kinds[2] is GeometricPass


def test_a_geometric_step_of_part_strength_stands_alone() -> None:
    run = (*steps("swirl"), EFFECTS["mirror"].step(strength=0.5), *steps("swirl", "mirror"))
    assert [len(item) for item in fused_runs(run)] == [1, 1, 2]


def test_composed_geometry_looks_where_one_step_after_the_other_would() -> None:
    image = cv2.GaussianBlur(picture(240, 320, 3, "smooth"), (0, 0), 4)
    swirl, mirror = EFFECTS["swirl"].step(angle=60), EFFECTS["mirror"].step(keep="right")
    once = Pipeline((swirl, mirror))(image)
    twice = Pipeline((mirror,))(Pipeline((swirl,))(image))
    assert cv2.absdiff(once, twice).max() <= 3


@pytest.mark.parametrize("shape", [(1, 40_000), (3, 33_000)])
def test_pictures_longer_than_cv2_can_address_are_warped_all_the_same(shape: tuple[int, int]) -> None:
    image = picture(*shape)
    half = shape[1] // 2
    expected = np.concatenate([image[:, :half], image[:, :half][:, ::-1]], axis=1)
    assert np.array_equal(Pipeline((EFFECTS["mirror"].step(keep="left"),))(image), expected)
    tall = np.ascontiguousarray(image.swapaxes(0, 1))
    assert np.array_equal(Pipeline((EFFECTS["mirror"].step(keep="top"),))(tall), expected.swapaxes(0, 1))


def test_large_pictures_on_all_cores_are_the_same_as_small_pieces() -> None:
    image = picture(1500, 2000, 2)
    pipeline = Pipeline(steps("exposure", "saturation", "vibrance", "temperature_tint"))
    out = pipeline(image)
    for top in (0, 700, 1400):
        assert np.array_equal(out[top : top + 100], pipeline(image[top : top + 100]))


def test_timings_name_what_each_pass_fused() -> None:
    timings = plan_of(steps("exposure", "sepia", "crop", "gaussian_blur")).time_passes(picture(40, 60))
    assert [timing.effects for timing in timings] == [("exposure", "sepia"), ("gaussian_blur",)]
    assert all(timing.seconds > 0 for timing in timings)


def test_a_line_makes_an_error_as_much_larger_as_it_is_steep() -> None:
    """Between whole steps of 1/65535, too; what is nothing stays nothing, and all there is is all there can be."""
    for gain in (0.25, 0.5, 1.0):
        table = ToneTable((partial(np.multiply, gain),))
        for error in (0.25, 1, 1.5, 2.75, 100.125, 30000.5):
            assert table.error_after(error) == pytest.approx(gain * error, rel=1e-6)
    assert table.error_after(0) == 0
    assert table.error_after(65535) == table.error_after(70000) == 65535


def test_an_error_after_a_curve_is_that_of_its_steepest_place() -> None:
    """Of a square from 1 - e to 1: 2 e - e ** 2."""
    table = ToneTable((np.square,))
    for error in (1, 10, 1000, 20000):
        share = error / 65535
        assert table.error_after(error) == pytest.approx(65535 * (2 * share - share**2), rel=1e-6)


def test_a_colour_table_is_looked_up_in_an_atlas_unless_that_is_too_rough() -> None:
    """A gentle one is, and is within what an atlas may be off; one of mere noise is not."""
    image = picture(60, 80)
    (stage,), (rough,) = (
        stages((EFFECTS["lut3d"].step(table=table, interpolation="tetrahedral"),))
        for table in (cube(warm, 5), noise(4))
    )
    work = atlas_work((stage,), (), np.uint8)
    assert work is not None
    out = np.empty_like(image)
    work(image, out, NOWHERE)
    exact = stage(image / 255, NOWHERE)
    assert np.abs(out - 255 * exact).max() <= 0.5 + MAX_ATLAS_ERROR
    assert atlas_work((rough,), (), np.uint8) is None


@pytest.mark.parametrize("shape", [(3, MAX_REMAP_SIDE + 1, 3), (MAX_REMAP_SIDE + 1, 2), (2, MAX_REMAP_SIDE + 1)])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_beyond_what_cv2_can_address_a_picture_is_read_straight_between_its_pixels(
    shape: tuple[int, ...], depth: type[np.unsignedinteger]
) -> None:
    chance = np.random.default_rng(2)
    image = chance.integers(0, np.iinfo(depth).max, shape, depth, endpoint=True)
    down, across = (chance.uniform(0, side - 1, (40, 30)).astype(np.float32) for side in shape[:2])
    down[0, :2], across[0, :2] = (0, shape[0] - 1), (0, shape[1] - 1)
    out = np.empty((40, 30, *shape[2:]), depth)
    resample(image, (across, down), out)
    channels = image.reshape(*shape[:2], -1).astype(np.float64)
    expected = [map_coordinates(channels[..., each], [down, across], order=1) for each in range(channels.shape[-1])]
    assert np.abs(out.reshape(40, 30, -1) - np.stack(expected, axis=-1)).max() <= 0.51
