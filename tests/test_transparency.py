"""What nobody sees changes nothing that one sees: every effect and the thumbnails."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, Photo, Pipeline
from effects.effect import Effect, Kind
from pages.components.picker.thumbnails import Thumbnails
from tests.shares import few, in_turn
from tests.strategies import picture, small_steps, steps
from tests.transparent import alpha_of, apart, cutout, disguised, opacity

pytestmark = pytest.mark.slow

# Those that ask networks are tried in test_people.py.
SHELF = {name: effect for name, effect in EFFECTS.items() if not effect.finds}

every_effect = pytest.mark.parametrize("effect", SHELF.values(), ids=SHELF.keys())

ALIKE = 4
"""Levels by which two pictures that look alike may differ, over black and over white."""

sizes = st.tuples(st.integers(1, 40), st.integers(1, 40))
styles = st.sampled_from(["hard", "soft", "noise", "specks", "hardly"])


@every_effect
@few
@given(data=st.data(), size=sizes, seed=st.integers(0, 2**16), style=styles)
def test_pictures_that_look_alike_look_alike_after_every_effect(
    effect: Effect, data: st.DataObject, size: tuple[int, int], seed: int, style: str
) -> None:
    image, alpha = picture(*size, seed), opacity(*size, seed, style)
    pipeline = Pipeline((data.draw(small_steps(effect, size)),))
    one = pipeline.apply(Photo(disguised(image, alpha, seed), alpha))
    other = pipeline.apply(Photo(disguised(image, alpha, seed + 1), alpha))
    assert apart(one, other) <= ALIKE


@cache
@cache
def alike(style: str) -> tuple[Photo, Photo]:
    """Two photos that look alike, large enough for blurs that shrink and for threads that share."""
    image, alpha = picture(700, 801, 4, "smooth"), opacity(700, 801, 4, style)
    return Photo(disguised(image, alpha, 2), alpha), Photo(disguised(image, alpha, 3), alpha)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "style"), in_turn(SHELF, ["hard", "soft", "noise", "hardly"]))
def test_they_do_at_a_size_where_blurs_shrink_and_threads_share(name: str, style: str) -> None:
    pipeline = Pipeline((EFFECTS[name].step(),))
    one, other = (pipeline.apply(photo) for photo in alike(style))
    assert apart(one, other) <= ALIKE


@every_effect
@few
@given(data=st.data(), seed=st.integers(0, 2**16), style=styles)
def test_what_is_wholly_hidden_changes_not_a_bit(effect: Effect, data: st.DataObject, seed: int, style: str) -> None:
    image, alpha = picture(31, 40, seed), opacity(31, 40, seed, style)
    # A jump after it would show the least difference.
    pipeline = Pipeline((data.draw(small_steps(effect, (31, 40))), EFFECTS["posterize"].step(levels=2)))
    one, other = (pipeline.apply(Photo(disguised(image, alpha, seed + add, 0), alpha)) for add in (0, 1))
    seen = alpha_of(one) > 0
    assert np.array_equal(alpha_of(one), alpha_of(other))
    assert np.array_equal(one.image[seen], other.image[seen])


@pytest.mark.slow
@every_effect
@few
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_an_alpha_that_hides_nothing_counts_for_nothing(effect: Effect, data: st.DataObject, seed: int) -> None:
    image, pipeline = picture(21, 30, seed), Pipeline((data.draw(small_steps(effect, (21, 30))),))
    out = pipeline.apply(Photo(image, np.full((21, 30), 255, np.uint8)))
    assert np.array_equal(out.image, pipeline(image))
    assert alpha_of(out).min() == 255


@pytest.mark.slow
@pytest.mark.parametrize("effect", [e for e in EFFECTS.values() if e.kind.is_pointwise], ids=lambda e: e.name)
@few
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_a_color_step_does_to_visible_pixels_what_it_always_does(
    effect: Effect, data: st.DataObject, seed: int
) -> None:
    image, alpha = picture(21, 30, seed), opacity(21, 30, seed, "noise")
    pipeline = Pipeline((data.draw(steps(effect)),))
    out = pipeline.apply(Photo(image, alpha))
    assert np.array_equal(out.image[alpha > 0], pipeline(image)[alpha > 0])


@pytest.mark.parametrize("effect", [e for e in SHELF.values() if e.kind is Kind.SPATIAL], ids=lambda e: e.name)
def test_steps_at_once_are_steps_one_by_one(effect: Effect) -> None:
    photo = Photo(picture(60, 80, 1), opacity(60, 80, 1, "soft"))
    first, second = effect.step(strength=0.6), EFFECTS["unsharp_mask"].step(radius=0.03, amount=2.0)
    there = Pipeline((first, second)).apply(photo)
    one_by_one = Pipeline((second,)).apply(Pipeline((first,)).apply(photo))
    assert np.array_equal(there.image, one_by_one.image)


def test_thumbnails_show_no_hidden_colour() -> None:
    photo = cutout(600, 800, "hard")
    other = Photo(disguised(photo.image, alpha_of(photo), 7), photo.alpha)
    for name in ("sepia", "trails", "gaussian_blur", "swirl"):
        pipeline = Pipeline((EFFECTS[name].step(),))
        assert Thumbnails(photo).of(pipeline) == Thumbnails(other).of(pipeline)
