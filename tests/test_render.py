"""Rendering: encoded bytes in, encoded bytes out, exactly what the pipeline gives, and not much memory on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from effects.codec import decode, encode
from effects.errors import DecodeError, EncodeError, LimitError, RecipeError
from effects.image import Image, Photo
from effects.pipeline import Pipeline
from effects.render import TILE_SIDE, render, tiles
from effects.workers.pool import Workers
from tests import hazards
from tests.pictures import exif, fade, gradient, written

STEPS = """{"version": 1, "steps": [
  {"effect": "exposure", "params": {"stops": 0.5}, "strength": 1.0, "muted": false},
  {"effect": "contrast", "params": {"amount": 1.2}, "strength": 1.0, "muted": false},
  {"effect": "saturation", "params": {"amount": 1.3}, "strength": 0.5, "muted": false},
  {"effect": "sepia", "params": {"amount": 0.3}, "strength": 1.0, "muted": false},
  {"effect": "posterize", "params": {"levels": 12}, "strength": 1.0, "muted": false}]}"""
TURNED = """{"version": 1, "steps": [
  {"effect": "mirror", "params": {}, "strength": 1.0, "muted": false},
  {"effect": "border", "params": {}, "strength": 1.0, "muted": false}]}"""
NO_STEPS = '{"version": 1, "steps": []}'


@pytest.mark.parametrize("recipe", [STEPS, TURNED], ids=["pointwise", "turned"])
def test_a_lossless_download_is_what_the_pipeline_gives(recipe: str) -> None:
    file = written(np.dstack([gradient(), fade()]), "WEBP", lossless=True, exact=True)
    result = decode(render(file, recipe, format="png"))
    expected = Pipeline.from_json(recipe).apply(Photo(gradient(), fade()))
    assert np.array_equal(result.image, expected.image)
    assert result.alpha is not None
    assert expected.alpha is not None
    assert np.array_equal(result.alpha, expected.alpha)


def test_the_picture_is_upright_before_the_first_step() -> None:
    file = written(gradient(), "PNG", exif=exif(6))
    assert np.array_equal(decode(render(file, TURNED, format="png")).image,
                          Pipeline.from_json(TURNED)(decode(file).image))  # fmt: skip


def test_the_longest_side_is_that_of_the_result() -> None:
    result = decode(render(written(gradient(), "PNG"), TURNED, format="png", max_side=40))
    assert max(result.image.shape) == 40


def test_the_recipe_travels_in_the_file_and_does_the_same_again() -> None:
    file = written(gradient(), "PNG")
    first = render(file, STEPS, format="png", embed_recipe=True)
    again = render(file, decode(first).metadata["recipe"], format="png")
    assert np.array_equal(decode(first).image, decode(again).image)


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "avif"])
def test_quality_and_format_are_those_asked_for(name: str) -> None:
    small = render(written(gradient(), "PNG"), STEPS, format=name, quality=30)
    assert decode(small).metadata["format"] == name
    if name != "png":
        assert len(small) < len(render(written(gradient(), "PNG"), STEPS, format=name, quality=95))


def test_tiles_together_are_the_picture_whatever_its_shape() -> None:
    file = written(np.tile(gradient(), (1, 18, 1)), "PNG")
    whole = Pipeline.from_json(STEPS)(decode(file).image)
    cut = tiles(file, STEPS)
    assert [*cut] == [(0, column) for column in range(len(cut))]
    together = np.hstack([decode(tile).image for tile in cut.values()])
    assert max(whole.shape) > TILE_SIDE
    assert together.shape == whole.shape
    assert np.abs(together.astype(int) - whole).mean() < 3, "JPEG's own share, with jumps between levels"


def test_each_mistake_has_its_own_error() -> None:
    with pytest.raises(RecipeError, match=r"steps\[0\]"):
        render(written(gradient(), "PNG"), '{"version": 1, "steps": [{"effect": "nothing"}]}')
    with pytest.raises(DecodeError, match="PDF"):
        render(b"%PDF-1.4", NO_STEPS)
    with pytest.raises(EncodeError, match="one of jpeg, png, webp, avif"):
        render(written(gradient(), "PNG"), STEPS, format="gif")


def test_a_picture_too_large_for_avif_is_told_what_to_do() -> None:
    with pytest.raises(LimitError, match="as JPEG, PNG or WebP"):
        encode(Photo(np.zeros((5001, 6000, 3), np.uint8)), "avif")


@cache
def photograph(megapixels: int) -> Image:
    """A smooth picture of 4:3 with a little grain, of about this size."""
    height = round((megapixels * 750_000) ** 0.5)
    rows = np.random.default_rng(0).integers(-2, 3, (height, 1, 1), np.int16)
    across = np.linspace(2, 253, height * 4 // 3).astype(np.int16)[None, :, None]
    return (across + rows).astype(np.uint8).repeat(3, 2)


@pytest.fixture
def worker() -> Iterator[Workers]:
    staff = Workers(count=1, seconds=60)
    yield staff
    staff.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(
    ("name", "hurry"),
    [
        ("jpeg", {}),
        ("avif", {"speed": 10}),
        pytest.param("png", {"compress_level": 1}, marks=pytest.mark.deep),
        pytest.param("webp", {"method": 0}, marks=pytest.mark.deep),
    ],
)
def test_a_worker_stays_small_up_to_twelve_megapixels(worker: Workers, name: str, hurry: dict[str, int]) -> None:
    file = written(photograph(12), name.upper(), quality=60, **hurry)
    assert worker.call(hazards.open_and_tell, file) <= 400


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.deep
@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
def test_a_worker_stays_below_a_gigabyte_up_to_the_limit(worker: Workers, name: str) -> None:
    assert worker.call(hazards.open_and_tell, encode(Photo(photograph(50)), name, quality=60)) <= 1000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_pointwise_stack_takes_at_most_four_times_the_decoded_picture(worker: Workers) -> None:
    picture = photograph(24)
    assert worker.call(hazards.render_and_tell, encode(Photo(picture)), STEPS) <= 4 * picture.nbytes / 2**20
