"""What of a card can be taken hold of in the picture, read from its effect's marks."""

from __future__ import annotations

from typing import Any

import pytest

from effects import EFFECTS, Pipeline
from effects.effect import Effect
from effects.marks import Range
from pages.components.stack.cards import Cards
from pages.components.stack.lying import Grips, grips_of
from pages.components.stage.grips import grips_data, hold_of, step_grips, wish_of

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
    assert found["swirl"] == Grips(spots=(("x", "y"),), around="radius", angle="angle", bearing="anticlockwise")
    assert found["tilt_shift"] == Grips(spots=(("x", "y"),), across="band", angle="angle")
    assert found["straighten"] == Grips(turned="angle")
    assert found["rotate_flip"] == Grips(quarter="angle", flips=("flip_horizontal", "flip_vertical"))
    assert found["text"] == Grips(words="text", anchor="anchor", aside=("x", "y"))


def test_every_angle_is_taken_hold_of_unless_it_is_a_colours_or_a_waves_own() -> None:
    angles = {
        (name, param.name)
        for name, effect in EFFECTS.items()
        for param in effect.params
        if isinstance(param.mark, Range) and param.mark.unit == "deg"
    }
    grips = {name: grips_of(effect) for name, effect in EFFECTS.items()}
    held = {(name, held) for name, each in grips.items() for held in (each.angle, each.turned) if held}
    assert angles - held == {
        *(("hue_rotate", "angle"), ("light_leak", "hue"), ("wave", "phase")),
        *(("color_pop", "hue"), ("color_pop", "width")),
    }


@pytest.mark.parametrize(
    "effect", [effect for effect in EFFECTS.values() if grips_of(effect)], ids=lambda each: each.name
)
def test_each_handle_has_words_limits_and_a_value(effect: Effect) -> None:
    modes = {"overlay": {"shape": "radial"}, "chromatic_aberration": {"mode": "linear"}}
    modes["background"] = {"way": "gradient"}
    held = hold_of(cards(effect.name, **modes.get(effect.name, {})))
    assert held is not None
    data = grips_data(held)
    for name, (low, high) in data["limits"].items():
        assert low <= data["values"][name] <= high
    handles = {*filter(None, (data["around"], data["across"], data["angle"], data["turned"], data["words"]))}
    handles |= {"center"} if data["spots"] else set()
    handles |= {"move", "nw", "n", "ne", "e", "se", "s", "sw", "w"} if data["box"] else set()
    handles |= {"place", "write"} if data["words"] else set()
    assert handles or data["turns"]
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


def test_what_does_not_count_is_not_held() -> None:
    for params, spots, angle in (
        ({"shape": "solid"}, (), ""),
        ({}, (), "angle"),
        ({"shape": "radial"}, (("x", "y"),), ""),
    ):
        held = hold_of(cards("overlay", **params))
        assert (step_grips(held.step) if held else Grips()) == Grips(
            spots=spots, angle=angle, bearing="from_top" if angle else "clockwise"
        )


def test_a_point_is_not_held_where_it_is_seen_elsewhere() -> None:
    made = cards("swirl")
    swirl = made.stack[0].id
    made.add("rotate_flip")
    made.opened = frozenset({swirl})
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
    assert wish_of(cards("swirl"), told) is None


def test_a_wish_is_about_what_lies_in_the_picture_alone() -> None:
    told = {"card": "c1", "values": {"x": 0.1, "seed": 30, "strength": 0}, "stay": "k 1"}
    assert wish_of(cards("swirl"), told) == ("c1", {"x": 0.1}, "stage k 1")


def test_a_picture_is_levelled_as_it_was_and_turned_before_that() -> None:
    made = cards("sepia", "straighten", angle=5)
    held = hold_of(made)
    assert held is not None
    assert held.before == Pipeline((EFFECTS["sepia"].step(),))
    data = grips_data(held)
    assert [turn["way"] for turn in data["turns"]] == ["left", "right", "across", "down"]
    assert data["cuts"]
    made.change(made.stack[1].id, params={"crop": False})
    uncut = hold_of(made)
    assert uncut is not None
    assert not grips_data(uncut)["cuts"]
    made.toggle_solo(made.stack[1].id)
    alone = hold_of(made)
    assert alone is not None
    assert not alone.turns, "what comes before it is not seen"


def test_words_stand_at_the_place_they_are_anchored_to() -> None:
    found = {}
    for anchor in ("top_left", "bottom", "center", "right"):
        held = hold_of(cards("text", anchor=anchor))
        assert held is not None
        found[anchor] = grips_data(held)["anchor"]
    assert found == {"top_left": [0, 0], "bottom": [0.5, 1], "center": [0.5, 0.5], "right": [1, 0.5]}
    meme = hold_of(cards("text", layout="meme"))
    assert meme is not None
    assert grips_data(meme)["anchor"] == [0.5, 0.5], "its place does not count"
