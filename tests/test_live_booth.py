"""Live as a booth, each part by itself: the shot, the zip, the tiles that are tried on."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from effects import EFFECTS, LOOKS
from effects.image import Image
from pages.components.live.looks_strip import Sitting, sample_tiles
from pages.components.live.room import Room
from pages.components.live.shot import piece_data
from pages.components.live.shutter import Exposure, Shutter
from pages.components.live.tray import jpeg, png, recording
from pages.components.live.try_on import TILES, Tiles, names, pages
from pages.components.picker.shelf import LOOK
from pages.components.picker.thumbnails import SIDE
from tests.live_stub import shown
from tests.pictures import photograph, pixels_of


def sides(height: int = 480, width: int = 640) -> Image:
    """Black at the left, white at the right."""
    image = np.zeros((height, width, 3), np.uint8)
    image[:, width // 2 :] = 255
    return image


@pytest.mark.parametrize(("mirror", "kept"), [(True, False), (True, True), (False, False), (False, True)])
def test_the_last_frame_is_small_turned_as_the_screen_is_and_gone_with_the_video(mirror: bool, kept: bool) -> None:
    room = Room()
    video = room.video
    video.mirror, video.mirror_kept = mirror, kept
    assert room.last_frame() is None
    answers = shown(video, sides())
    frame = room.last_frame()
    assert frame is not None
    assert frame.shape == (SIDE * 480 // 640, SIDE, 3)
    assert (frame[90, 20, 0] > 200, frame[90, 220, 0] > 200) == (mirror, not mirror)
    video.end(answers)
    assert room.last_frame() is None


def test_no_frame_of_the_video_before_is_shown_to_the_next() -> None:
    room = Room()
    answers = shown(room.video, sides())
    room.video.end(answers)
    answers = shown(room.video)  # connected, and nothing has come
    assert room.last_frame() is None
    room.video.end(answers)


def exposure(level: int) -> Exposure:
    image = np.full((48, 64, 3), level, np.uint8)
    return Exposure(image, image)


def test_a_press_is_answered_by_its_photo() -> None:
    shutter = Shutter()
    shutter.release()
    threading.Timer(0.05, shutter.look, (exposure(7), exposure(7).seen)).start()
    shutter.wait(20)
    (taken,) = shutter.collect()
    assert taken.raw[0, 0, 0] == 7


def test_nobody_waits_for_a_countdown_a_video_that_ends_or_nothing() -> None:
    shutter = Shutter()
    began = time.monotonic()
    shutter.wait(20)
    shutter.release(countdown=30)
    shutter.wait(20)
    shutter.cancel()
    shutter.release()
    threading.Timer(0.05, shutter.cancel).start()
    shutter.wait(20)
    assert time.monotonic() - began < 10


def test_only_a_photo_that_is_there_is_edited_and_a_piece_is_dropped_once() -> None:
    raw = png(photograph(40, 60))
    photo, film = jpeg(photograph(40, 60), "photo", raw), recording("MP4", b"a film")
    room = Room(pieces=[film, photo])
    for number in (film.key, photo.key + 1000):
        room.edit(number)
        assert room.to_edit is None
    room.edit(photo.key)
    assert room.to_edit is photo
    for _ in range(2):
        room.drop(film.key)
        assert room.pieces == [photo]


def test_the_tile_tells_what_has_come() -> None:
    assert piece_data(jpeg(photograph(40, 60), "photo"))["word"] == "Photo taken"
    for form in ("MP4", "GIF"):
        assert piece_data(recording(form, b"a film"))["word"] == "Recording ready"


def test_one_pages_through_every_look_and_every_effect_that_shows_on_live_video() -> None:
    shelf = names()
    assert len(set(shelf)) == len(shelf)
    assert {name.removeprefix(LOOK) for name in shelf if name.startswith(LOOK)} == {*LOOKS}
    effects = {name for name in shelf if not name.startswith(LOOK)}
    assert {"kaleidoscope", "trails", "posterize"} < effects
    assert not effects & {"oil_paint", "crop", "resize", "lut3d"}
    assert all(EFFECTS[name].live for name in effects)
    tiles = Tiles()
    seen: list[str] = []
    for _ in range(pages()):
        assert 0 < len(tiles.names) <= TILES
        seen += tiles.names
        tiles.turn(1)
    assert tuple(seen) == shelf
    assert tiles.page == 0
    tiles.turn(-1)
    assert tiles.page == pages() - 1


def test_each_round_makes_the_oldest_tiles_anew_and_all_have_their_turn() -> None:
    tiles, frame = Tiles(), photograph(90, 120)
    for number in range(TILES):
        assert len(tiles.pictures) == number
        tiles.look_again(frame, 0)  # one at least
    assert tuple(tiles.pictures) == tiles.names
    first = tiles.names[0]
    before = tiles.pictures[first]
    tiles.look_again(255 - frame, 0)
    assert tuple(tiles.pictures)[-1] == first
    assert tiles.pictures[first] != before
    tiles.look_again(None, 0)
    assert not tiles.pictures


def test_the_strip_shows_the_person_look_by_look_and_forgets_them_with_the_video() -> None:
    sitting, sample = Sitting(), sample_tiles()
    frame = photograph(90, 120)
    assert sitting.tiles(None, sample) == sample
    for _ in sample:
        tiles = sitting.tiles(frame, sample)
    pictures = {tile.name: pixels_of(tile.picture) for tile in tiles}
    assert [tile.name for tile in tiles] == [tile.name for tile in sample]
    assert np.abs(pictures["noir"].astype(int) - pictures["noir"][..., :1]).max() <= 2
    assert len({picture.shape for picture in pictures.values()}) <= 2  # one look has a border
    assert sitting.tiles(None, sample) == sample
    assert sitting.thumbnails is None
