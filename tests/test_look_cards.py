"""A look is one card, with one strength: put in place of a look, opened into its steps, known again in a recipe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from effects import EFFECTS, LOOKS, Group, Pipeline
from effects.looks import LOOK_BOOK
from pages.components.stack.card import Card, title_of, titles_of
from pages.components.stack.cards import Cards
from tests.pictures import photograph
from tests.test_cards import names, stacked


def settings(cards: Cards) -> list[tuple[str, float, bool]]:
    return [(card.title, card.step.strength, card.step.muted) for card in cards.stack]


@pytest.mark.parametrize(
    "ask",
    [
        lambda cards, look: cards.change(look, params={"amount": 0.5}),
        lambda cards, _look: cards.open_steps(cards.stack[0].id),
        lambda cards, look: cards.change(look, strength=7),
    ],
)
def test_what_no_card_of_its_kind_can_do_does_nothing(ask: Callable[[Cards, str], None]) -> None:
    cards = stacked("sepia")
    cards.choose_look("noir")
    before = cards.history
    ask(cards, cards.stack[1].id)
    assert cards.history == before


def test_a_look_takes_the_place_of_the_last_look_and_of_nothing_else() -> None:
    cards = stacked("crop")
    cards.choose_look("noir")
    cards.add("text")
    cards.add("polaroid")
    others = [card for card in cards.stack if not card.look]
    assert names(cards) == ["Crop", "Noir", "Text", "Polaroid"]
    cards.choose_look("hudson")
    assert names(cards) == ["Crop", "Hudson", "Text", "Polaroid"]
    assert cards.look == "hudson"
    cards.choose_look("none")
    assert list(cards.stack) == others
    assert cards.look == ""
    cards.undo()
    cards.undo()
    assert names(cards) == ["Crop", "Noir", "Text", "Polaroid"]


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_is_one_card_of_all_its_steps_under_its_title(look: str) -> None:
    cards = Cards()
    cards.choose_look(look)
    assert cards.pipeline == Pipeline((LOOKS[look].group(),))
    (card,) = cards.stack
    assert (card.title, card.summary) == (LOOK_BOOK[look].title, LOOK_BOOK[look].summary)
    assert card.steps == LOOKS[look].all_steps
    assert card.has_slider


def test_a_look_that_is_chosen_once_more_is_opened_as_it_is() -> None:
    cards = stacked("sepia")
    cards.choose_look("noir")
    look = cards.stack[1].id
    assert look not in cards.opened
    cards.change(look, strength=0.2)
    before = cards.history
    cards.choose_look("noir")
    assert cards.history == before
    assert cards.opened == {look}
    cards.change(look, muted=True)
    cards.choose_look("noir")
    assert settings(cards)[1] == ("Noir", 0.2, False)


def test_another_look_begins_at_full_strength() -> None:
    cards = Cards()
    cards.choose_look("noir")
    cards.change(cards.stack[0].id, strength=0.2, muted=True)
    cards.choose_look("hudson")
    assert settings(cards) == [("Hudson", 1.0, False)]


def test_reset_gives_a_look_its_full_strength_back() -> None:
    cards = Cards()
    cards.choose_look("noir")
    cards.change(cards.stack[0].id, strength=0.2)
    cards.reset(cards.stack[0].id)
    assert cards.pipeline == Pipeline((LOOKS["noir"].group(),))


def test_a_copy_of_a_look_is_the_persons_own() -> None:
    cards = Cards()
    cards.choose_look("noir")
    cards.duplicate(cards.stack[0].id)
    cards.choose_look("hudson")
    assert names(cards) == ["Hudson", "Noir"]
    cards.choose_look("none")
    assert names(cards) == ["Noir"]


def test_a_look_alone_is_shown_alone() -> None:
    cards = stacked("sepia")
    cards.choose_look("noir")
    cards.change(cards.stack[1].id, strength=0.4)
    cards.toggle_solo(cards.stack[1].id)
    assert cards.shown == Pipeline((LOOKS["noir"].group(strength=0.4),))


@pytest.mark.parametrize("fields", [{}, {"muted": True}, {"strength": 0.0}, {"muted": True, "strength": 0.5}])
def test_a_looks_steps_are_opened_into_cards_of_the_same_picture(fields: dict[str, Any]) -> None:
    cards = stacked("crop")
    cards.choose_look("expired")
    cards.change(cards.stack[1].id, **fields)
    cards.add("sepia")
    before = cards.pipeline
    cards.open_steps(cards.stack[1].id)
    assert names(cards) == ["Crop", *(step.effect.title for step in LOOKS["expired"].all_steps), "Sepia"]
    assert not cards.note
    assert cards.look == ""
    image = photograph(40, 60)
    assert (cards.pipeline(image) == before(image)).all()
    cards.undo()
    assert cards.pipeline == before


def test_steps_that_take_over_part_of_a_strength_are_said_to_come_near_to_it() -> None:
    cards = Cards()
    cards.choose_look("noir")
    cards.change(cards.stack[0].id, strength=0.5)
    cards.open_steps(cards.stack[0].id)
    assert cards.pipeline == Pipeline((LOOKS["noir"].group(strength=0.5),)).ungrouped()
    assert "Noir" in cards.note
    cards.add("sepia")
    assert not cards.note


def test_a_look_of_one_step_opens_exactly_at_any_strength() -> None:
    cards = Cards()
    cards.choose_look("perpetua")
    cards.change(cards.stack[0].id, strength=0.5)
    before = cards.pipeline
    cards.open_steps(cards.stack[0].id)
    assert not cards.note
    image = photograph(40, 60)
    assert (cards.pipeline(image) == before(image)).all()


def test_what_changes_the_canvas_is_there_or_not_on_a_groups_card_too() -> None:
    group = Group((EFFECTS["border"].step(), EFFECTS["sepia"].step()), title="Framed")
    assert not Card("c1", group).has_slider
    cards = Cards()
    cards.load(Pipeline((group,)))
    cards.change("c1", strength=0.5)
    assert "strength" in cards.trouble
    assert cards.pipeline == Pipeline((group,))


def test_steps_in_a_row_that_are_a_look_become_its_card_and_the_same_picture() -> None:
    once = Pipeline((EFFECTS["crop"].step(), *LOOKS["noir"].steps, EFFECTS["text"].step()))
    cards = Cards()
    cards.load(Pipeline.from_link(once.to_link()))
    assert names(cards) == ["Crop", "Noir", "Text"]
    image = photograph(90, 120)
    assert (cards.pipeline(image) == once(image)).all()
    cards.choose_look("hudson")
    assert names(cards) == ["Crop", "Hudson", "Text"]


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_known_again_alone_and_is_the_same_picture(look: str) -> None:
    cards = Cards()
    cards.load(LOOKS[look])
    assert cards.look == look
    assert cards.pipeline == Pipeline((LOOKS[look].group(),))
    image = photograph(30, 40)
    assert (cards.pipeline(image) == LOOKS[look](image)).all()


def test_two_looks_in_a_row_are_two_cards_and_the_first_is_the_chosen_one() -> None:
    cards = Cards()
    cards.load(LOOKS["noir"] + LOOKS["hudson"])
    assert [(card.title, card.look) for card in cards.stack] == [("Noir", "noir"), ("Hudson", "")]


def test_steps_that_are_not_quite_a_look_stay_steps() -> None:
    first, *others = LOOKS["noir"].all_steps
    cards = Cards()
    cards.load(Pipeline((replace(first, strength=0.9), *others)))
    assert names(cards) == [step.effect.title for step in LOOKS["noir"].all_steps]


def test_a_recipe_of_groups_is_shown_as_it_was_written() -> None:
    own = Group(LOOKS["hudson"].all_steps[:2], 0.7, title="My own")
    recipe = Pipeline((*LOOKS["hudson"].steps, own, LOOKS["noir"].group(strength=0.5)))
    cards = Cards()
    cards.load(Pipeline.from_link(recipe.to_link()))
    assert cards.pipeline == recipe
    steps = [step.effect.title for step in LOOKS["hudson"].all_steps]
    assert [(card.title, card.look) for card in cards.stack] == [
        *((title, "") for title in steps), ("My own", ""), ("Noir", "noir"),
    ]  # fmt: skip


def test_a_group_is_called_by_its_title_or_as_the_look_it_is_or_by_its_steps() -> None:
    sepia, invert = EFFECTS["sepia"].step(), EFFECTS["invert"].step()
    assert title_of(Group((sepia,), title=" My\n own ")) == "My own"
    assert title_of(LOOKS["xpro2"].group(0.3, title="")) == "X-Pro II"
    assert title_of(Group((sepia, invert, sepia))) == "Sepia, Invert"
    assert title_of(Group()) == "No steps"
    assert titles_of(Pipeline((sepia, LOOKS["noir"].group(), sepia))) == "Sepia, Noir"
