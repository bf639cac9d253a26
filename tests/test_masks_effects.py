"""Every effect but those that change the canvas, under every kind of mask: what strength as a map promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, Group, Photo, Pipeline, Step, Stream
from effects.effect import Kind
from effects.image import Image
from effects.masks.blending import blend
from effects.masks.maps import map_of
from effects.masks.mask import read_mask
from effects.plan.masked import MaskedPass
from effects.plan.plan import plan_of
from effects.plan.region import Region
from tests.masks import ALL, KINDS, NONE, masks
from tests.strategies import picture, pictures, stacks_with_groups, steps
from tests.test_plan import share_at_jumps

NAMES = [name for name, effect in EFFECTS.items() if effect.kind is not Kind.CANVAS and not effect.finds]
IMAGE = picture(96, 128, 5)
EXPOSURE, BLUR = EFFECTS["exposure"].step(stops=0.3), EFFECTS["gaussian_blur"].step(radius=0.02)


def masked(name: str, *shapes: dict[str, Any], **more: Any) -> Step:
    return EFFECTS[name].step(mask=shapes, **more)


def mixed(mask: list[dict[str, Any]], before: Image, after: Image) -> Any:
    where = map_of(read_mask(mask), before).plane[..., None] / 255
    return before + where * (after - before.astype(float))


@pytest.mark.parametrize("name", NAMES)
def test_an_effect_counts_as_much_as_its_mask_is(name: str) -> None:
    whole = Pipeline((EFFECTS[name].step(),))(IMAGE)
    for kind in KINDS.values():
        step = Pipeline((masked(name, kind),))
        assert np.abs(step(IMAGE) - mixed([kind], IMAGE, whole)).max() <= 0.51
        # The blend is written over what the step made: neither that nor the picture may be kept by anybody.
        assert cv2.absdiff(step(IMAGE), step.plain(IMAGE)).max() <= 2
    assert np.array_equal(IMAGE, picture(96, 128, 5))
    assert np.array_equal(Pipeline((EFFECTS[name].step(),))(IMAGE), whole)


@pytest.mark.deep
@pytest.mark.parametrize("name", NAMES)
@given(chance=st.data())
def test_an_effect_counts_as_much_as_any_mask_is(name: str, chance: st.DataObject) -> None:
    mask, step = chance.draw(masks()), chance.draw(steps(EFFECTS[name]))
    image = chance.draw(pictures())
    where, whole = Pipeline((replace(step, mask=read_mask(mask)),)), Pipeline((step,))(image)
    assert np.abs(where(image) - mixed(mask, image, whole)).max() <= 0.51


@given(stack=stacks_with_groups(set(Kind) - {Kind.CANVAS}, 3), first=masks(), second=masks(), image=pictures())
def test_stacks_under_masks_are_near_their_plain_way(
    stack: Pipeline, first: list[dict[str, Any]], second: list[dict[str, Any]], image: Image
) -> None:
    """A blend adds a rounding before and after it to those of a run, which may be two levels off by itself."""
    one, two = read_mask(first), read_mask(second)
    for index, item in enumerate(stack):
        alone = Pipeline((replace(item, mask=one if index % 2 else two),))
        far = cv2.absdiff(alone(image), alone.plain(image)) > 3
        assert far.mean() <= share_at_jumps(Pipeline((item,)))


@pytest.mark.parametrize("name", NAMES)
def test_all_is_no_mask_and_nothing_is_no_step_bit_by_bit(name: str) -> None:
    step = EFFECTS[name].step(strength=0.7)
    for around in ((), (EXPOSURE,), (BLUR,)):
        full = Pipeline((*around, masked(name, ALL, strength=0.7), *around))
        none = Pipeline((*around, masked(name, NONE, strength=0.7), *around))
        assert np.array_equal(full(IMAGE), Pipeline((*around, step, *around))(IMAGE))
        assert np.array_equal(none(IMAGE), Pipeline((*around, *around))(IMAGE))


def test_where_a_read_mask_is_all_or_nothing_no_bit_differs() -> None:
    image = IMAGE.copy()
    image[:, :64], image[:, 64:] = 230, 20
    for name in NAMES:
        out = Pipeline((masked(name, {"kind": "luma", "low": 0.8}),))(image)
        whole = Pipeline((EFFECTS[name].step(),))(image)
        assert np.array_equal(out[:, 64:], image[:, 64:])
        assert np.array_equal(out[:, :64], whole[:, :64])


def test_steps_that_share_a_mask_are_one_run_and_one_blend() -> None:
    shape = KINDS["radial"]
    stack = Pipeline((masked("exposure", shape), masked("saturation", shape), masked("gaussian_blur", shape)))
    (one_pass,) = stack.plan.passes
    assert isinstance(one_pass, MaskedPass)
    assert len(one_pass.passes) == 2
    bare = Pipeline((EFFECTS["exposure"].step(), EFFECTS["saturation"].step(), EFFECTS["gaussian_blur"].step()))
    assert np.abs(stack(IMAGE) - mixed([shape], IMAGE, bare(IMAGE))).max() <= 0.51
    other = masked("sepia", {**shape, "feather": 0.2})
    assert len((stack + other).plan.passes) == 2


@pytest.mark.parametrize(
    "names", [("vignette",), ("exposure", "saturation", "vignette"), ("gaussian_blur", "saturation")]
)
def test_colours_are_the_same_bit_by_bit_though_worked_on_only_where_the_mask_is(names: tuple[str, ...]) -> None:
    bare = Pipeline(tuple(EFFECTS[name].step() for name in names))
    for x, rx in ((0.3, 0.25), (0.8, 0.1), (0.5, 0.6)):
        shape = {"kind": "radial", "x": x, "rx": rx, "ry": 0.3, "feather": 0.1}
        stack = Pipeline(tuple(masked(name, shape) for name in names))
        meant = blend(IMAGE, bare(IMAGE), map_of(read_mask([shape]), IMAGE).plane)
        assert np.array_equal(stack(IMAGE), meant)


def test_what_is_read_from_the_picture_is_read_from_what_the_step_sees() -> None:
    light = {"kind": "luma", "low": 0.7}
    dark = EFFECTS["exposure"].step(stops=-3)
    assert np.array_equal(Pipeline((dark, masked("invert", light)))(IMAGE), Pipeline((dark,))(IMAGE))


def test_crops_and_turns_before_a_mask_move_nothing_of_it() -> None:
    step, cut = masked("invert", KINDS["linear"]), EFFECTS["crop"].step(x=0.25, width=0.5)
    assert np.array_equal(Pipeline((cut, step))(IMAGE), Pipeline((step,))(Pipeline((cut,))(IMAGE)))


def test_a_group_has_a_mask_and_its_steps_have_theirs() -> None:
    inner = masked("invert", KINDS["linear"]), EFFECTS["gaussian_blur"].step()
    for strength in (1, 0.5):
        group = Pipeline((Group(inner, strength, mask=read_mask([KINDS["radial"]])),))
        whole = Pipeline((Group(inner, strength),))(IMAGE)
        assert np.abs(group(IMAGE) - mixed([KINDS["radial"]], IMAGE, whole)).max() <= 0.51
        assert cv2.absdiff(group(IMAGE), group.plain(IMAGE)).max() <= 2


def test_masks_lie_alike_on_a_preview_and_on_the_shrunk_export() -> None:
    large = cv2.GaussianBlur(picture(900, 1200, 2, "smooth"), (0, 0), 6)
    small = cv2.resize(large, (400, 300), interpolation=cv2.INTER_AREA)
    for kind, shape in KINDS.items():
        stack = Pipeline((masked("exposure", shape, stops=-2), masked("gaussian_blur", {**shape, "invert": True})))
        export = cv2.resize(stack(large), (400, 300), interpolation=cv2.INTER_AREA)
        assert cv2.PSNR(export, stack(small)) >= 40, kind


def test_a_part_of_a_masked_picture_is_that_of_the_whole() -> None:
    stack = Pipeline((masked("exposure", *KINDS.values()), EFFECTS["vignette"].step(), masked("sepia", KINDS["brush"])))
    part, _ = stack.plan.apply_to_region(IMAGE, None, Region(10, 20, 60, 90))
    assert np.array_equal(part, stack(IMAGE)[10:60, 20:90])


def test_transparency_moves_where_the_mask_is() -> None:
    alpha = np.zeros((96, 128), np.uint8)
    alpha[:, :40] = 255
    mask = [KINDS["linear"]]
    photo = Pipeline((masked("mirror", *mask, keep="left"),)).apply(Photo(IMAGE, alpha))
    whole = Pipeline((EFFECTS["mirror"].step(keep="left"),)).apply(Photo(IMAGE, alpha))
    assert photo.alpha is not None
    assert whole.alpha is not None
    where = map_of(read_mask(mask), IMAGE).plane / 255
    assert np.abs(photo.alpha - (alpha + where * (whole.alpha - alpha.astype(float)))).max() <= 0.51
    share = np.where(photo.alpha > 0, where * whole.alpha / np.maximum(photo.alpha, 1), 0)[..., None]
    seen = photo.alpha > 100
    colours = IMAGE + share * (whole.image - IMAGE.astype(float))
    assert np.abs(photo.image - colours)[seen].max() <= 3


def test_what_is_hidden_changes_no_mask() -> None:
    alpha = np.zeros((96, 128), np.uint8)
    alpha[:, 50:] = 255
    stack = Pipeline((masked("gaussian_blur", {"kind": "luma", "low": 0.6, "feather": 0.1}, radius=0.05),))
    outs = []
    for hidden in (0, 255):
        image = IMAGE.copy()
        image[:, :50] = hidden
        outs.append(stack.apply(Photo(image, alpha)).image[:, 50:])
    assert np.array_equal(outs[0], outs[1])


def test_masks_lie_on_the_frames_of_a_video_and_memory_goes_on() -> None:
    plain, shape = Stream(Pipeline((EFFECTS["trails"].step(half_life=1),))), KINDS["linear"]
    stream = Stream(Pipeline((masked("trails", shape, half_life=1), masked("grain", KINDS["luma"]))))
    for moment in range(3):
        frame = picture(48, 64, moment, "noise")
        trails = plain(frame, moment / 2)
        out = stream(frame, moment / 2)
        half = np.rint(mixed([shape], frame, trails)).astype(np.uint8)
        grain = Stream(Pipeline((EFFECTS["grain"].step(),)))
        assert np.abs(out - mixed([KINDS["luma"]], half, grain(half, moment / 2))).max() <= 1
    nowhere = Stream(Pipeline((masked("trails", NONE), EFFECTS["trails"].step(half_life=1))))
    again = Stream(Pipeline((EFFECTS["trails"].step(muted=True), EFFECTS["trails"].step(half_life=1))))
    for moment in range(3):
        frame = picture(48, 64, moment, "noise")
        assert np.array_equal(nowhere(frame, moment / 2), again(frame, moment / 2))


def test_no_table_holds_what_a_mask_keeps_apart() -> None:
    file = Pipeline((masked("sepia", KINDS["luma"]), EFFECTS["exposure"].step())).to_cube(17)
    assert file.left_out == ("sepia",)
    assert plan_of((masked("sepia", NONE),)).settled(96, 128).changes_nothing


def test_a_moment_of_a_video_is_kept_where_a_mask_is_everywhere_in_a_picture() -> None:
    where, everywhere = plan_of((masked("grain", ALL),)), plan_of((EFFECTS["grain"].step(),))
    first, later = (where.at(t).apply(IMAGE)[0] for t in (0.0, 1.0))
    assert np.array_equal(later, everywhere.at(1.0).apply(IMAGE)[0])
    assert not np.array_equal(first, later)
    part = where.at(1.0).apply_to_region(IMAGE, None, Region(10, 20, 50, 60))[0]
    assert np.array_equal(part, later[10:50, 20:60])
