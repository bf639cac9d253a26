"""Small pictures of a photo: made once, and telling for effects that need time as well."""

from __future__ import annotations

import io
import threading
import time

import numpy as np
import pytest
from PIL import Image as PILImage

from effects import EFFECTS, Photo, Pipeline
from effects.catalogue.motion import motion
from effects.image import Image
from pages.components import session
from pages.components.picker.thumbnails import SIDE, Thumbnails, Turn
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


def test_while_others_wait_for_their_turn_whoever_had_it_rests_as_long_as_that_took() -> None:
    turn, ended = Turn(), threading.Event()

    def wait() -> None:
        with turn.taken(lambda: None):
            ended.set()

    def long(work: float) -> float:
        began = time.monotonic()
        with turn.taken(lambda: None):
            time.sleep(work)
        return time.monotonic() - began

    assert long(0.1) < 0.19, "alone one waits for nobody"
    with turn.taken(lambda: None):
        other = threading.Thread(target=wait)
        other.start()
        while not turn.waiting:
            time.sleep(0.001)
        began = time.monotonic()
        time.sleep(0.1)
    assert time.monotonic() - began >= 0.2
    assert ended.wait(10)
    other.join()


def test_who_is_called_away_waits_for_no_turn() -> None:
    def away() -> None:
        raise session.CalledAwayError

    turn = Turn()
    with turn.taken(lambda: None), pytest.raises(session.CalledAwayError), turn.taken(away):
        pass
    assert not turn.waiting
