"""Where a card counts: chosen, shared with the card above, painted, turned along with the picture; each a step back."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Pipeline, Step
from effects.image import Image
from effects.masks.mask import MAX_SHAPES, SHAPES, Mask
from effects.masks.shapes import MAX_STROKES, Brush, Linear, Luma, Radial, Stroke
from pages.components.stack.card import Card
from pages.components.stack.cards import Cards
from pages.components.stack.told_presses import follow
from pages.components.stack.turns import TITLES, carried_steps, first_turn
from pages.components.stack.where import link_trouble
from pages.components.stack.where_changes import add_shape, choose_where, remove_shape, set_shape, shape_in_hand
from pages.components.stack.where_shapes import (
    ABOVE,
    EVERYWHERE,
    KINDS,
    SEVERAL,
    first_shape,
    setting_title,
    settings_of,
)
from tests.test_turns import BY_HAND

PICTURE: Image = np.random.default_rng(5).integers(0, 256, (60, 90, 3), np.uint8)


def stacked(*effects: str) -> tuple[Cards, list[str]]:
    made = Cards()
    for effect in effects:
        made.add(effect)
    return made, [card.id for card in made.stack]


def masks(made: Cards) -> list[Mask]:
    return [card.step.mask for card in made.stack]


def card_of(made: Cards, name: str) -> Card:
    card = made.card(name)
    assert card is not None
    return card


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_the_library_has_can_be_chosen_and_is_in_the_link(kind: str) -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, kind)
    assert [shape.kind for shape in card_of(made, card).step.mask] == [kind]
    assert made.masking.card == card, "it is shown in the picture"
    assert Pipeline.from_link(made.pipeline.to_link()) == made.pipeline
    choose_where(made, card, EVERYWHERE)
    assert (masks(made), made.masking.card) == ([()], "")
    made.undo()
    assert card_of(made, card).step.mask[0].kind == kind


def test_no_kind_is_left_out_and_what_changes_the_canvas_has_no_mask() -> None:
    assert set(KINDS) == set(SHAPES)
    assert all(setting_title(name) for kind in KINDS for name in settings_of(first_shape(kind)))
    made, (card,) = stacked("crop")
    choose_where(made, card, "linear")
    add_shape(made, card, "radial")
    assert masks(made) == [()]


def test_a_look_counts_where_it_is_masked() -> None:
    made = Cards()
    made.choose_look("noir")
    choose_where(made, made.stack[0].id, "radial")
    assert made.pipeline[0] == LOOKS["noir"].group(mask=(first_shape("radial"),))
    made.load(Pipeline.from_link(made.pipeline.to_link()))
    assert made.look == "noir"


def test_a_card_that_counts_as_the_one_above_follows_it_until_it_is_told_otherwise_or_moved_away() -> None:
    made, (first, second, third) = stacked("exposure", "sepia", "invert")
    choose_where(made, first, "linear")
    for card in (second, third):
        choose_where(made, card, ABOVE)
    set_shape(made, first, 0, {"y0": 0.9})
    assert masks(made) == [(Linear(y0=0.9, y1=0.35),)] * 3
    assert [card.is_as_above for card in made.stack] == [False, True, True]
    made.undo()
    assert masks(made) == [(first_shape("linear"),)] * 3
    again = Cards()
    again.load(Pipeline.from_link(made.pipeline.to_link()))
    assert [card.is_as_above for card in again.stack] == [False, True, True], "a link says so by their masks alone"

    choose_where(made, second, "radial")
    assert [card.is_as_above for card in made.stack] == [False, False, True]
    assert masks(made)[2] == (first_shape("radial"),), "the third follows the second"
    made.move(third, -2)
    assert not card_of(made, third).is_as_above
    choose_where(made, first, EVERYWHERE)
    assert [bool(mask) for mask in masks(made)] == [True, False, True]


def test_a_card_that_follows_one_that_counts_everywhere_does_so_too() -> None:
    made, (first, second) = stacked("exposure", "sepia")
    choose_where(made, second, ABOVE)
    assert not made.stack[1].is_as_above, "there is nothing to follow yet"
    choose_where(made, first, "luma")
    choose_where(made, second, ABOVE)
    choose_where(made, first, EVERYWHERE)
    assert (masks(made), made.stack[1].is_as_above) == ([(), ()], False)


def test_shapes_are_added_set_and_taken_away_and_one_too_many_is_told() -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, "radial")
    add_shape(made, card, "luma")
    assert shape_in_hand(made, card_of(made, card)) == 1
    set_shape(made, card, 1, {"how": "intersect", "low": 0.2, "high": 0.4})
    assert masks(made) == [(first_shape("radial"), Luma(how="intersect", low=0.2, high=0.4))]
    choose_where(made, card, SEVERAL)
    assert len(masks(made)[0]) == 2, "which it is already"
    remove_shape(made, card, 0)
    assert [shape.kind for shape in masks(made)[0]] == ["luma"]
    for _ in range(MAX_SHAPES):
        add_shape(made, card, "radial")
    assert len(masks(made)[0]) == MAX_SHAPES
    assert str(MAX_SHAPES) in made.trouble
    set_shape(made, card, 0, {"low": 0.9})
    assert made.trouble
    assert masks(made)[0][0] == Luma(how="intersect", low=0.2, high=0.4)


def painted(made: Cards, *presses: str) -> None:
    load, count = made.last_press
    follow(made, {"load": load, "count": count + len(presses), "last": list(presses)})


def test_each_stroke_is_one_step_back_however_many_messages_became_one() -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, "brush")
    steps = len(made.past)
    painted(made, f"paint {card} 0 50 0 120:100,100;500,100 60:500,100;900,150", f"paint {card} 0 25 1 80:500,-20")
    assert masks(made) == [
        (
            Brush(
                strokes=(
                    Stroke(size=0.12, points=((0.1, 0.1), (0.5, 0.1))),
                    Stroke(size=0.06, points=((0.5, 0.1), (0.9, 0.15))),
                    Stroke(size=0.08, soft=0.25, erase=True, points=((0.5, -0.02),)),
                )
            ),
        )
    ]
    assert len(made.past) == steps + 2
    painted(made, "undo")
    assert len(card_of(made, card).step.mask[0].to_json()["strokes"]) == 2
    painted(made, "undo")
    assert masks(made) == [(Brush(),)]


@pytest.mark.parametrize(
    "press",
    [
        "paint {card} 0 50 0 nonsense", "paint {card} 0 50 0 120:1,2;", "paint {card} 7 50 0 120:1,2",
        "paint c99 0 50 0 120:1,2", "paint {card} 0 x 0 120:1,2", "paint {card} 0 50 2 120:1,2", "paint",
        "paint {card} 1 50 0 120:1,2", "paint {card} 0 50 0",
    ],
)  # fmt: skip
def test_what_no_brush_paints_changes_nothing(press: str) -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, "brush")
    add_shape(made, card, "linear")
    before = made.history
    painted(made, press.format(card=card))
    assert made.history == before


def test_more_strokes_than_a_mask_may_hold_are_told_and_nothing_is_lost() -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, "brush")
    lines = " ".join(f"50:{place},500" for place in range(MAX_STROKES))
    painted(made, f"paint {card} 0 50 0 {lines}", f"paint {card} 0 50 0 50:1,1")
    assert str(MAX_STROKES) in made.trouble
    assert len(card_of(made, card).step.mask[0].to_json()["strokes"]) == MAX_STROKES


def test_a_mask_that_no_link_can_hold_is_told() -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, "brush")
    assert not link_trouble(made)
    chance = np.random.default_rng(3)
    for _ in range(30):
        scrawl = ";".join(f"{x},{y}" for x, y in chance.integers(0, 1000, (90, 2)))
        painted(made, f"paint {card} 0 50 0 50:{scrawl}")
    assert "link" in link_trouble(made)


SHAPED: Mask = (
    Linear(x0=0.1, y0=0.2, x1=0.6, y1=0.9),
    Radial(how="subtract", x=0.3, y=0.6, rx=0.4, ry=0.15, angle=25, feather=0.05),
    Brush(strokes=(Stroke(size=0.3, points=((0.7, 0.2), (0.9, 0.4))),)),
)


@pytest.mark.parametrize("way", TITLES)
def test_masks_lie_on_the_same_things_once_the_picture_is_turned(way: str) -> None:
    """By what they do to the picture; in a group, and after a step that turns the picture itself, too."""
    group = Pipeline((EFFECTS["sepia"].step(mask=SHAPED[1:]),)).group(mask=SHAPED[:1])
    steps = (EFFECTS["invert"].step(mask=SHAPED), first_turn("right"), EFFECTS["exposure"].step(mask=SHAPED), group)
    turned = Pipeline((first_turn(way), *carried_steps(steps, way)))(PICTURE).astype(int)
    wanted = Pipeline(steps)(PICTURE)
    around = {"left": "left", "right": "right", "across": "down", "down": "across"}[way]  # after a turn to the right
    assert np.abs(turned - BY_HAND[around](wanted)).max() <= 2


@pytest.mark.parametrize("ways", [*product(TITLES, repeat=2)], ids="-".join)
def test_what_comes_after_a_turn_is_turned_as_the_picture_is_there(ways: tuple[str, str]) -> None:
    """Where a step flips, a turn before it is the other turn after it."""
    way, other = ways
    steps: tuple[Step, ...] = (first_turn(other), EFFECTS["invert"].step(mask=SHAPED[:1]))
    turned = Pipeline((first_turn(way), *carried_steps(steps, way)))(PICTURE).astype(int)
    after = {
        ("left", "right"): {"across": "down", "down": "across"},
        ("across", "down"): {"left": "right", "right": "left"},
    }
    swapped = next(swaps for turners, swaps in after.items() if other in turners)
    wanted = BY_HAND[swapped.get(way, way)](Pipeline(steps)(PICTURE))
    assert np.abs(turned - wanted).max() <= 2


def test_a_press_that_turns_the_picture_turns_the_masks_of_all_later_cards() -> None:
    made, (crop, exposure) = stacked("crop", "exposure")
    choose_where(made, exposure, "linear")
    painted(made, f"turn {crop} right")
    assert masks(made) == [(), (), (Linear(x0=0.35, y0=0.5, x1=0.65, y1=0.5),)]
    made.undo()
    assert masks(made) == [(), (first_shape("linear"),)]
