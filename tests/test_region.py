"""A part of a result: the same pixels as the whole has there, whatever the steps are."""

from __future__ import annotations

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Photo, Pipeline
from effects.effect import Kind
from effects.plan.region import Region
from effects.render import TILE_SIDE, decode, tiles
from tests.pictures import encoded, fade, gradient, photograph

PICTURE = photograph(210, 330)
REGIONS = [Region(0, 0, 210, 330), Region(37, 101, 160, 290), Region(209, 0, 210, 1)]
LOCAL = [name for name, effect in EFFECTS.items() if effect.kind.is_pointwise or effect.kind is Kind.GEOMETRIC]
STACKS = {
    "nothing": Pipeline(),
    "bent, then coloured": Pipeline((EFFECTS["contrast"].step(), EFFECTS["swirl"].step(), EFFECTS["grain"].step())),
    "bent by half": Pipeline((EFFECTS["swirl"].step(strength=0.5), EFFECTS["vignette"].step())),
    "blurred between": Pipeline((EFFECTS["grain"].step(), EFFECTS["gaussian_blur"].step(), EFFECTS["overlay"].step())),
    "turned": Pipeline((EFFECTS["rotate_flip"].step(), EFFECTS["overlay"].step(shape="radial", x=0.2))),
    "a look by half": Pipeline((LOOKS["noir"].group(0.5),)),
}


def is_same_everywhere(pipeline: Pipeline, photo: Photo) -> bool:
    whole = pipeline.apply(photo)
    for region in REGIONS:
        image, alpha = pipeline.plan.apply_to_region(photo.image, photo.alpha, region)
        there = slice(region.top, region.bottom), slice(region.left, region.right)
        if not np.array_equal(image, whole.image[there]):
            return False
        if whole.alpha is not None and (alpha is None or not np.array_equal(alpha, whole.alpha[there])):
            return False
    return True


@pytest.mark.parametrize("name", LOCAL)
def test_each_effect_on_colours_or_places_is_the_same_in_a_part(name: str) -> None:
    assert is_same_everywhere(Pipeline((EFFECTS[name].step(),)), Photo(PICTURE))


@pytest.mark.parametrize("pipeline", STACKS.values(), ids=STACKS)
def test_a_stack_is_the_same_in_a_part_whatever_comes_first(pipeline: Pipeline) -> None:
    assert is_same_everywhere(pipeline, Photo(PICTURE))


def test_what_is_transparent_is_the_same_in_a_part() -> None:
    photo = Photo(np.tile(gradient(), (4, 6, 1)), np.tile(fade(), (4, 6)))
    height, width = photo.image.shape[:2]
    pipeline = Pipeline((EFFECTS["swirl"].step(), EFFECTS["sepia"].step()))
    image, alpha = pipeline.plan.apply_to_region(photo.image, photo.alpha, Region(5, 7, height - 3, width - 2))
    whole = pipeline.apply(photo)
    assert whole.alpha is not None
    assert alpha is not None
    assert np.array_equal(image, whole.image[5:-3, 7:-2])
    assert np.array_equal(alpha, whole.alpha[5:-3, 7:-2])


def test_tiles_that_are_asked_for_are_those_of_the_whole() -> None:
    file = encoded(np.tile(PICTURE, (1, 8, 1)))
    recipe = STACKS["bent, then coloured"].to_json()
    whole = tiles(file, recipe)
    asked = tiles(file, recipe, asked=(range(1), range(1, 99)))
    assert [*asked] == [(0, 1), (0, 2)]
    assert decode(asked[0, 2]).image.shape == (210, 330 * 8 - 2 * TILE_SIDE, 3)
    assert all(tile == whole[place] for place, tile in asked.items())
