"""Cards worked by hand: what the browser tells of it is followed in its order, each as one step back."""

from __future__ import annotations

import pytest

from effects import EFFECTS
from pages.components.stack.card import differing
from pages.components.stack.cards import Cards
from pages.components.stack.told_presses import follow


def stacked(*effects: str) -> Cards:
    cards = Cards()
    for effect in effects:
        cards.add(effect)
    return cards


def names(cards: Cards) -> list[str]:
    return [step.effect.name for step in cards.pipeline.all_steps]


def told(*presses: str) -> dict[str, object]:
    return {"load": "k3", "count": len(presses), "last": list(presses)}


def test_a_dragged_card_moves_by_so_many_places_and_is_one_step_back() -> None:
    cards = stacked("invert", "sepia", "mirror", "grain")
    ways = len(cards.past)
    follow(cards, told("move c4 -3"))
    assert names(cards) == ["grain", "invert", "sepia", "mirror"]
    assert len(cards.past) == ways + 1
    cards.undo()
    assert names(cards) == ["invert", "sepia", "mirror", "grain"]


def test_moves_and_undos_are_followed_in_the_order_of_the_hand() -> None:
    cards = stacked("invert", "sepia", "mirror")
    follow(cards, told("move c1 1", "move c1 1", "undo", "move c3 -999"))
    assert names(cards) == ["mirror", "sepia", "invert"]


def test_a_setting_is_set_back_alone_and_in_one_step() -> None:
    cards = stacked("grain")
    cards.change("c1", params={"amount": 0.9, "size": 0.005})
    cards.change("c1", strength=0.4)
    ways = len(cards.past)
    follow(cards, told("reset c1 amount"))
    assert cards.stack[0].step == EFFECTS["grain"].step(size=0.005, strength=0.4)
    assert len(cards.past) == ways + 1
    follow(cards, told("reset c1 amount", "reset c1 strength"))
    assert cards.stack[0].step == EFFECTS["grain"].step(size=0.005)
    follow(cards, told("reset c1 amount", "reset c1 strength", "reset c1 size"))
    assert cards.stack[0].step == EFFECTS["grain"].step()


@pytest.mark.parametrize(
    "press",
    [
        "move c9 1", "move c1 up", "move c1 1e9", "move c1", "move",
        "reset c9 amount", "reset c1 nothing", "reset c1", "reset",
    ],
)  # fmt: skip
def test_what_no_hand_can_do_does_nothing(press: str) -> None:
    cards = stacked("sepia", "invert")
    cards.change("c1", params={"amount": 0.5})
    before = (cards.stack, cards.past, cards.future)
    follow(cards, told(press))
    assert (cards.stack, cards.past, cards.future) == before
    assert not cards.trouble


def test_what_differs_is_what_was_set_and_what_hides_it() -> None:
    cards = stacked("grain")
    assert differing(cards.stack[0]) == []
    cards.change("c1", params={"size": 0.005})
    cards.change("c1", strength=0.4)
    assert differing(cards.stack[0]) == ["c1-size", "c1-strength"]
    cards.change("c1", params={"seed": 7})
    assert differing(cards.stack[0]) == ["c1-size", "c1-seed", "c1-more", "c1-strength"]
    cards.reset("c1")
    assert differing(cards.stack[0]) == []
