"""Small pictures of a photo: made once, and telling for effects that need time as well."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as PILImage

from effects import EFFECTS, Photo, Pipeline
from effects.catalogue.motion import motion
from effects.image import Image
from pages.components.picker.thumbnails import SIDE, Thumbnails
from tests.pictures import difference
from tests.scene import scene


def opened(file: bytes) -> Image:
    return np.asarray(PILImage.open(io.BytesIO(file)).convert("RGB"))


@pytest.mark.parametrize("name", motion.effects)
def test_an_effect_of_time_shows_a_picture_that_moved(name: str) -> None:
    """On a still they change nothing or, as with what stands still in grey, everything."""
    thumbnails = Thumbnails(Photo(scene()))
    still, shown = opened(thumbnails.of(Pipeline())), opened(thumbnails.of(Pipeline((EFFECTS[name].step(),))))
    assert max(shown.shape[:2]) == SIDE
    apart = np.abs(shown.astype(int) - still).max(axis=2) > 24
    assert 0.05 < apart.mean() < 0.9


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (3, 5)])
def test_the_smallest_photo_has_a_thumbnail_under_any_effect_of_time(shape: tuple[int, int]) -> None:
    thumbnails = Thumbnails(Photo(np.full((*shape, 3), 90, np.uint8)))
    for effect in motion.effects.values():
        assert opened(thumbnails.of(Pipeline((effect.step(),)))).size


def test_a_thumbnail_is_made_once() -> None:
    thumbnails, sepia = Thumbnails(Photo(scene())), Pipeline((EFFECTS["sepia"].step(),))
    assert thumbnails.missing([sepia]) == [sepia]
    assert thumbnails.made(sepia) == b""
    made = thumbnails.of(sepia)
    assert thumbnails.made(sepia) is made
    assert thumbnails.missing([sepia]) == []
    assert difference(opened(made), opened(thumbnails.of(Pipeline())))[0] > 5


def test_what_has_to_find_somebody_is_made_last() -> None:
    thumbnails = Thumbnails(Photo(scene()))
    found = Pipeline((EFFECTS["exposure"].step(mask=[{"kind": "face"}]),))
    cut, quick = (Pipeline((EFFECTS[name].step(),)) for name in ("cut_out", "sepia"))
    assert thumbnails.missing([found, cut, quick]) == [quick, found, cut]
