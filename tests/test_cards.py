"""The stack as cards: what is asked of one that has gone, no room, presses counted by the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from effects import LOOKS, Pipeline
from effects.recipe import MAX_STEPS
from pages.components.stack.cards import Cards, Refusal
from pages.components.stack.history import STEPS_BACK
from pages.components.stack.told_presses import MAX_PRESSES, follow


def stacked(*effects: str) -> Cards:
    cards = Cards()
    for effect in effects:
        cards.add(effect)
    return cards


def names(cards: Cards) -> list[str]:
    return [card.title for card in cards.stack]


@pytest.mark.parametrize(
    "ask",
    [
        lambda cards: cards.change("c1", muted=True),
        lambda cards: cards.change("c1", strength=0.5),
        lambda cards: cards.change("c1", params={"amount": 0.5}),
        lambda cards: cards.change("c1", params={"amount": 99}),
        lambda cards: cards.refuse("no table", Refusal("c1", "table")),
        lambda cards: cards.reset("c1"),
        lambda cards: cards.move("c1", 1),
        lambda cards: cards.duplicate("c1"),
        lambda cards: cards.remove("c1"),
        lambda cards: cards.toggle_solo("c1"),
        lambda cards: cards.open_steps("c1"),
        lambda cards: cards.go_to(99),
    ],
)
def test_what_is_asked_of_a_card_that_has_gone_does_nothing(ask: Callable[[Cards], None]) -> None:
    cards = stacked("sepia")
    cards.undo()
    cards.add("invert")
    before = cards.history
    ask(cards)
    assert cards.history == before
    assert not cards.trouble
    assert cards.shown == cards.pipeline


def test_a_look_too_many_is_told_and_changes_nothing() -> None:
    cards = stacked(*["invert"] * (MAX_STEPS - 1))
    cards.choose_look("noir")
    assert len(cards.stack) == MAX_STEPS - 1
    assert str(MAX_STEPS) in cards.trouble
    cards = stacked(*["invert"] * (MAX_STEPS - len(LOOKS["noir"])))
    cards.choose_look("noir")
    full = cards.history
    cards.add("invert")
    cards.duplicate(cards.stack[-1].id)
    assert cards.history == full
    assert Pipeline.from_json(cards.pipeline.to_json()) == cards.pipeline


def told(*pressed: str, count: int | None = None, load: str = "k") -> dict[str, Any]:
    return {"load": load, "count": len(pressed) if count is None else count, "last": list(pressed)}


def test_presses_are_followed_in_order_and_each_once() -> None:
    cards = stacked("sepia", "invert", "swirl")
    follow(cards, told("undo"))
    follow(cards, told("undo"))
    assert names(cards) == ["Sepia", "Invert"]
    follow(cards, told("undo", "undo", "undo", "redo", "look hudson"))
    assert names(cards) == ["Sepia", "Hudson"]
    follow(cards, told("undo", "redo", "redo", count=6))
    assert names(cards) == ["Sepia", "Hudson"]
    follow(cards, told("undo", load="another page"))
    assert names(cards) == ["Sepia"]


def test_of_more_presses_than_a_browser_tells_the_last_are_followed() -> None:
    cards = stacked()
    follow(cards, told(*("look noir",) * MAX_PRESSES, *("nothing",) * MAX_PRESSES))
    assert names(cards) == []
    follow(cards, told(*("nothing",) * MAX_PRESSES, "look noir", load="another page"))
    assert names(cards) == ["Noir"]


@pytest.mark.parametrize(
    "odd",
    [None, 7, "undo", [], {}, {"load": 1, "count": 2, "last": ["undo"]}, {"load": "k", "count": "2", "last": ["undo"]},
     {"load": "k", "count": 9, "last": "undo"}, told("look nonsense"), told("jump"), told("jump 99"),
     told("jump " + "9" * 5000), told("jump \u00b2"), told("undo", count=-3),
     {"load": "k", "count": 1, "last": [{"way": "undo"}]}],
)  # fmt: skip
def test_presses_that_no_page_tells_do_nothing(odd: Any) -> None:
    cards = stacked("sepia")
    follow(cards, odd)
    assert names(cards) == ["Sepia"]


def test_a_slider_is_one_step_back_in_one_stay_of_the_focus() -> None:
    cards = stacked("sepia")
    card = cards.stack[0].id
    for stay, values in (("c1-amount 1", (0.9, 0.8, 0.7)), ("c1-amount 2", (0.6, 0.5)), ("", (0.4, 0.3))):
        for value in values:
            cards.change(card, params={"amount": value}, stay=stay)
    back = []
    while cards.past:
        cards.undo()
        back.append(cards.stack[0].params["amount"] if cards.stack else None)
    assert back == [0.4, 0.5, 0.7, 1.0, None]


def test_a_slider_brought_back_to_where_it_was_is_no_step() -> None:
    cards = stacked("sepia")
    card, ways = cards.stack[0].id, len(cards.past)
    for value in (0.9, 1.0):
        cards.change(card, params={"amount": value}, stay="s1")
    assert len(cards.past) == ways
    for value in (0.8, 0.7):
        cards.change(card, params={"amount": value}, stay="s1")
    cards.undo()
    assert cards.stack[0].params["amount"] == 1.0


def test_a_move_that_led_nowhere_takes_no_step_before_it_away() -> None:
    cards = stacked("sepia")
    card, ways = cards.stack[0].id, len(cards.past)
    cards.change(card, params={"amount": 1.0}, stay="s1")
    cards.change(card, params={"amount": 0.5}, stay="s1")
    assert len(cards.past) == ways + 1


def test_a_hundred_moves_of_a_slider_leave_the_way_back_as_long_as_it_was() -> None:
    cards = stacked(*["sepia", "invert"] * (MAX_STEPS // 2))
    card = cards.stack[0].id
    for value in range(STEPS_BACK + 20):
        cards.change(card, strength=1 - value / 1000, stay="s1")
    for _ in range(MAX_STEPS + 1):
        cards.undo()
    assert names(cards) == []


def test_what_the_stack_has_no_room_for_closes_no_card() -> None:
    cards = stacked(*["sepia"] * MAX_STEPS)
    last = frozenset({cards.stack[-1].id})
    assert cards.opened == last
    cards.add("invert")
    assert cards.opened == last
