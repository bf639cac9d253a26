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
from pages.components.picker import looks, thumbnails
from pages.components.picker.thumbnails import Thumbnails
from pages.components.workbench import Workbench
from tests.scene import scene

SEPIA, INVERT, MONO = (Pipeline((EFFECTS[name].step(),)) for name in ("sepia", "invert", "grayscale"))


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


def test_the_strip_of_looks_makes_way_and_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    made, calls = Thumbnails(Photo(scene())), iter([False, True, False])

    def end_if_called() -> None:
        if next(calls):
            raise session.CalledAwayError

    monkeypatch.setattr(session, "end_if_called", end_if_called)
    monkeypatch.setattr(session, "give_way", nothing)
    wanted = [SEPIA, INVERT, MONO]
    assert not looks.make(made, wanted)
    assert made.missing(wanted) == [MONO]
    assert looks.make(made, wanted)
    assert made.missing(wanted) == []


def test_of_a_photo_that_everybody_has_each_look_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "end_if_called", nothing)
    common, wanted = Thumbnails(Photo(scene())), [SEPIA, INVERT]
    one, other = (Thumbnails(Photo(scene())) for _ in range(2))
    assert looks.make(one, wanted, common=common)
    monkeypatch.setattr(thumbnails, "made_in_turn", None)  # nothing more is made
    assert looks.make(other, wanted, common=common)
    for pipeline in wanted:
        assert one.made(pipeline) == other.made(pipeline) == common.made(pipeline) != b""
