"""Of several people who open a photo at once each sees it before anybody's tiles, cards and weights are made."""

from __future__ import annotations

import threading
import time

import pytest

from effects import EFFECTS, Photo, Pipeline
from pages.components import session
from pages.components.photo import first_pictures
from pages.components.photo.first_pictures import FirstPictures, opening
from pages.components.photo.open_photo import Picked
from pages.components.picker import thumbnails
from pages.components.picker.thumbnails import Thumbnails
from pages.components.workbench import Workbench
from tests.scene import scene

SEPIA = Pipeline((EFFECTS["sepia"].step(),))


def nothing() -> None:
    """What is done meanwhile."""


def test_the_rest_waits_while_more_are_coming_than_there_are_cores_and_not_for_ever() -> None:
    pictures = FirstPictures(few=1)
    with pictures.coming():
        assert pictures.go_first(0, nothing)
        with pictures.coming():
            assert not pictures.go_first(0.02, nothing)
            ended = threading.Event()

            def wait() -> None:
                if pictures.go_first(60, nothing):
                    ended.set()

            waiting = threading.Thread(target=wait)
            waiting.start()
            assert not ended.wait(0.02)
        assert ended.wait(10)
        waiting.join()


def test_what_the_person_does_meanwhile_ends_the_waiting_and_a_picture_that_fails_is_not_waited_for() -> None:
    def called_away() -> None:
        raise session.CalledAwayError

    pictures = FirstPictures(few=0)
    with pytest.raises(session.CalledAwayError), pictures.coming():
        pictures.go_first(60, called_away)
    assert pictures.go_first(0, nothing)


def test_a_photo_that_is_opened_counts_until_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, bench = FirstPictures(few=0), Workbench()
    monkeypatch.setattr(first_pictures, "FIRST_PICTURES", pictures)
    with opening(bench):
        assert pictures.go_first(0, nothing)
    bench.picked = Picked("photo.jpg", b"")
    with opening(bench):
        assert not pictures.go_first(0, nothing)
    assert pictures.go_first(0, nothing)


def test_a_tile_waits_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, made = FirstPictures(few=0), Thumbnails(Photo(scene()))
    monkeypatch.setattr(thumbnails, "FIRST_PICTURES", pictures)
    monkeypatch.setattr(session, "give_way", nothing)
    with pictures.coming():
        began = time.monotonic()
        assert made.of(SEPIA)
        assert time.monotonic() - began >= thumbnails.ASIDE
