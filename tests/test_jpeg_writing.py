"""JPEGs as they are written: by OpenCV's encoder, to the same byte as by Pillow's, which puts its own beside them."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as PILImage

from effects.codec import decode, encode
from effects.codec.companions import companions
from effects.codec.writing import on_white, write_jpeg
from effects.image import Photo
from tests.pictures import exif, gradient

SIDES = [(1, 1), (17, 33), (200, 301)]

LONG_PROFILE = bytes(range(256)) * 600
"""Longer than two segments hold."""


def by_pillow(photo: Photo, quality: int, subsampling: int, **beside: bytes | None) -> bytes:
    """The file that Pillow writes of the same."""
    image = photo.image if photo.alpha is None else on_white(photo.image, photo.alpha)
    file = io.BytesIO()
    picture = PILImage.fromarray(image)
    picture.save(file, "jpeg", quality=quality, subsampling=subsampling, **{k: v for k, v in beside.items() if v})
    return file.getvalue()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("quality", "subsampling"), [(1, 2), (85, 2), (90, 2), (91, 0), (100, 0)])
def test_the_file_is_the_one_that_pillow_writes(side: tuple[int, int], quality: int, subsampling: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (*side, 3), np.uint8)
    photo = Photo(pixels)
    profile = companions(photo, "strip", None).icc
    assert encode(photo, quality=quality) == by_pillow(photo, quality, subsampling, icc_profile=profile)


def test_so_it_is_with_all_that_may_stand_beside_the_pixels() -> None:
    photo = Photo(gradient(40, 60), np.tile(np.arange(60, dtype=np.uint8) * 4, (40, 1)))
    said = exif().tobytes()
    for profile in (companions(photo, "strip", None).icc, LONG_PROFILE):
        beside = replace(companions(photo, "strip", None), icc=profile, exif=said)
        file = write_jpeg(photo, 80, False, beside)
        assert file == by_pillow(photo, 80, 2, icc_profile=profile, exif=said)
        assert PILImage.open(io.BytesIO(file)).info["icc_profile"] == profile


def test_a_recipe_beside_them_is_found_again() -> None:
    recipe = '{"version": 1, "steps": []}'
    assert decode(encode(Photo(gradient(20, 30)), recipe=recipe)).metadata.recipe == recipe
