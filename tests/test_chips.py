"""Chips: each effect and look is under one at least, and each chip has something under it."""

from __future__ import annotations

import pytest

from effects import CATEGORIES, EFFECTS
from effects.effect import Effect
from effects.looks import FAMILIES, LOOK_BOOK, Look, find_grey_looks
from pages.components.picker.chips import ALL, CHIPS, FAVOURITES, chip_titles, chips_of_effect, chips_of_look

WRITTEN = [
    *("All", "Favourites", "Light", "Colour", "Film", "Black & white"),
    *("Blur & sharpen", "Drawn", "Bent", "Retro", "People", "Frames", "Moving"),
]


def test_what_is_written_on_them() -> None:
    assert list(chip_titles(ALL, FAVOURITES).values()) == WRITTEN
    assert list(chip_titles(ALL).values()) == [WRITTEN[0], *WRITTEN[2:]]


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_an_effect_is_under_a_chip(effect: Effect) -> None:
    assert chips_of_effect(effect)


@pytest.mark.parametrize("look", LOOK_BOOK.values(), ids=LOOK_BOOK)
def test_a_look_is_under_a_chip(look: Look) -> None:
    assert chips_of_look(look)


def test_chips_name_categories_and_families_that_there_are_and_none_is_empty() -> None:
    for chip in CHIPS.values():
        assert chip.categories
        assert set(chip.categories) <= set(CATEGORIES)
        assert set(chip.families) <= set(FAMILIES)


def test_looks_without_colour_are_black_and_white() -> None:
    assert find_grey_looks() == {"inkwell", "moon", "willow", "mono_400", "noir"}
    assert "monochrome" in chips_of_look(LOOK_BOOK["noir"])
    assert "monochrome" not in chips_of_look(LOOK_BOOK["valencia"])
