"""What a card's widgets say: names, options and values, read in one way; what a dice throws."""

from __future__ import annotations

import pytest

from effects import EFFECTS
from effects.marks import Choice, Range, Seed
from pages.components.widgets import MAX_SHARE, help_words, is_share, label, log_stops, other_seed, readable_value

PARAMS = [(effect.name, param) for effect in EFFECTS.values() for param in effect.params]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hue", "Hue"), ("half_life", "Half life"), ("keep_color", "Keep colour"), ("color2", "Colour 2"),
        ("gray", "Grey"), ("gray4", "Grey 4"), ("rgb8", "RGB 8"), ("console16", "Console 16"), ("center", "Centre"),
        ("soft-light", "Soft light"), ("top_left", "Top left"), ("floyd_steinberg", "Floyd Steinberg"),
        ("2x3", "2 × 3"), ("16:9", "16:9"), ("270", "270°"),
    ],
)  # fmt: skip
def test_a_name_is_read_as_words(name: str, words: str) -> None:
    assert label(name) == words


def test_every_option_begins_with_a_capital_or_a_number_and_no_two_read_alike() -> None:
    for _, param in PARAMS:
        if isinstance(param.mark, Choice):
            read = [label(option) for option in param.mark.options]
            assert all(words[0].isupper() or words[0].isdigit() for words in read)
            assert not any("_" in words or "gray" in words.lower() or "color" in words.lower() for words in read)
            assert len({*read}) == len(read)


def test_help_calls_an_option_as_the_list_does() -> None:
    assert help_words(Choice("gray", "color", help="color: grains of its own.")) == "Colour: grains of its own."
    assert help_words(Choice("gray", "color", help="What the grains are.")) == "What the grains are."
    assert help_words(Range(0, 1, help="color of it")) == "color of it"


def test_lengths_places_and_amounts_are_read_in_percent() -> None:
    bare = {(name, param.name): param.mark for name, param in PARAMS
            if isinstance(param.mark, Range) and not param.mark.unit}  # fmt: skip
    read_otherwise = {names: mark.high for names, mark in bare.items() if not is_share(mark)}
    # What can be many times the whole is no share of it; all else without a unit is.
    assert {*read_otherwise} == {
        ("gamma", "gamma"), ("levels", "gamma"), ("local_contrast", "clip_limit"), ("emboss", "depth")
    }  # fmt: skip
    assert all(high > MAX_SHARE for high in read_otherwise.values())
    assert readable_value(0.0015, Range(0.0005, 0.01, "side", scale="log")) == "0.15%"
    assert readable_value(0.25, Range(0.01, 1, scale="log")) == "25%"
    assert readable_value(1.5, Range(0.2, 5, scale="log")) == "1.5"


def test_no_two_stops_of_a_slider_are_read_alike() -> None:
    for _, param in PARAMS:
        if isinstance(param.mark, Range) and param.mark.scale == "log" and not param.mark.integer:
            stops = {*log_stops(param.mark)}
            assert len({readable_value(stop, param.mark) for stop in stops}) == len(stops)


def test_a_dice_throws_every_number_but_the_one_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = []

    def throw(number: int) -> int:
        def below(limit: int) -> int:
            limits.append(limit)
            return number

        monkeypatch.setattr("pages.components.widgets.secrets.randbelow", below)
        return other_seed(5)

    assert throw(0) == 6
    assert throw(Seed.high - 6) == Seed.high
    assert throw(Seed.high - 5) == 0
    assert throw(Seed.high - 1) == 4
    assert {*limits} == {Seed.high}
    monkeypatch.undo()
    assert len({other_seed(0) for _ in range(20)}) > 1
