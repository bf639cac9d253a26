"""Chance that a newcomer declares: a seed in the signature of any kind of effect, and nothing about time."""

from __future__ import annotations

import gc
import tracemalloc
from typing import Annotated

import cv2
import numpy as np
import pytest

from effects import EFFECTS, Pipeline, Stream
from effects.effect import Category, Effect, Kind
from effects.image import Colors, Elapsed, Frame, Image, Matrix, Memory, Place, Points, Values
from effects.kernels.film.grain import noise_tile
from effects.kernels.retro.vhs import blotches, kept_noise, snow
from effects.marks import Range, Seed
from effects.plan.passes import kept_maps, lower_run
from effects.plan.plan import plan_of
from tests.strategies import picture
from tests.tables import cube, warm

PHOTO = picture(90, 120, 3, "smooth")
shelf = Category("trying", "Trying", "Effects that tests make up.")
ChanceSeed = Annotated[int, Seed()]


@shelf.tone
def flicker(values: Values, *, seed: ChanceSeed = 0) -> Values:
    """Darken by chance."""
    return values * np.random.RandomState(seed).uniform(0.3, 1)


@shelf.matrix
def tint(*, seed: ChanceSeed = 0) -> Matrix:
    """Colour by chance."""
    return np.hstack([np.diag(np.random.default_rng(seed).uniform(0.3, 1, 3)), np.zeros((3, 1))])


@shelf.linear
def cast(*, seed: ChanceSeed = 0) -> Matrix:
    """Colour the light by chance."""
    return tint.function(seed=seed)


@shelf.color
def speckle(colors: Colors, *, place: Place, seed: ChanceSeed = 0) -> Colors:
    """Shade by chance, from left to right."""
    return colors * (0.6 + 0.4 * np.sin(np.random.default_rng(seed).uniform(3, 90) * place.x))[..., None]


@shelf.color
def stain(colors: Colors, *, seed: ChanceSeed = 0) -> Colors:
    """Shade the whole by chance."""
    return colors * np.random.default_rng(seed).uniform(0.3, 1)


@shelf.color(by_luma=True)
def ink(colors: Colors, *, seed: ChanceSeed = 0) -> Colors:
    """Grey, more or less."""
    return np.repeat(colors @ [[0.2126], [0.7152], [0.0722]], 3, axis=-1) * np.random.default_rng(seed).uniform(0.3, 1)


@shelf.geometric
def shake(points: Points, frame: Frame, *, seed: ChanceSeed = 0) -> Points:
    """Move by chance."""
    return points + np.random.default_rng(seed).uniform(0.1, 0.9, 2)


@shelf.spatial
def strew(image: Image, *, seed: ChanceSeed = 0) -> Image:
    """Strew by chance."""
    cv2.setRNGSeed(seed)
    return cv2.randn(np.empty_like(image), (128,) * 3, (20,) * 3)


@shelf.canvas(size=lambda rows, columns, **_: (rows + 2, columns))
def fringe(image: Image, *, seed: ChanceSeed = 0) -> Image:
    """Put a line of chance above and below."""
    line = np.random.default_rng(seed).integers(0, 256, (1, *image.shape[1:]), np.uint8)
    return np.vstack([line, image, line])


@shelf.temporal
def haunt(image: Image, before: Memory, *, elapsed: Elapsed, seed: ChanceSeed = 0) -> tuple[Image, Memory]:
    """Darken by chance, in time."""
    return (image * np.random.default_rng(seed).uniform(0.3, 1)).astype(np.uint8), before


@shelf.spatial
def pattern(image: Image, *, seed: Annotated[int, Seed(rate=0)] = 0) -> Image:
    """Lay a pattern over the picture that stays where it is."""
    return strew.function(image, seed=seed)


@pytest.mark.parametrize(
    "effect", [effect for name, effect in shelf.effects.items() if name != "pattern"], ids=lambda effect: effect.name
)
@pytest.mark.parametrize("beside", [(), ("curves", "sepia"), ("swirl",), ("trails",)], ids="+".join)
def test_whoever_declares_a_seed_is_thrown_anew_without_writing_anything(
    effect: Effect, beside: tuple[str, ...]
) -> None:
    step = effect.step(seed=999_999)
    others = [EFFECTS[name].step() for name in beside]
    for stack in ((step, *others), (*others, step)):
        pipeline = Pipeline(stack)
        still, one, other, again = (Stream(pipeline)(PHOTO, t) for t in (0.0, 1.0, 2.0, 1.0))
        np.testing.assert_array_equal(still, pipeline(PHOTO))
        np.testing.assert_array_equal(one, again)
        assert not np.array_equal(one, still)
        assert not np.array_equal(one, other)


def test_every_kind_is_among_them() -> None:
    assert {effect.kind for effect in shelf.effects.values()} == set(Kind)


def test_what_should_stand_still_says_so() -> None:
    one, other = (Stream(Pipeline((pattern.step(seed=seed),))) for seed in (1, 2))
    assert np.array_equal(one(PHOTO, 0.0), one(PHOTO, 5.0))
    assert not np.array_equal(one(PHOTO, 9.0), other(PHOTO, 9.0))


def test_a_table_and_a_seed_go_together() -> None:
    @shelf.color
    def worn(
        colors: Colors, *, place: Place, seed: ChanceSeed = 0, amount: Annotated[float, Range(0, 1)] = 0.5
    ) -> Colors:
        """Shade by chance."""
        return colors * (1 - amount * np.random.default_rng(seed).random())

    stack = Pipeline((EFFECTS["lut3d"].step(table=cube(warm, 9)), worn.step()))
    assert not np.array_equal(Stream(stack)(PHOTO, 1.0), Stream(stack)(PHOTO, 2.0))
    del shelf.effects["worn"]


@pytest.mark.slow
def test_what_is_kept_does_not_grow_with_a_long_video() -> None:
    kept = plan_of, lower_run, kept_maps, noise_tile, kept_noise, snow, blotches
    of_ours = [EFFECTS[name].step() for name in ("grain", "vhs", "glitch", "light_leak")]
    running = Stream(Pipeline((*of_ours, shake.step(), tint.step())))
    small = picture(60, 80)
    for number in range(20):
        running(small, number / 30)
    gc.collect()
    made = [cache.cache_info().misses for cache in kept]
    tracemalloc.start()
    try:
        held = []  # what other threads of the process begin to hold meanwhile they do once; what grows does each time
        for number in range(4 * 30):
            running(small, 2 + number / 30)
            if number % 30 == 29:
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
        assert min(np.diff(held)) < 750_000
    finally:
        tracemalloc.stop()
    assert [cache.cache_info().misses for cache in kept] == made
