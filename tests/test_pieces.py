"""Pieces of the table that are drawn without it: at once, where the same slider is moved again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import streamlit as st

from pages.components import pieces, session

PICTURE, STATES = "picture", "states"


class AnotherRunError(Exception):
    """What ends a callback that asks for another run."""


class Page:
    """A page with a table of two pieces, as this session has it; the parts that a run is for are set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held: dict[str, Any] = {}
        self.parts: tuple[str, ...] = ()
        self.part = ""
        self.drawn: list[str] = []
        self.asked: list[object] = []
        monkeypatch.setattr(session, "hold", lambda key, make: self.held.setdefault(key, make()))
        monkeypatch.setattr(session, "part", lambda: self.part)
        monkeypatch.setattr(session, "parts_drawn", lambda: self.parts)
        monkeypatch.setattr(session, "page", lambda: "here")
        monkeypatch.setattr(session, "when_sent", lambda tell: tell())
        monkeypatch.setattr(session, "draw_part", lambda part, _: self.asked.append(part))
        monkeypatch.setattr(pieces, "fragment", lambda draw, key: lambda: self._draw_piece(key, draw))
        monkeypatch.setattr(st, "rerun", self._rerun)

    def _rerun(self, wanted: object) -> None:
        self.asked.append(wanted)
        raise AnotherRunError

    def _draw_piece(self, name: str, draw: Callable[[], None]) -> None:
        around, self.part = self.part, f"{name}-part"
        draw()
        self.part = around

    def draw_table(self) -> None:
        """A run for the whole of it."""
        self.parts, self.part = ("table",), "table"
        pieces.begin()
        for name in (PICTURE, STATES):
            pieces.piece(name, lambda name=name: self.drawn.append(name))  # type: ignore[misc]
        pieces.end()

    def hear(self, told: Mapping[str, int], asked: str = "table") -> tuple[str, ...]:
        """The parts that a run is for, for which the browser asks for one, and tells this of its widgets."""
        self.parts, self.asked = tuple(sorted(pieces.foresee([asked], told))), []
        return self.parts

    def slide(self, *names: str) -> None:
        """The end of a slider's callback that finds these pieces enough."""
        assert pieces.stands()
        pieces.draw_only(names, "stops")


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    """On which a slider was moved once, for which the picture alone was drawn."""
    page = Page(monkeypatch)
    page.draw_table()
    page.hear({"stops": 1, "amount": 1, "presses": 1})
    assert page.hear({"stops": 2, "amount": 1, "presses": 1}) == ("table",), "nothing was ever moved"
    with pytest.raises(AnotherRunError):
        page.slide(PICTURE)
    assert page.asked == [[PICTURE]]
    return page


def test_a_slider_that_is_moved_again_has_its_pieces_drawn_at_once(page: Page) -> None:
    assert page.hear({"stops": 3, "amount": 1, "presses": 1}) == ("picture-part",)
    page.slide(PICTURE)
    assert page.asked == []
    assert pieces.are_drawn_alone()
    assert page.hear({"stops": 4, "amount": 1, "presses": 2}) == ("picture-part",), "a hand was told with it"


@pytest.mark.parametrize(
    "told",
    [
        {"stops": 2, "amount": 2, "presses": 1},
        {"stops": 3, "amount": 2, "presses": 1},
        {"stops": 2, "amount": 1, "presses": 2},
        {"stops": 3, "amount": 1, "presses": 1, "add": 1},
        {"amount": 1, "presses": 1},
        {"stops": 2, "amount": 1, "presses": 1},
    ],
)
def test_whatever_else_is_done_is_drawn_as_the_browser_asks(page: Page, told: dict[str, int]) -> None:
    assert page.hear(told) == ("table",)


def test_another_part_and_a_table_that_was_drawn_since_are_drawn_as_the_browser_asks(page: Page) -> None:
    assert page.hear({"stops": 3, "amount": 1, "presses": 1}, "looks") == ("looks",)
    assert page.hear({"stops": 4, "amount": 1, "presses": 1}) == ("picture-part",)
    page.draw_table()
    assert page.hear({"stops": 5, "amount": 1, "presses": 1}) == ("table",)


def test_more_pieces_than_were_foreseen_are_drawn_in_another_run(page: Page) -> None:
    page.hear({"stops": 3, "amount": 1, "presses": 1})
    with pytest.raises(AnotherRunError):
        page.slide(PICTURE, STATES)
    assert page.asked == [[PICTURE, STATES]]
    assert page.hear({"stops": 4, "amount": 1, "presses": 1}) == ("picture-part", "states-part")
    page.slide(PICTURE)
    assert page.asked == [], "what is drawn besides does no harm"
    assert page.hear({"stops": 5, "amount": 1, "presses": 1}) == ("picture-part",)


def test_what_is_no_piece_of_the_table_is_not_foreseen(page: Page) -> None:
    page.hear({"stops": 3, "amount": 1, "presses": 1})
    with pytest.raises(AnotherRunError):
        page.slide(PICTURE, "closeup")
    assert page.asked == [[PICTURE, "closeup"]]
    assert page.hear({"stops": 4, "amount": 1, "presses": 1}) == ("table",)


def test_where_no_callback_says_so_too_the_table_follows(page: Page) -> None:
    page.hear({"stops": 3, "amount": 1, "presses": 1})
    page.drawn.clear()
    page.part = "table"
    pieces.piece(PICTURE, lambda: page.drawn.append(PICTURE))
    assert page.drawn == [PICTURE]
    assert page.asked == ["table"]
    assert page.hear({"stops": 4, "amount": 1, "presses": 1}) == ("table",)


def test_what_a_component_tells_in_a_piece_has_the_table_drawn(page: Page) -> None:
    page.hear({"stops": 3, "amount": 1, "presses": 1})
    with pytest.raises(AnotherRunError):
        pieces.have_drawn("picture-part")
    assert page.asked == [pieces.TABLE]
