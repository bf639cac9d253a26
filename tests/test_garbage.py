"""Garbage is collected while the server rests, and now and then where it has no rest; never after each run."""

from __future__ import annotations

import gc
import tomllib
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pages.shell.garbage import Garbage, settle

ROOT = Path(__file__).parent.parent


class Knot:
    """Something that refers to itself: only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _by_hand(quick_sweeps: None) -> Iterator[None]:
    """Python's own collector might come first."""
    gc.disable()
    yield
    gc.enable()


def knot() -> weakref.ref[Any]:
    return weakref.ref(Knot())


class Clocks:
    """What the clocks show, set by hand: s on the wall, s of work."""

    def __init__(self) -> None:
        self.wall = self.work = 100.0
        self.garbage = Garbage(lambda: self.wall, lambda: self.work)

    def collects_after(self, seconds: float, work: float, *, has_left: bool = False) -> bool:
        """Whether garbage is collected after so many seconds more, of which the process has worked so many."""
        self.wall += seconds
        self.work += work
        return self.garbage.look(has_left=has_left)


def test_what_is_left_of_work_is_collected_when_the_process_rests_and_once() -> None:
    clocks, tied = Clocks(), knot()
    assert not clocks.collects_after(5, 2), "the process was at work"
    assert tied() is not None
    assert clocks.collects_after(5, 0.1)
    assert tied() is None
    assert not clocks.collects_after(5, 0.05), "too little was done since"
    assert clocks.collects_after(5, 0.1)


def test_a_process_that_never_rests_is_cleaned_now_and_then() -> None:
    clocks, tied = Clocks(), knot()
    for _ in range(36):
        assert not clocks.collects_after(5, 4)
    assert tied() is not None
    assert clocks.collects_after(5, 4)
    assert tied() is None
    assert not clocks.collects_after(5, 4)


def test_who_works_a_little_is_not_halted_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = Clocks()
    halt = 0.4

    def collect() -> int:
        clocks.wall += halt
        return 0

    monkeypatch.setattr(gc, "collect", collect)
    assert clocks.collects_after(5, 0.25)
    collected = [clocks.collects_after(5, 0.25) for _ in range(36)]
    assert sum(collected) == 2, "a tenth of the work since, which is 4 s"
    assert not collected[0]
    assert clocks.collects_after(5, 0.03), "nobody works any more, and what is left is looked for"
    assert not clocks.collects_after(5, 0.02)


def test_what_somebody_has_left_is_collected_sooner_and_is_never_little() -> None:
    clocks, tied = Clocks(), knot()
    assert not clocks.collects_after(5, 4, has_left=True), "the process was at work"
    for _ in range(5):
        assert not clocks.collects_after(5, 4)
    assert tied() is not None
    assert clocks.collects_after(5, 4)
    assert tied() is None
    assert not clocks.collects_after(35, 34), "nobody has left since"
    assert clocks.collects_after(5, 0.01)
    assert not clocks.collects_after(5, 0.01)
    assert clocks.collects_after(5, 0.01, has_left=True)


def test_streamlit_collects_nothing_after_each_move_of_a_slider() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"] == {"postScriptGC": False}


@pytest.fixture
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_thresholds")
def test_while_many_things_come_all_is_never_walked_through_but_what_is_young() -> None:
    settle()
    walked = {0: 0, 1: 0, 2: 0}

    def count(phase: str, told: dict[str, int]) -> None:
        walked[told["generation"]] += phase == "stop"

    gc.callbacks.append(count)
    gc.enable()
    try:
        kept = [[number] for number in range(300_000)]
    finally:
        gc.disable()
        gc.callbacks.remove(count)
    assert len(kept) == 300_000
    assert walked[0] >= 20
    assert walked[1] >= 1
    assert walked[2] == 0
