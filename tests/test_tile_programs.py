"""The programs of the picker's tiles: which tiles have one, what they weigh, and what the server makes all the same."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest

from effects import Photo
from effects.codec.raster import average_to
from pages.components.picker.shelf import LOOK
from pages.components.picker.tile_programs import CARD, PARTS, TilePrograms, card, made_programs, part_means
from pages.components.picker.trials import Trials, names
from pages.components.stack.cards import Cards
from tests.pictures import photograph
from tests.test_cards import stacked

PHOTO = Photo(photograph(200, 300))


@pytest.fixture(scope="module")
def made() -> TilePrograms:
    return made_programs()


def trials(cards: Cards, photo: Photo = PHOTO) -> Trials:
    return Trials(photo, cards.stack, side=192, quality=95)


@pytest.mark.slow
def test_most_tiles_have_a_program_and_all_of_these_weigh_less_than_a_screen_of_pictures(made: TilePrograms) -> None:
    assert {"swirl", "gaussian_blur", "dither", "border", "look:valencia", "look:moon"} <= made.names <= {*names()}
    seeing, heavy, past, slow = "auto_levels", "grain", "trails", "oil_paint"
    assert not made.names & {seeing, heavy, past, slow, "look:noir", "look:sticker"}
    assert len(made.names) > len(names()) / 2
    photo = Photo(photograph(960, 1280))
    pictures = sum(len(trials(Cards(), photo).of(name)) for name in names()[:16])
    assert len(made.file) < 32_000 < pictures


def test_a_program_proves_itself_by_the_means_of_what_the_library_makes_of_the_card(made: TilePrograms) -> None:
    told = json.loads(zlib.decompress(made.file))["programs"]["invert"]["means"]
    inverted = Photo(np.ascontiguousarray(255 - card()))
    assert inverted.image.shape[1::-1] == CARD
    small = average_to(inverted, PARTS).image
    assert np.abs(small.ravel().astype(int) - told).max() <= 1
    assert part_means(inverted.image) == told


def test_what_is_made_elsewhere_is_not_made_here(made: TilePrograms) -> None:
    some = trials(Cards())
    some.elsewhere = made.names
    assert not made.names & {*some.missing}
    assert {*some.missing} | made.names == {*names()}
    assert not some.is_made("sepia")
    assert some.of("sepia")
    assert some.is_made("sepia")


def test_a_look_that_something_stands_above_is_more_than_its_program() -> None:
    cards = stacked("invert")
    assert trials(cards).of_the_shelf == {*names()}
    cards.choose_look("noir")
    assert trials(cards).of_the_shelf == {*names()}
    cards.add("mirror")
    effects = {name for name in names() if not name.startswith(LOOK)}
    assert trials(cards).of_the_shelf == effects
    cards.change(cards.stack[-1].id, muted=True)
    assert trials(cards).of_the_shelf == {*names()}


def test_on_a_picture_that_hides_nothing_alone_a_program_makes_what_the_server_does() -> None:
    hidden = Photo(PHOTO.image, np.full(PHOTO.image.shape[:2], 128, np.uint8))
    assert trials(Cards(), hidden).of_the_shelf == frozenset()
