"""The history: a hundred steps with a name each, and a way to any of them."""

from __future__ import annotations

import pytest

from effects import EFFECTS, LOOKS
from pages.components.stack.cards import Cards
from pages.components.stack.history import START, STEPS_BACK
from pages.components.stack.history_menu import words_of
from pages.components.stack.told_presses import follow


def titles(cards: Cards) -> list[str]:
    return [words_of(state) for state in cards.history.states]


def numbers(cards: Cards) -> list[int]:
    return [state.number for state in cards.history.states]


def test_each_step_has_the_name_of_what_was_done() -> None:
    cards = Cards()
    cards.add("duotone")
    cards.change("c1", strength=0.5)
    cards.change("c1", params={"shadow": "#102030"})
    cards.change("c1", muted=True)
    cards.change("c1", muted=False)
    cards.reset("c1")
    cards.duplicate("c1")
    cards.remove("c2")
    cards.choose_look("noir")
    cards.move("c3", -1)
    cards.move("c3", 1)
    cards.choose_look("hudson")
    cards.open_steps("c4")
    cards.put_first((EFFECTS["exposure"].step(stops=1),))
    cards.load(LOOKS["noir"])
    cards.choose_look("none")
    assert titles(cards) == [
        "Start",
        "Add Duotone",
        "Duotone: strength",
        "Duotone: shadow",
        "Turn Duotone off",
        "Turn Duotone on",
        "Reset Duotone",
        "Duplicate Duotone",
        "Remove Duotone",
        "Add Noir",
        "Move Noir up",
        "Move Noir down",
        "Hudson in place of Noir",
        "Open the steps of Hudson",
        "Auto",
        "Open a stack",
        "Remove Noir",
    ]


@pytest.mark.parametrize(("effect", "param", "words"), [
    ("curves", "rgb", "Curves: RGB"), ("vignette", "amount", "Vignette: amount"), ("swirl", "x", "Swirl: X"),
])  # fmt: skip
def test_a_parameter_is_called_as_on_its_card(effect: str, param: str, words: str) -> None:
    cards = Cards()
    cards.add(effect)
    value = {"rgb": "0,0 0.5,0.6 1,1"}.get(param, 0.123)
    cards.change("c1", params={param: value})
    assert titles(cards)[-1] == words


def test_one_jumps_to_any_state_and_back_and_nothing_is_lost() -> None:
    cards = Cards()
    for name in ("sepia", "invert", "swirl"):
        cards.add(name)
    stacks = [state.stack for state in cards.history.states]
    for number in (0, 3, 1, 2):
        cards.go_to(number)
        assert cards.stack == stacks[number]
        assert cards.history.now.number == number
        assert [state.stack for state in cards.history.states] == stacks
    assert (len(cards.past), len(cards.future)) == (2, 1)
    cards.undo()
    assert cards.stack == stacks[1]


def test_what_was_taken_back_is_given_up_by_a_change_and_its_number_never_returns() -> None:
    cards = Cards()
    for name in ("sepia", "invert", "swirl"):
        cards.add(name)
    cards.go_to(1)
    cards.add("posterize")
    assert titles(cards) == ["Start", "Add Sepia", "Add Posterize"]
    assert numbers(cards) == [0, 1, 4]
    before = cards.history
    for gone in (2, 3, 5, -1):
        cards.go_to(gone)
        assert cards.history == before


def test_the_last_hundred_steps_can_be_taken_back() -> None:
    cards = Cards()
    cards.add("sepia")
    for change in range(150):
        cards.change("c1", strength=change / 1000)
    assert STEPS_BACK == len(cards.past) == 100
    cards.go_to(numbers(cards)[0])
    assert cards.stack[0].step.strength == pytest.approx(0.049)
    assert START not in titles(cards)
    cards.undo()
    assert cards.stack[0].step.strength == pytest.approx(0.049)


def test_jumps_are_pressed_in_their_order_among_undo_and_looks() -> None:
    cards = Cards()
    for name in ("sepia", "invert", "swirl"):
        cards.add(name)
    follow(cards, {"load": "k", "count": 4, "last": ["undo", "jump 1", "redo", "look noir"]})
    assert [card.title for card in cards.stack] == ["Sepia", "Invert", "Noir"]
    follow(cards, {"load": "k", "count": 5, "last": ["jump 3"]})  # given up meanwhile
    assert [card.title for card in cards.stack] == ["Sepia", "Invert", "Noir"]
