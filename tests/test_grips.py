"""What of a card can be taken hold of in the picture, read from its effect's marks."""

from __future__ import annotations

from typing import Any

import pytest

from effects import EFFECTS, Pipeline
from effects.effect import Effect
from pages.components.stack.cards import Cards
from pages.components.stage.grips import Grips, grips_data, grips_of, hold_of, wished

POINTS = {"swirl", "bulge_pinch", "kaleidoscope", "tilt_shift", "light_leak", "overlay"}


def cards(*names: str, **params: Any) -> Cards:
    made = Cards()
    for name in names:
        made.add(name)
    made.change(made.stack[-1].id, params=params)
    return made


def test_every_pair_of_positions_is_a_point_and_every_rectangle_a_rectangle() -> None:
    found = {name: grips_of(effect) for name, effect in EFFECTS.items() if grips_of(effect)}
    assert {name for name, grips in found.items() if grips.spots} == POINTS
    assert {name for name, grips in found.items() if grips.box} == {"crop"}
    assert found["crop"] == Grips(box=("x", "y", "width", "height"), shape="aspect")
    assert found["swirl"] == Grips(spots=(("x", "y"),), around="radius")
    assert found["tilt_shift"] == Grips(spots=(("x", "y"),), across="band", clockwise="angle")


@pytest.mark.parametrize(
    "effect", [effect for effect in EFFECTS.values() if grips_of(effect)], ids=lambda each: each.name
)
def test_each_handle_has_words_limits_and_a_value(effect: Effect) -> None:
    held = hold_of(cards(effect.name, **({"shape": "radial"} if effect.name == "overlay" else {})))
    assert held is not None
    data = grips_data(held)
    for name, (low, high) in data["limits"].items():
        assert low <= data["values"][name] <= high
    handles = {*filter(None, (data["around"], data["across"], data["clockwise"]))}
    handles |= {"center"} if data["spots"] else {"move", "nw", "n", "ne", "e", "se", "s", "sw", "w"}
    assert all(data["says"][name].startswith(effect.title) for name in handles)


def test_shapes_are_told_as_width_by_height() -> None:
    held = hold_of(cards("crop"))
    assert held is not None
    ratios = {shape["title"]: shape["ratio"] for shape in grips_data(held)["shapes"]}
    assert ratios == {
        **{"Free": 0, "Original": -1, "1:1": 1, "4:5": 0.8, "3:4": 0.75, "2:3": 2 / 3, "9:16": 9 / 16},
        **{"5:4": 1.25, "4:3": 4 / 3, "3:2": 1.5, "16:9": 16 / 9},
    }


def test_what_is_cut_is_shown_whole_while_its_card_is_open() -> None:
    made = cards("sepia", "crop", width=0.5)
    held = hold_of(made)
    assert held is not None
    assert held.before == Pipeline((EFFECTS["sepia"].step(),))
    made.toggle_solo(made.stack[1].id)
    alone = hold_of(made)
    assert alone is not None
    assert alone.before == Pipeline()
    made.toggle_solo(made.stack[1].id)
    made.toggle_open(made.stack[1].id)
    assert hold_of(made) is None


def test_a_point_is_not_held_where_it_does_not_count_or_is_seen_elsewhere() -> None:
    assert hold_of(cards("overlay")) is None, "a linear one has no centre"
    assert hold_of(cards("overlay", shape="radial")) is not None
    made = cards("swirl")
    swirl = made.stack[0].id
    made.add("rotate_flip")
    made.toggle_open(swirl)
    assert hold_of(made) is None, "what is turned later lies elsewhere"
    made.change(made.stack[1].id, muted=True)
    held = hold_of(made)
    assert held is not None
    assert held.card == swirl
    made.change(swirl, muted=True)
    assert hold_of(made) is None


@pytest.mark.parametrize(
    "told",
    [None, "x", {}, {"card": "c9", "values": {"x": 0.1}, "stay": "1"}, {"card": "c1", "values": [0.1], "stay": "1"}],
    ids=str,
)
def test_a_wish_that_is_about_nothing_does_nothing(told: Any) -> None:
    assert wished(cards("swirl"), told) is None


def test_a_wish_is_about_what_lies_in_the_picture_alone() -> None:
    told = {"card": "c1", "values": {"x": 0.1, "angle": 30, "strength": 0}, "stay": "k 1"}
    assert wished(cards("swirl"), told) == ("c1", {"x": 0.1}, "stage k 1")
