"""Every promise, asked of every effect."""

import json
from functools import cache
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.catalogue import CATEGORIES, EFFECTS
from effects.effect import Effect, Kind, RecipeError, Step
from effects.image import Image
from effects.marks import Choice, Range, Seed, Swatch, Text, Toggle
from effects.pipeline import Pipeline
from effects.plan.passes import PASSES, kept_maps, lower_run
from effects.plan.plan import plan_of
from tests.shares import few, several
from tests.strategies import params, picture, pictures, small_steps, steps

# Networks take half a second of each new picture: what holds for effects that ask them is tried in test_people.py.
SHELF = [effect for effect in EFFECTS.values() if not effect.finds]

every_effect = pytest.mark.parametrize("effect", SHELF, ids=lambda e: e.name)
of_fixed_size = pytest.mark.parametrize(
    "effect", [effect for effect in SHELF if effect.kind is not Kind.CANVAS], ids=lambda e: e.name
)

without_chance = pytest.mark.parametrize(
    "effect",
    [effect for effect in SHELF if not any(isinstance(param.mark, Seed) for param in effect.params)],
    ids=lambda e: e.name,
)


def worst(one: Image, other: Image) -> int:
    return int(cv2.absdiff(one, other).max())


@every_effect
@several
@given(data=st.data(), image=pictures())
def test_a_picture_comes_out_and_the_one_that_went_in_is_untouched(
    effect: Effect, data: st.DataObject, image: Image
) -> None:
    before = image.copy()
    out = Pipeline((data.draw(small_steps(effect, image)),))(image)
    assert out.dtype == np.uint8
    assert out.ndim == 3
    assert min(out.shape) > 0
    assert out.flags.c_contiguous
    assert effect.kind is Kind.CANVAS or out.shape == image.shape
    assert np.array_equal(image, before)


@every_effect
@few
@given(data=st.data(), image=pictures(24))
def test_the_same_step_gives_the_same_bits(effect: Effect, data: st.DataObject, image: Image) -> None:
    step = data.draw(small_steps(effect, image))
    again = Step(effect, step.params, step.strength)
    first = Pipeline((step,))(image).copy()
    for kept in (plan_of, lower_run, kept_maps):
        kept.cache_clear()
    assert np.array_equal(Pipeline((again,))(image), first)


@every_effect
@several
@given(data=st.data(), image=pictures())
def test_what_the_plan_makes_is_what_the_definition_says(effect: Effect, data: st.DataObject, image: Image) -> None:
    pipeline = Pipeline((data.draw(small_steps(effect, image)),))
    fused, plain = pipeline(image), pipeline.plain(image)
    assert fused.shape == plain.shape
    jumps = effect.name == "posterize"
    far = cv2.absdiff(fused, plain) > (2 if effect.kind is Kind.COLOR else 1)
    assert far.mean() <= (0.01 if jumps else 0)


@every_effect
@few
@given(image=pictures())
def test_neutral_parameters_and_no_strength_change_nothing(effect: Effect, image: Image) -> None:
    assert np.array_equal(Pipeline((effect.step(strength=0),))(image), image)
    assert np.array_equal(Pipeline((effect.step(muted=True),))(image), image)
    neutral = {param.name: param.mark.neutral for param in effect.params if param.mark.neutral is not None}
    if neutral:
        step = Step(effect, neutral)
        assert np.array_equal(Pipeline((step,))(image), image)
        # What the plan leaves out is left out for a reason: done all the same, it would not show.
        assert worst(PASSES[effect.kind]((step,)).image(image), image) <= 1


@of_fixed_size
@several
@given(data=st.data(), image=pictures(), strength=st.floats(0, 1))
def test_strength_mixes_the_effect_with_what_came_in(
    effect: Effect, data: st.DataObject, image: Image, strength: float
) -> None:
    chosen = data.draw(params(effect))
    whole = Pipeline((effect.step(**chosen),)).plain(image).astype(float)
    expected = image + strength * (whole - image)
    mixed = Pipeline((effect.step(strength=strength, **chosen),))(image)
    allowed = 2 if effect.kind is Kind.COLOR else 1
    far = np.abs(mixed - expected) > allowed + 0.501
    assert far.mean() <= (0.01 if effect.name == "posterize" else 0)


@every_effect
@few
@given(data=st.data())
def test_a_strided_view_is_as_good_as_a_copy(effect: Effect, data: st.DataObject) -> None:
    view = picture(30, 46)[::-2, 1::3]
    step = data.draw(small_steps(effect, view))
    assert np.array_equal(Pipeline((step,))(view), Pipeline((step,))(view.copy()))


@cache
def small_and_large() -> tuple[Image, Image]:
    """The same picture as one edits it and as it is."""
    large = cv2.GaussianBlur(picture(900, 1200, 5, "smooth"), (0, 0), 3)
    cv2.circle(large, (430, 400), 210, (240, 200, 170), -1, cv2.LINE_AA)
    cv2.rectangle(large, (700, 500), (1100, 820), (20, 40, 90), -1)
    return cv2.resize(large, (400, 300), interpolation=cv2.INTER_AREA), large


@pytest.mark.slow
@without_chance
def test_the_preview_shows_what_the_export_will_be(effect: Effect) -> None:
    preview, export = map(Pipeline((effect.step(),)), small_and_large())
    shrunk = cv2.resize(export, preview.shape[1::-1], interpolation=cv2.INTER_AREA)
    side = 0.01 * min(preview.shape[:2])
    softened = cv2.PSNR(cv2.GaussianBlur(preview, (0, 0), side), cv2.GaussianBlur(shrunk, (0, 0), side))
    assert max(cv2.PSNR(preview, shrunk), softened) >= 30


@every_effect
@few
@given(data=st.data())
def test_a_recipe_survives_the_trip(effect: Effect, data: st.DataObject) -> None:
    pipeline = Pipeline((data.draw(steps(effect)),))
    assert Pipeline.from_json(pipeline.to_json(), pipeline.tables) == pipeline
    assert Pipeline.from_link(pipeline.to_link(), pipeline.tables) == pipeline
    assert list(json.loads(pipeline.to_json())["steps"][0]["params"]) == [param.name for param in effect.params]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.deep if effect.finds else ())
        for name, effect in EFFECTS.items()
        if any(param.when.param for param in effect.params)
    ],
)
@several
@given(data=st.data(), image=pictures(24))
def test_a_parameter_changes_nothing_where_it_does_not_count(name: str, data: st.DataObject, image: Image) -> None:
    effect = EFFECTS[name]
    asked: dict[str, Any] = {**data.draw(small_steps(effect, image)).params}
    others = data.draw(params(effect))
    idle = {param.name: others[param.name] for param in effect.params if not param.when.holds(asked)}
    one, other = Pipeline((effect.step(**asked),)), Pipeline((effect.step(**(asked | idle)),))
    np.testing.assert_array_equal(one(image), other(image))


@every_effect
def test_a_wrong_value_is_refused_by_name(effect: Effect) -> None:
    for param in effect.params:
        wrong: list[Any]
        match param.mark:
            case Range() | Seed():
                wrong = [param.mark.low - 1, param.mark.high + 1, float("nan"), float("inf"), True, "1", None]
            case Choice() | Swatch():
                wrong = ["nothing like it", 3, None]
            case Toggle():
                wrong = [1, "true", None]
            case Text():
                wrong = ["x" * (param.mark.max_length + 1), "\x00", "\ud800", 3]
            case _:
                wrong = [3.5, object()]
        for value in wrong:
            with pytest.raises(RecipeError, match=rf"{effect.name}: {param.name} .*") as caught:
                effect.step(**{param.name: value})
            assert len(str(caught.value)) <= 400


@every_effect
def test_an_effect_can_be_read_on_a_card(effect: Effect) -> None:
    assert effect.category in CATEGORIES
    assert effect.summary.endswith(".")
    assert 20 <= len(effect.summary) <= 110
    assert effect.title[0].isupper() or effect.title[0].isdigit()
    assert effect.description.count("\n") > 1, "how it works, or its source, is missing"
    assert len({param.name for param in effect.params} & {"strength", "sigma", "ksize", "intensity"}) == 0


@pytest.mark.parametrize(
    "effect", [effect for effect in EFFECTS.values() if effect.kind is Kind.TONE], ids=lambda e: e.name
)
@several
@given(data=st.data(), channel=st.integers(0, 2), seed=st.integers(0, 99))
def test_a_tone_never_mixes_channels(effect: Effect, data: st.DataObject, channel: int, seed: int) -> None:
    pipeline = Pipeline((data.draw(steps(effect)),))
    one, other = picture(9, 9, seed, "noise"), picture(9, 9, seed + 100, "noise")
    other[..., channel] = one[..., channel]
    assert np.array_equal(pipeline(one)[..., channel], pipeline(other)[..., channel])
