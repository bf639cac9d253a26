"""The stack as cards: what is asked of one that has gone, looks in place of looks, presses counted by the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from effects import EFFECTS, LOOKS, Pipeline
from effects.recipe import MAX_STEPS
from pages.components.cards import STEPS_BACK, Cards, Refusal


def stacked(*effects: str) -> Cards:
    cards = Cards()
    for effect in effects:
        cards.add(effect)
    return cards


def names(cards: Cards) -> list[str]:
    return [card.step.effect.name for card in cards.stack]


def look_of(name: str) -> list[str]:
    return [step.effect.name for step in LOOKS[name].all_steps]


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
    ],
)
def test_what_is_asked_of_a_card_that_has_gone_does_nothing(ask: Callable[[Cards], None]) -> None:
    cards = stacked("sepia")
    cards.undo()
    cards.add("invert")
    before = (cards.stack, cards.past, cards.future)
    ask(cards)
    assert (cards.stack, cards.past, cards.future) == before
    assert not cards.trouble
    assert cards.shown == cards.pipeline


def test_a_look_takes_the_place_of_the_last_look_and_of_nothing_else() -> None:
    cards = stacked("crop")
    cards.choose_look("noir")
    cards.add("text")
    cards.add("polaroid")
    assert names(cards) == ["crop", *look_of("noir"), "text", "polaroid"]
    cards.choose_look("hudson")
    assert names(cards) == ["crop", *look_of("hudson"), "text", "polaroid"]
    assert cards.look == "hudson"
    cards.choose_look("none")
    assert names(cards) == ["crop", "text", "polaroid"]
    cards.undo()
    cards.undo()
    assert names(cards) == ["crop", *look_of("noir"), "text", "polaroid"]


def test_a_look_that_was_tuned_begins_anew_and_one_that_was_not_stays() -> None:
    cards = Cards()
    cards.choose_look("noir")
    before, ways = cards.stack, len(cards.past)
    cards.choose_look("noir")
    assert (cards.stack, len(cards.past)) == (before, ways)
    cards.change(before[0].id, strength=0.2)
    cards.choose_look("noir")
    assert cards.pipeline == LOOKS["noir"]


def test_what_was_added_to_a_look_is_the_persons_own() -> None:
    cards = Cards()
    cards.choose_look("noir")
    cards.duplicate(cards.stack[0].id)
    cards.move(cards.stack[-1].id, -5)
    cards.choose_look("hudson")
    assert sorted(names(cards)) == sorted([*look_of("hudson"), look_of("noir")[0]])


def test_a_look_is_known_again_in_a_stack_that_was_opened() -> None:
    cards = Cards()
    cards.load(Pipeline((EFFECTS["crop"].step(), *LOOKS["noir"].steps, EFFECTS["text"].step())))
    assert [card.look for card in cards.stack] == ["", *["noir"] * len(LOOKS["noir"].steps), ""]
    cards.choose_look("hudson")
    assert names(cards) == ["crop", *look_of("hudson"), "text"]


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_known_again_alone(look: str) -> None:
    cards = Cards()
    cards.load(LOOKS[look])
    assert LOOKS[cards.look] == LOOKS[look]


def test_groups_are_opened_into_cards_and_a_look_among_them_is_known() -> None:
    cards = Cards()
    cards.load(Pipeline((EFFECTS["crop"].step(), LOOKS["noir"].group(), EFFECTS["text"].step())))
    assert [card.look for card in cards.stack] == ["", *["noir"] * len(LOOKS["noir"]), ""]
    cards.load(Pipeline((LOOKS["noir"].group(strength=0.5),)))
    assert [card.step.strength for card in cards.stack] == [0.5 * step.strength for step in LOOKS["noir"].all_steps]


def test_a_look_too_many_is_told_and_changes_nothing() -> None:
    cards = stacked(*["invert"] * (MAX_STEPS - 1))
    cards.choose_look("noir")
    assert len(cards.stack) == MAX_STEPS - 1
    assert str(MAX_STEPS) in cards.trouble


def told(*pressed: str, count: int | None = None, load: str = "k") -> dict[str, Any]:
    return {"load": load, "count": len(pressed) if count is None else count, "last": list(pressed)}


def test_presses_are_followed_in_order_and_each_once() -> None:
    cards = stacked("sepia", "invert", "swirl")
    cards.follow(told("undo"))
    cards.follow(told("undo"))
    assert names(cards) == ["sepia", "invert"]
    cards.follow(told("undo", "undo", "undo", "redo", "look hudson"))
    assert names(cards) == ["sepia", *look_of("hudson")]
    cards.follow(told("undo", "redo", "redo", count=6))
    assert names(cards) == ["sepia", *look_of("hudson")]
    cards.follow(told("undo", load="another page"))
    assert names(cards) == ["sepia"]


@pytest.mark.parametrize(
    "odd",
    [None, 7, "undo", [], {}, {"load": 1, "count": 2, "last": ["undo"]}, {"load": "k", "count": "2", "last": ["undo"]},
     {"load": "k", "count": 9, "last": "undo"}, told("look nonsense"), told("jump"), told("undo", count=-3),
     {"load": "k", "count": 1, "last": [{"way": "undo"}]}],
)  # fmt: skip
def test_presses_that_no_page_tells_do_nothing(odd: Any) -> None:
    cards = stacked("sepia")
    cards.follow(odd)
    assert names(cards) == ["sepia"]


def test_a_slider_is_one_step_back_in_one_stay_of_the_focus() -> None:
    cards = stacked("sepia")
    card = cards.stack[0].id
    for stay, values in (("c1-amount 1", (0.9, 0.8, 0.7)), ("c1-amount 2", (0.6, 0.5)), ("", (0.4, 0.3))):
        for value in values:
            cards.change(card, params={"amount": value}, stay=stay)
    back = []
    while cards.past:
        cards.undo()
        back.append(cards.stack[0].step.params["amount"] if cards.stack else None)
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
    assert cards.stack[0].step.params["amount"] == 1.0


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
