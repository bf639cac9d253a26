"""The pictures of a strip of looks: made together by a worker, in turn for all, and told of when they are there."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError

import numpy as np
import pytest

from effects import EFFECTS, Photo, Pipeline, workers
from effects.errors import DecodeError
from pages.components.picker import strip, thumbnails
from pages.components.picker.strip import LOOKS, RESTS, SHOWN, Strip, Turns
from pages.components.picker.thumbnails import Thumbnails
from tests.pictures import difference
from tests.scene import scene
from tests.test_thumbnails import opened

OWN = [Pipeline((EFFECTS[name].step(),)) for name in ("sepia", "invert")]


def nothing() -> None:
    """What is done meanwhile."""


def fresh() -> Thumbnails:
    return Thumbnails(Photo(scene()))


def refuse(*_args: object, **_wishes: object) -> list[bytes]:
    raise DecodeError("The workers have trouble.")


def asked(one: Strip, own: list[Pipeline], *, is_wanted: bool = True) -> bool:
    """Ask for what is missing, and wait until the line has come to its end; whether that was told."""
    told, ended = threading.Event(), threading.Event()
    one.ask(own, lambda: is_wanted, told.set)
    strip.TURNS.take(ended.set)
    assert ended.wait(60)
    return told.is_set()


@pytest.mark.slow
def test_a_strip_has_every_look_and_those_of_ones_own_as_the_library_makes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(strip, "OWN_SECONDS", 60.0)
    one, here = Strip(fresh()), fresh()
    assert one.lacks(OWN)
    assert asked(one, OWN)
    assert not one.lacks(OWN)
    for pipeline in (*SHOWN, *OWN):
        assert difference(opened(one.thumbnails.made(pipeline)), opened(here.of(pipeline, nothing)))[0] == 0
    assert len({one.of_looks.made(look.pipeline) for look in LOOKS}) == len(LOOKS)


def test_the_looks_of_a_strip_are_a_few_jobs_and_each_of_ones_own_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []

    def made(photo: Photo, recipes: list[str], *_more: object, quality: int) -> list[bytes]:
        counts.append(len(recipes))
        return [b"."] * len(recipes)

    monkeypatch.setattr(workers, "thumbnails", made)
    monkeypatch.setattr(strip, "OWN_SECONDS", 60.0)
    Strip(fresh()).make(OWN, nothing)
    assert counts[:2] == [1, 1]
    assert sum(counts[2:]) == len(SHOWN)
    assert max(counts) == thumbnails.A_JOB


@pytest.mark.slow
def test_a_photo_that_everybody_has_is_put_under_each_look_once_and_no_look_of_ones_own_is_kept_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    common, one, other = fresh(), fresh(), fresh()
    Strip(one, common).make(OWN, nothing)
    assert not common.missing(SHOWN)
    assert common.missing(OWN) == OWN
    monkeypatch.setattr(workers, "thumbnails", refuse)
    monkeypatch.setattr(thumbnails, "made_in_turn", refuse)  # nothing more is made
    assert not Strip(other, common).lacks([])


def test_where_workers_fail_looks_are_made_here_and_one_of_ones_own_shows_the_photo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "thumbnails", refuse)
    monkeypatch.setattr(strip, "OWN_SECONDS", 60.0)
    one = Strip(fresh())
    assert asked(one, OWN)
    assert not one.lacks(OWN)
    sepia, photo = (opened(one.thumbnails.made(pipeline)) for pipeline in (OWN[0], Pipeline()))
    assert np.array_equal(sepia, photo)


def test_what_nobody_wants_any_more_is_not_made_and_can_be_asked_for_again() -> None:
    one = Strip(fresh())
    assert not asked(one, [], is_wanted=False)
    assert one.of_looks.missing(SHOWN) == list(SHOWN)
    assert asked(one, [])
    assert not one.lacks([])


def test_a_strip_that_waits_is_not_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    one, gate, ended, told = Strip(fresh()), threading.Event(), threading.Event(), []
    monkeypatch.setattr(one, "make", lambda *_: gate.wait(60))
    for number in range(3):
        one.ask([], lambda: True, lambda number=number: told.append(number))  # type: ignore[misc]
    gate.set()
    strip.TURNS.take(ended.set)
    assert ended.wait(60)
    assert told == [0]
    assert asked(one, [])


def test_turns_go_on_after_what_nobody_foresaw(caplog: pytest.LogCaptureFixture) -> None:
    turns, ended = Turns(lambda: False), threading.Event()

    def fail() -> None:
        raise CancelledError

    turns.take(fail)
    turns.take(ended.set)
    assert ended.wait(10)
    assert "nobody foresaw" in caplog.text


@pytest.mark.slow
def test_many_looks_of_ones_own_are_made_some_in_each_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strip, "OWN_SECONDS", 0.0)
    one = Strip(fresh())
    assert asked(one, OWN)
    assert one.thumbnails.missing(OWN) == OWN[1:]
    assert asked(one, OWN)
    assert not one.lacks(OWN)


@pytest.mark.slow
def test_between_two_turns_those_who_are_held_up_go_first_but_not_for_ever() -> None:
    is_busy, took = True, 0.08
    turns, began = Turns(lambda: is_busy), list[float]()
    ended = threading.Event()

    def act() -> None:
        began.append(time.monotonic())
        time.sleep(took)

    def take_three() -> None:
        began.clear()
        ended.clear()
        for each in (act, act, act, ended.set):
            turns.take(each)
        assert ended.wait(30)

    take_three()
    assert min(np.diff(began)) >= (1 + RESTS) * took - 0.01
    is_busy = False
    time.sleep(RESTS * took)
    take_three()
    assert min(np.diff(began)) < (1 + RESTS) * took - 0.01
