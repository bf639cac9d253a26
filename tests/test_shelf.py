"""The shelf is searched in people's words: what they call an effect finds it."""

from __future__ import annotations

import pytest

from effects import CATEGORIES, EFFECTS
from effects.effect import Effect
from effects.looks import LOOK_BOOK
from pages.components.photo.invitation import sample_thumbnails
from pages.components.picker.shelf import search_words, shelf

WANTED = {
    "sharpen": "unsharp_mask",
    "b&w": "black_and_white",
    "mosaic": "pixelate",
    "gray": "grayscale",
    "grey": "grayscale",
    "color": "color_pop",
    "colour": "color_pop",
    "white balance": "temperature_tint",
    "sunset": "temperature_tint",
    "motion blur": "trails",
    "meme": "text",
    "retro": "vhs",
    "warm": "temperature_tint",
    "miniature": "tilt_shift",
}


def found(search: str) -> list[str]:
    """The tiles whose words begin with each word of the search, as `gallery.js` finds them."""
    tiles = [tile for _, tiles in shelf(sample_thumbnails()) for tile in tiles]
    return [tile.name for tile in tiles if all(f" {word}" in f" {tile.words}" for word in search.split())]


@pytest.mark.parametrize(("search", "name"), WANTED.items())
def test_what_people_call_an_effect_finds_it(search: str, name: str) -> None:
    assert name in found(search)


def test_all_words_of_a_search_count() -> None:
    assert found("caption title") == ["text"]
    assert found("caption sepia") == []


def test_a_category_finds_its_effects_and_a_family_its_looks() -> None:
    assert set(CATEGORIES["blur"].effects) <= set(found("blur sharpen"))
    assert "look:noir" in found("look noir")
    assert {"look:teal_and_orange", "look:cine_tungsten"} <= set(found("cinematic"))
    assert {f"look:{name}" for name in LOOK_BOOK} <= set(found("filter"))
    assert {f"look:{name}" for name, look in LOOK_BOOK.items() if look.family == "classic"} == set(found("instagram"))


def test_both_spellings_are_known_and_each_word_once() -> None:
    assert search_words("Grey_scale, colours; grey") == "grey gray scale colours colors"


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_what_an_effect_is_also_called_says_something_new(effect: Effect) -> None:
    names = effect.also.split(", ")
    assert len(names) == len(set(names)) >= 2
    assert effect.title.lower() not in names
    assert effect.also == effect.also.lower().strip()
