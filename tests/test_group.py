"""A group means what it says: its steps, then one mixture; in a plan, in a photo, in a stream."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, LOOKS, Group, Photo, Pipeline, Step, Stream
from effects.effect import Kind
from effects.group import StepOrGroup
from effects.image import Image
from effects.looks import LOOK_BOOK
from effects.plan.lowering import MAX_ROUNDING_ERROR
from effects.plan.passes import GroupPass, PointwisePass
from effects.plan.plan import plan_of
from effects.plan.pointwise import Mixture, error_at_end, stages
from tests.strategies import groups, picture, pictures, stacks_with_groups
from tests.test_plan import share_at_jumps

POINTWISE = {kind for kind in Kind if kind.is_pointwise}
STILL = set(Kind) - {Kind.CANVAS}


def step(name: str, **params: Any) -> Step:
    return EFFECTS[name].step(**params)


def one(*steps: StepOrGroup) -> Pipeline:
    return Pipeline(steps)


def mixed(before: Image, after: Image, strength: float) -> Any:
    return before + strength * (after.astype(float) - before)


@given(group=groups(POINTWISE), image=pictures())
def test_a_group_of_colours_is_mixed_without_rounding_between(group: Group, image: Image) -> None:
    pipeline = one(group)
    far = cv2.absdiff(pipeline(image), pipeline.plain(image)) > 2
    assert far.mean() <= share_at_jumps(pipeline)


@given(pipeline=stacks_with_groups({Kind.TONE, Kind.MATRIX, Kind.LINEAR}), image=pictures())
def test_runs_with_groups_of_tables_and_matrices_are_within_one_level(pipeline: Pipeline, image: Image) -> None:
    far = cv2.absdiff(pipeline(image), pipeline.plain(image)) > 1
    assert far.mean() <= share_at_jumps(pipeline)


@given(group=groups(STILL), image=pictures())
def test_any_group_is_its_steps_mixed_with_what_came_in(group: Group, image: Image) -> None:
    """The inner picture is rounded here, and in a run of colours it is not: by half a level, and half for the end."""
    expected = mixed(image, Pipeline(group.steps)(image), 0 if group.muted else group.strength)
    far = np.abs(one(group)(image) - expected) > (2.5 if any(s.effect.kind is Kind.COLOR for s in group.steps) else 1.5)
    assert far.mean() <= share_at_jumps(one(group))


@given(group=groups(STILL), image=pictures())
def test_the_plain_way_of_a_group_is_its_definition(group: Group, image: Image) -> None:
    expected = mixed(image, Pipeline(group.steps).plain(image), 0 if group.muted else group.strength)
    assert np.abs(one(group).plain(image) - expected).max() <= 1.01


def test_a_group_of_colours_is_rounded_once() -> None:
    """Half of grey 103 is 51.5, and half way to that 77.25: rounded between, it would be 78."""
    group = Group((step("brightness", amount=0.25), step("brightness", amount=2)), strength=0.5)
    grey = np.full((1, 1, 3), 103, np.uint8)
    assert one(group).plain(grey).tolist() == one(group)(grey).tolist() == [[[77, 77, 77]]]


@given(pipeline=stacks_with_groups(set(Kind)))
def test_a_group_at_full_strength_is_its_steps(pipeline: Pipeline) -> None:
    whole = one(*(item if isinstance(item, Step) else Group(item.steps) for item in pipeline))
    assert plan_of(whole.steps) == plan_of(whole.all_steps)
    assert whole.ungrouped().steps == whole.all_steps


@given(group=groups(set(Kind)), image=pictures(), way=st.sampled_from(["muted", "strength 0"]))
def test_muted_or_at_strength_0_a_group_changes_nothing(group: Group, image: Image, way: str) -> None:
    asleep = Group(group.steps, 1 if way == "muted" else 0, muted=way == "muted")
    assert one(asleep).changes_nothing
    assert np.array_equal(one(asleep)(image), image)
    assert one(*asleep.ungrouped()).changes_nothing


def test_a_group_of_one_step_is_that_step_at_both_strengths() -> None:
    for name in ("swirl", "posterize", "bloom", "vignette"):
        grouped, alone = one(Group((step(name, strength=0.5),), strength=0.5)), one(step(name, strength=0.25))
        photo = Photo(picture(40, 60, 1), picture(40, 60, 2)[..., 0])
        there, here = grouped.apply(photo), alone.apply(photo)
        assert np.array_equal(there.image, here.image)
        assert np.array_equal(there.alpha, here.alpha)  # type: ignore[arg-type]


@given(group=groups(STILL), image=pictures(), seed=st.integers(0, 2**16))
def test_transparency_is_mixed_as_the_picture_is(group: Group, image: Image, seed: int) -> None:
    height, width = image.shape[:2]
    photo = Photo(image, picture(height, width, seed, "noise")[..., 0])
    there, whole = one(group).apply(photo).alpha, Pipeline(group.steps).apply(photo).alpha
    assert photo.alpha is not None
    assert there is not None
    assert whole is not None
    expected = mixed(photo.alpha, whole, 0 if group.muted else group.strength)
    assert np.abs(there - expected).max() <= 1.01


def test_what_geometry_moves_counts_for_what_is_seen_of_it() -> None:
    """White is opaque at the left and black half seen at the right: mirrored and mixed by half, each counts so much."""
    image, alpha = np.zeros((8, 40, 3), np.uint8), np.full((8, 40), 128, np.uint8)
    image[:, :20], alpha[:, :20] = 255, 255
    steps = step("mirror", keep="left"), step("mirror", keep="top")
    out = one(Group(steps, strength=0.5)).apply(Photo(image, alpha))
    assert out.alpha is not None
    assert set(np.unique(out.alpha[:, 25:]).tolist()) <= {191, 192}  # (128 + 255) / 2
    assert np.abs(out.image[:, 25:] - 255 * 255 / (255 + 128)).max() <= 1
    assert np.all(out.image[:, :18] == 255)
    assert np.all(out.alpha[:, :18] == 255)


def test_what_is_hidden_does_not_show_through_a_group() -> None:
    alpha = np.zeros((30, 40), np.uint8)
    alpha[:, 20:] = 255
    group = Group((step("swirl", angle=90), step("gaussian_blur", radius=0.05)), strength=0.6)
    outs = []
    for hidden in (0, 255):
        image = picture(30, 40, 4)
        image[:, :20] = hidden
        outs.append(one(group, step("posterize", levels=3)).apply(Photo(image, alpha)))
    seen = outs[0].alpha > 0  # type: ignore[operator]
    assert np.array_equal(outs[0].image[seen], outs[1].image[seen])


def test_groups_of_colours_stay_in_the_run_and_others_are_one_pass() -> None:
    colours = Group((step("contrast"), step("saturation", amount=2)), strength=0.5)
    blurred = Group((step("contrast"), step("gaussian_blur")), strength=0.5)
    passes = plan_of((step("exposure"), colours, step("sepia"), blurred)).passes
    assert [type(item) for item in passes] == [PointwisePass, GroupPass]
    (first, *_), last = passes[0].steps, passes[1]
    assert isinstance(last, GroupPass)
    assert first == step("exposure")
    assert [type(item).__name__ for item in last.passes] == ["PointwisePass", "SpatialPass"]


def test_tones_in_a_group_are_still_one_table() -> None:
    group = Group((step("exposure"), step("contrast")), strength=0.5)
    assert len(stages((step("brightness"), group, step("gamma")))) == 1


def test_rounding_inside_a_group_is_not_amplified() -> None:
    steep = Group((step("hue_rotate", angle=40), step("gamma", gamma=5)), strength=0.9)
    (stage,) = stages((steep,))
    assert isinstance(stage, Mixture)
    assert error_at_end(stage.stages, 0) > MAX_ROUNDING_ERROR
    image = picture(60, 80)
    image[:20] //= 16
    assert cv2.absdiff(one(steep)(image), one(steep).plain(image)).max() <= 1


def test_a_mixture_inside_a_mixture_has_bands_of_its_own() -> None:
    strong = step("saturation", amount=3, strength=0.5), step("hue_rotate", angle=70, strength=0.6)
    stack = one(Group((*strong, step("contrast"), step("temperature_tint", strength=0.4)), strength=0.7), step("sepia"))
    image = picture(60, 80, 6)
    assert cv2.absdiff(stack(image), stack.plain(image)).max() <= 1


def test_large_pictures_in_bands_are_the_same_as_small_pieces() -> None:
    image = picture(1500, 2000, 2)
    stack = one(Group((step("saturation", amount=2), step("vibrance"), step("contrast")), strength=0.5))
    out = stack(image)
    for top in (0, 700, 1400):
        assert np.array_equal(out[top : top + 100], stack(image[top : top + 100]))


# What cuts an outline mixes colours as they are seen: half of it is the picture's own, half transparent.
OPAQUE = [name for name, look in LOOKS.items() if not any(step.effect.cuts for step in look.all_steps)]


@pytest.mark.slow
@pytest.mark.parametrize("name", OPAQUE)
def test_half_of_a_look_lies_half_way_to_it(name: str) -> None:
    image = picture(60, 80, 3, "smooth")
    half = one(LOOKS[name].group(strength=0.5))(image)
    assert np.abs(half - mixed(image, LOOKS[name](image), 0.5)).max() <= 2


def test_a_look_knows_its_title_and_a_sum_has_none() -> None:
    assert LOOKS["noir"].group().title == LOOK_BOOK["noir"].title
    assert LOOKS["noir"].group(title="Mine").title == "Mine"
    assert (LOOKS["noir"] + step("sepia")).group().title == ""
    assert Pipeline(LOOKS["noir"].steps) == LOOKS["noir"]


def test_steps_and_pipelines_and_groups_are_added() -> None:
    group, sepia = LOOKS["noir"].group(), step("sepia")
    assert (Pipeline((sepia,)) + group).steps == (sepia, group)
    assert (group + Pipeline((sepia,))).steps == (group, sepia)
    assert len(Pipeline((sepia, group))) == 2
    assert Pipeline((sepia, group)).all_steps == (sepia, *LOOKS["noir"])


def test_opened_steps_take_the_strength_over() -> None:
    group = Group((step("sepia", strength=0.5), step("invert", muted=True)), strength=0.5, title="Two")
    assert group.ungrouped() == (step("sepia", strength=0.25), step("invert", strength=0.5, muted=True))
    framed = Group((step("crop", width=0.5), step("sepia")), strength=0)
    assert one(*framed.ungrouped()).size(100, 100) == (100, 100)


def noise(seed: int) -> Image:
    return picture(24, 32, seed, "noise")


def test_time_in_a_group_goes_on_and_is_mixed() -> None:
    trails, blur = step("trails", half_life=1), step("gaussian_blur")
    grouped, alone = Stream(one(Group((trails, blur), strength=0.5))), Stream(one(trails, blur))
    for moment in range(4):
        out, whole = grouped(noise(moment), moment / 2), alone(noise(moment), moment / 2)
        assert np.abs(out - mixed(noise(moment), whole, 0.5)).max() <= 1
    assert [item.effects for item in grouped.timings] == [("trails", "gaussian_blur")]


def test_memory_survives_a_change_of_the_groups_strength_and_its_opening() -> None:
    first, second = step("trails", half_life=0.2), step("trails", half_life=3)
    stacks = [one(first, Group((step("sepia"), second), strength=strength)) for strength in (0.4, 0.9, 1.0)]
    stacks.append(one(first, step("sepia"), second))
    changing, steady = Stream(stacks[0]), Stream(stacks[3])
    for moment, stack in enumerate(stacks):
        changing.pipeline = stack
        out, whole = changing(noise(moment), moment / 2), steady(noise(moment), moment / 2)
    assert np.array_equal(out, whole)


def test_muting_a_group_leaves_others_their_own_past() -> None:
    trails = step("trails", half_life=1)
    running = Stream(one(Group((trails, step("sepia")), strength=0.5), trails))
    running(np.full((8, 8, 3), 200, np.uint8), 0)
    running.pipeline = one(Group((trails, step("sepia")), strength=0.5, muted=True), trails)
    left = running(np.zeros((8, 8, 3), np.uint8), 1)
    assert left.max() > 50


def test_chance_in_a_group_is_thrown_anew_in_a_video() -> None:
    for steps in ((step("grain", amount=0.8), step("sepia")), (step("grain", amount=0.8), step("gaussian_blur"))):
        running, grey = Stream(one(Group(steps, strength=0.5))), np.full((40, 40, 3), 128, np.uint8)
        first, later = running(grey, 0), running(grey, 1.5)
        assert np.array_equal(first, one(Group(steps, strength=0.5))(grey))
        assert not np.array_equal(first, later)
