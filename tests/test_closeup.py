"""The picture from near: which tiles are sent, and where they lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, Photo, Pipeline, decode, encode
from effects.codec.checkered import DARK, LIGHT, on_checks
from effects.render import TILE_SIDE, tiles
from pages.components.photo.open_photo import OpenPhoto
from pages.components.stage.closeup import Closeup, Whole, asked_range, in_sight
from tests.photographs import landscape
from tests.pictures import difference

WIDTH, HEIGHT = 2500, 1100
FILE = encode(Photo(np.zeros((HEIGHT, WIDTH, 3), np.uint8)))
TILES = tiles(FILE, Pipeline((EFFECTS["invert"].step(),)).to_json())


def held() -> Closeup:
    photo = OpenPhoto("night.jpg", FILE, Photo(np.zeros((4, 4, 3), np.uint8)), b"", WIDTH, HEIGHT, True, "")
    return Closeup(Whole(photo, Pipeline(), WIDTH, HEIGHT, 1), dict(TILES))


@pytest.mark.slow
def test_what_one_sees_through_is_checkered_in_a_tile_as_in_the_whole() -> None:
    """Of a scene without anybody: all of it is cut away."""
    scene = landscape(1100, 200)
    cut = Pipeline((EFFECTS["cut_out"].step(who="person"),))
    (_, part), (_, lower) = sorted(tiles(encode(Photo(scene)), cut.to_json(), asked=(range(2), range(1))).items())
    result = cut.apply(Photo(scene))
    assert result.alpha is not None
    whole = on_checks(result.image, result.alpha, (1100, 200))
    assert {LIGHT, DARK} <= {*np.unique(whole).tolist()}
    for tile, rows in ((part, slice(0, TILE_SIDE)), (lower, slice(TILE_SIDE, None))):
        assert difference(decode(tile).image, whole[rows])[0] < 6, (
            "beside each other, squares of other kinds differ by 20 in the mean"
        )
    seen = landscape(40, 50)
    assert np.array_equal(on_checks(seen, np.full((40, 50), 255, np.uint8), (40, 50)), seen)


def boxes(asked: Any) -> list[list[float]]:
    return [tile["box"] for tile in in_sight(held(), asked_range(asked))]


def test_tiles_cover_the_picture_and_nothing_beside_it() -> None:
    all_of_it = np.array(boxes([0, 0, 99, 99]))
    assert len(all_of_it) == 3 * 2
    assert (all_of_it[:, 2] * all_of_it[:, 3]).sum() == pytest.approx(1)
    assert (all_of_it[:, :2] + all_of_it[:, 2:]).max() == pytest.approx(1)


def test_those_that_are_asked_for_are_sent_and_no_others() -> None:
    assert boxes([1, 0, 2, 1]) == [[TILE_SIDE / WIDTH, 0, TILE_SIDE / WIDTH, TILE_SIDE / HEIGHT]]
    assert boxes([-5, -5, 1, 1]) == boxes([0, 0, 1, 1]) == boxes([0, 0, 1, 1, 7]), "however often it was asked"


@pytest.mark.parametrize(
    "asked", [None, "all", [], [0, 0, 1], [0.5, 0, 1, 1], {"tiles": [0, 0, 1, 1]}, [7, 7, 9, 9]], ids=str
)
def test_what_asks_for_no_tile_gets_none(asked: Any) -> None:
    assert boxes(asked) == []


def test_what_was_made_is_not_made_again_and_what_lies_beside_it_is() -> None:
    first = asked_range([1, 0, 3, 1])
    assert first is not None
    part = Closeup(held().whole, {place: tile for place, tile in TILES.items() if place[0] == 0 and place[1] > 0})
    assert part.has(first)
    assert part.has((range(9, 12), range(9, 12))), "there is nothing"
    assert not part.has((range(2), range(1, 3)))
    assert held().has((range(99), range(99)))
