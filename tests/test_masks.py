"""A mask's map is what its formula says, at every size."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from effects.image import Frame
from effects.masks.blending import EVERYWHERE, MIXED, NOWHERE, blend, blend_band, columns_where, parts_of
from effects.masks.maps import kept_map, map_of
from effects.masks.mask import level_of, read_mask
from tests.masks import ALL, KINDS, NONE, RUBBER, reference
from tests.strategies import picture

# By how much of 255 a map may be off: a formula by its rounding, what is read from a picture by luma
# and YCbCr in whole levels, a blur by its shrinking.
MOST_OFF = {"linear": 0.51, "radial": 3, "brush": 2, "luma": 10.1, "color": 8}


def off(mask: list[dict[str, Any]], image: np.ndarray[Any, Any]) -> Any:
    return np.abs(map_of(read_mask(mask), image).plane - 255 * reference(mask, image))


@pytest.mark.parametrize("size", [(240, 320), (301, 150)], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_a_shape_is_its_formula(kind: str, size: tuple[int, int]) -> None:
    image = picture(*size, 3, "smooth")
    found = off([KINDS[kind]], image)
    assert found.max() <= MOST_OFF[kind]
    assert found.mean() <= 1


def test_a_hard_ellipse_ends_within_a_pixel() -> None:
    mask = [{"kind": "radial", "x": 0.5, "y": 0.45, "rx": 0.4, "ry": 0.1, "angle": -50}]
    assert off(mask, picture(200, 260)).max() <= 40
    assert off(mask, picture(200, 260)).mean() < 0.1


def test_shapes_are_taken_together_by_how() -> None:
    image = picture(120, 160, 1, "smooth")
    for how in ("add", "subtract", "intersect"):
        for invert in (False, True):
            mask = [KINDS["linear"], {**KINDS["brush"], "how": how, "invert": invert}, {**KINDS["luma"], "how": how}]
            assert off(mask, image).max() <= 10.1
            assert off(mask[1:], image).max() <= 10.1


def test_strokes_on_a_large_picture_are_those_of_a_small_one() -> None:
    mask = read_mask([KINDS["brush"]])
    large, small = kept_map(mask, Frame(2400, 3200)).plane, kept_map(mask, Frame(600, 800)).plane
    shrunk = cv2.resize(large, (800, 600), interpolation=cv2.INTER_AREA)
    assert cv2.PSNR(shrunk, small) >= 38


def test_what_is_erased_is_as_if_it_had_never_been_painted() -> None:
    painted = {**RUBBER, "erase": False}
    assert kept_map(read_mask([{"kind": "brush", "strokes": [painted, RUBBER]}]), Frame(90, 120)).most == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_mask_reaches_nothing_and_all_exactly(kind: str) -> None:
    image = picture(240, 320, 3, "smooth")
    image[:40], image[40:80] = (64, 96, 160), (255, 255, 0)
    where = map_of(read_mask([{**KINDS[kind], "feather": 0}]), image)
    assert (where.least, where.most) == (0, 255)


def test_what_a_mask_is_everywhere_is_known_without_a_picture() -> None:
    empty, full = {"kind": "brush", "strokes": []}, {"kind": "luma", "low": 0, "high": 1}
    levels: dict[float | None, list[list[dict[str, Any]]]] = {
        0: [[empty], [{**full, "invert": True}], [full, {**full, "how": "subtract"}], [{**empty, "how": "intersect"}]],
        1: [[], [full], [{**empty, "invert": True}], [{**empty, "how": "subtract"}], [ALL, full]],
        None: [[ALL], [NONE], [empty, KINDS["linear"]], [KINDS["luma"], {**empty, "how": "subtract"}]],
    }
    for level, masks in levels.items():
        assert [level_of(read_mask(mask)) for mask in masks] == [level] * len(masks)


def test_one_pixel_and_thin_pictures_have_masks() -> None:
    for kind in KINDS:
        for size in ((1, 1), (1, 40), (40, 1)):
            assert map_of(read_mask([KINDS[kind]]), picture(*size)).plane.shape == size


def test_a_blend_is_the_formula_wherever_columns_are_copied_or_mixed() -> None:
    chance = np.random.default_rng(3)
    before, after = chance.integers(0, 256, (2, 40, 1500, 3), np.uint8)
    plane = np.zeros((40, 1500), np.uint8)
    plane[:, 200:420], plane[5:9, 420:430], plane[:, 430:1100] = 255, 7, 255
    plane[:, 700:760] = chance.integers(0, 256, (40, 60), np.uint8)
    plane[:, 1300:1350] = 90
    levels = [level for _, level in parts_of(plane, columns_where(plane))]
    assert levels == [NOWHERE, EVERYWHERE, MIXED, EVERYWHERE, MIXED, EVERYWHERE, NOWHERE, MIXED, NOWHERE]
    mostly = np.hstack([plane[:, :150], np.full((40, 200), 90, np.uint8)])
    assert parts_of(mostly, slice(150, 350)) == [(slice(0, 150), NOWHERE), (slice(150, 350), MIXED)]
    assert parts_of(mostly[:, 140:], slice(10, 210)) == [(slice(0, 210), MIXED)]
    assert parts_of(0 * mostly, columns_where(0 * mostly)) == [(slice(0, 350), NOWHERE)]
    striped = plane.copy()
    striped[:, ::9] = 255
    for each in (plane, mostly, striped, striped[:, 300:310]):
        old, new = before[:, : each.shape[1]], after[:, : each.shape[1]].copy()
        meant = old + each[..., None] / 255 * (new.astype(float) - old)
        assert np.abs(blend(old, new, each) - meant).max() <= 0.5
        blend_band(old, new, each, new)
        assert np.abs(new - meant).max() <= 0.5
