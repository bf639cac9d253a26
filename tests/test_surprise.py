"""A surprise: the same for the same seed, never the same look twice in a row, one step back."""

from __future__ import annotations

from effects import EFFECTS, LOOKS, Pipeline
from effects.group import Group
from effects.looks import LOOK_BOOK, is_grey
from pages.components.stack.cards import Cards
from pages.components.stack.surprise import LIGHTS, MAX_LIGHTS, SURPRISE, begins_with, chosen_as, suiting, surprise

SEEDS = range(300)


def test_a_seed_has_one_surprise() -> None:
    assert [surprise(seed, Pipeline()) for seed in SEEDS] == [surprise(seed, Pipeline()) for seed in SEEDS]


def test_no_two_in_a_row_have_the_same_look_and_each_look_comes() -> None:
    before, looks = Pipeline(), set()
    for seed in SEEDS:
        drawn = surprise(seed, before)
        (look,) = [look for look in LOOK_BOOK.values() if begins_with(drawn, look)]
        assert not begins_with(before, look)
        looks.add(look.name)
        before = drawn
    assert looks == {*LOOK_BOOK}


def test_the_lights_on_a_look_are_few_of_a_kind_that_it_has_not_and_without_colours_on_grey() -> None:
    coloured = {light.effect for light in LIGHTS if light.is_coloured}
    for seed in SEEDS:
        drawn = surprise(seed, Pipeline())
        (look,) = [look for look in LOOK_BOOK.values() if begins_with(drawn, look)]
        own = len(look.pipeline.all_steps)
        lights = [step.effect.name for step in drawn.all_steps[own:]]
        assert 1 <= len(lights) == len(set(lights)) <= MAX_LIGHTS
        assert not set(lights) & {step.effect.name for step in look.pipeline.all_steps}
        assert not (is_grey(look) and set(lights) & coloured)
        assert look.title in drawn.title


def test_it_is_still_the_chosen_one_when_its_address_is_opened_again() -> None:
    for seed in SEEDS[:60]:
        drawn, cards = surprise(seed, Pipeline()), Cards()
        cards.load(Pipeline.from_link(Pipeline((EFFECTS["crop"].step(), drawn.group(0.7))).to_link()))
        assert cards.look == SURPRISE
        cards.choose_look("hudson")
        assert [card.title for card in cards.stack] == ["Crop", "Hudson"], "another look takes its place"


def test_steps_that_are_no_surprise_are_not_chosen_as_one() -> None:
    lights = [EFFECTS[light.effect].step() for light in LIGHTS]
    noir = LOOKS["noir"].all_steps
    for steps in (lights[:2], (*noir, EFFECTS["swirl"].step()), (*noir, *lights[: MAX_LIGHTS + 1])):
        assert chosen_as(Group(tuple(steps)), {}) == ""
    assert chosen_as(LOOKS["noir"].group(0.3), {}) == "noir"
    assert chosen_as(EFFECTS["swirl"].step(), {}) == ""


def test_every_look_has_a_light_to_choose() -> None:
    assert all(suiting(look) for look in LOOK_BOOK.values())


def test_it_takes_the_looks_place_as_one_step_back() -> None:
    cards = Cards()
    cards.add("crop")
    cards.choose_look("noir")
    cards.add("swirl")
    before, first = cards.stack, surprise(1, LOOKS["noir"])
    cards.surprise(1)
    assert [card.title for card in cards.stack] == ["Crop", first.title, "Swirl"]
    cards.surprise(1)
    assert [card.title for card in cards.stack] == ["Crop", surprise(1, first).title, "Swirl"]
    cards.choose_look("moon")
    assert [card.title for card in cards.stack] == ["Crop", "Moon", "Swirl"]
    for _ in range(3):
        cards.undo()
    assert cards.stack == before
