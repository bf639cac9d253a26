"""Trials: a tile shows what a click on it makes of the picture, after what is on the stack."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as PILImage

from effects import EFFECTS, Photo, Pipeline
from effects.image import Image
from pages.components.live.room import Room, frame_to_try_on
from pages.components.photo.invitation import picture_to_try_on
from pages.components.picker.picker import QUALITY, SIDE
from pages.components.picker.shelf import pipelines
from pages.components.picker.trials import Trials, after_stack, names
from pages.components.stack.cards import Cards
from tests.live_stub import shown
from tests.pictures import difference, photograph
from tests.test_cards import stacked

PHOTO = Photo(photograph(200, 300))


def trials(cards: Cards, photo: Photo = PHOTO, **more: object) -> Trials:
    return Trials(photo, cards.stack, side=192, quality=95, **more)  # type: ignore[arg-type]


def opened(file: bytes) -> Image:
    return np.asarray(PILImage.open(io.BytesIO(file)).convert("RGB"))


def clicked(cards: Cards, name: str) -> Image:
    """The small photo under the stack that a click leads to."""
    after = replace(cards)
    after.choose_look(name.removeprefix("look:")) if name.startswith("look:") else after.add(name)
    return after.pipeline.apply(after_stack(Pipeline(), PHOTO, 192)).image


@pytest.mark.parametrize("look", ["", "noir"])
@pytest.mark.parametrize("name", ["invert", "look:valencia"])
def test_a_tile_shows_what_a_click_makes(look: str, name: str) -> None:
    cards = stacked("hue_rotate")
    if look:
        cards.choose_look(look)
    cards.add("mirror")
    mean, _ = difference(opened(trials(cards).of(name)), clicked(cards, name))
    assert mean < 3  # of levels: what JPEG changes
    assert difference(opened(trials(cards).of(name)), opened(trials(Cards()).of(name)))[0] > 8


def test_tiles_have_the_shape_that_the_stack_gives_the_picture() -> None:
    cards = stacked("crop")
    cards.change(cards.stack[0].id, params={"aspect": "1:1"})
    assert trials(cards).aspect == pytest.approx(1)
    assert opened(trials(cards).of("sepia")).shape[:2] == (192, 192)


@pytest.mark.parametrize(("share", "side"), [(1.0, 100), (0.5, 100), (0.25, 75), (0.05, 15)])
def test_a_part_that_is_cut_out_is_made_from_a_finer_copy(share: float, side: int) -> None:
    cut = Pipeline((EFFECTS["crop"].step(width=share, height=share),))
    assert max(after_stack(cut, Photo(photograph(400, 400)), 100).image.shape) == side


def test_a_stack_that_cannot_be_done_leaves_the_photo() -> None:
    huge = Pipeline((EFFECTS["polaroid"].step(),) * 32)
    assert after_stack(huge, PHOTO, 192) is PHOTO
    hidden = after_stack(Pipeline((EFFECTS["hide_faces"].step(), *huge)), PHOTO, 192)
    assert np.ptp(hidden.image) == 0, "where somebody is to be hidden, nothing is left of it"


def test_pictures_of_the_stack_before_stand_in_until_those_of_this_one_are_made() -> None:
    before = trials(Cards())
    old = before.of("sepia")
    after = trials(stacked("invert"), stale=before.all_shown)
    assert after.shown("sepia") == old
    assert after.shown("swirl") == b""
    quick, found = ([name for name in names() if pipelines()[name].asks_networks is asks] for asks in (False, True))
    assert after.missing == [*quick, *found], "what has to find somebody comes last"
    assert found
    assert after.of("sepia") != old
    assert after.shown("sepia") == after.of("sepia")
    assert after.missing == [name for name in [*quick, *found] if name != "sepia"]


def test_the_first_screen_of_tiles_is_at_most_150_kb() -> None:
    tiles = Trials(Photo(photograph(960, 1280)), (), side=SIDE, quality=QUALITY)  # as a large photo is edited
    assert sum(len(tiles.of(name)) for name in names()[:16]) < 150_000


def test_on_live_effects_are_tried_on_the_cameras_frame_or_on_the_sample_where_there_is_none() -> None:
    room = Room()
    assert frame_to_try_on(room) is picture_to_try_on(None)
    outcome = shown(room.video, np.full((48, 64, 3), 90, np.uint8))
    frame = frame_to_try_on(room)
    assert frame.image.shape[1] / frame.image.shape[0] == pytest.approx(64 / 48, rel=0.01)
    assert np.abs(frame.image.astype(int) - 90).max() <= 2
    room.video.end(outcome)
    assert frame_to_try_on(room) is picture_to_try_on(None)
