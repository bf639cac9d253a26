"""A glance sees of a large picture what a small copy shows, and nothing of what is transparent."""

from __future__ import annotations

import numpy as np
import pytest

from effects.glance import GLANCE_SIDE, glance
from effects.image import Photo
from tests.strategies import picture


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (700, 3), (512, 512), (513, 40), (1500, 2200)])
def test_a_copy_is_no_larger_than_asked_and_no_side_is_lost(size: tuple[int, int]) -> None:
    seen = glance(picture(*size))
    assert 1 <= min(seen.image.shape[:2]) <= max(seen.image.shape[:2]) <= GLANCE_SIDE
    assert seen.shares.sum() == pytest.approx(1)
    assert seen.shares.shape == seen.colors.shape[:1]


def test_a_small_picture_is_seen_as_it_is() -> None:
    image = picture(40, 60)
    assert np.array_equal(glance(image).image, image)
    assert np.array_equal(glance(image[::-2, ::3]).image, image[::-2, ::3])


def test_what_is_transparent_has_no_colour() -> None:
    """Red where it is opaque, blue where it cannot be seen, and stripes of both between."""
    image = np.zeros((1200, 1600, 3), np.uint8)
    alpha = np.zeros((1200, 1600), np.uint8)
    image[:, :, 2], alpha[:, :700], alpha[:, 700:1100:4] = 255, 255, 255
    image[alpha > 0] = (200, 0, 0)
    seen = glance(Photo(image, alpha))
    assert seen.weight is not None
    assert np.array_equal(np.unique(seen.image[seen.weight > 0].reshape(-1, 3), axis=0), [[200, 0, 0]])
    assert seen.shares @ seen.colors == pytest.approx([200 / 255, 0, 0])


def test_nothing_is_seen_of_a_picture_without_any_opacity() -> None:
    seen = glance(Photo(picture(30, 40), np.zeros((30, 40), np.uint8)))
    assert seen.shares.sum() == 0


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(TypeError, match="a picture is a uint8 array"):
        glance(np.zeros((4, 4), np.uint8))
