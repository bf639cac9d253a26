"""Quarter turns and flips by hand: in any order they are one step, and what is cut or levelled stays what it was."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from effects import EFFECTS, Pipeline, Step
from effects.image import Image
from pages.components.stack.cards import Cards
from pages.components.stack.told_presses import follow
from pages.components.stack.turns import TITLES, carried_step, first_turn, turned_step

PICTURE: Image = np.random.default_rng(3).integers(0, 256, (40, 60, 3), np.uint8)
BY_HAND: dict[str, Callable[[Image], Image]] = {
    "left": np.rot90,
    "right": lambda picture: np.rot90(picture, -1),
    "across": lambda picture: picture[:, ::-1],
    "down": lambda picture: picture[::-1],
}


def made_by(*steps: Step) -> Image:
    return Pipeline(steps)(PICTURE)


@pytest.mark.parametrize("ways", [*product(TITLES, repeat=3)], ids="-".join)
def test_turns_and_flips_one_after_another_are_one_step(ways: tuple[str, ...]) -> None:
    step, wanted = first_turn(ways[0]), PICTURE
    for way in ways[1:]:
        step = turned_step(step, way)
    for way in ways:
        wanted = BY_HAND[way](wanted)
    assert np.array_equal(made_by(step), wanted)


@pytest.mark.parametrize("way", TITLES)
def test_what_is_cut_or_levelled_is_the_same_part_of_the_turned_picture(way: str) -> None:
    crop = EFFECTS["crop"].step(x=0.1, y=0.2, width=0.6, height=0.5, aspect="3:2")
    assert np.array_equal(made_by(first_turn(way), carried_step(crop, way)), BY_HAND[way](made_by(crop)))
    level = EFFECTS["straighten"].step(angle=8)
    off = made_by(first_turn(way), carried_step(level, way)).astype(int) - BY_HAND[way](made_by(level))
    assert np.abs(off).max() <= 1


def test_a_press_turns_what_the_card_is_applied_to_and_is_one_step_back() -> None:
    made = Cards()
    for effect in ("sepia", "crop"):
        made.add(effect)
    crop = made.stack[-1].id
    made.change(crop, params={"x": 0.5, "width": 0.25})
    follow(made, {"load": "a", "count": 2, "last": [f"turn {crop} right", f"turn {crop} across"]})
    _sepia, turner, cut = made.stack
    assert turner.step == turned_step(first_turn("right"), "across")
    assert (cut.id, cut.params["y"], cut.params["height"]) == (crop, 0.5, 0.25)
    assert crop in made.opened
    made.undo()
    made.undo()
    assert [card.step.effect.name for card in made.stack if isinstance(card.step, Step)] == ["sepia", "crop"]
    follow(made, {"load": "a", "count": 4, "last": ["turn c99 left", f"turn {crop} inside_out"]})
    assert len(made.stack) == 2


def test_a_card_that_turns_is_turned_on_itself() -> None:
    made = Cards()
    made.add("rotate_flip")
    for _ in range(3):
        made.turn(made.stack[0].id, "right")
    assert [card.step for card in made.stack] == [EFFECTS["rotate_flip"].step(angle="0")]
