"""What of an effect lies in the picture, to be taken hold of there: read from the marks of its parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from effects import Pipeline, Step
from effects.effect import Effect, Kind
from effects.marks import Choice, Edge, Extent, Position, Range
from effects.params import Param
from pages.components.stack.cards import Cards
from pages.components.widgets import label
from pages.components.words import _, later

POSITION, EDGE, EXTENT = (get_args(kind)[1] for kind in (Position, Edge, Extent))
RECTANGLE = [EDGE, EDGE, EXTENT, EXTENT]

CORNERS = {
    "move": later("{title}: move it"),
    "nw": later("{title}: top left corner"),
    "n": later("{title}: top edge"),
    "ne": later("{title}: top right corner"),
    "e": later("{title}: right edge"),
    "se": later("{title}: bottom right corner"),
    "s": later("{title}: bottom edge"),
    "sw": later("{title}: bottom left corner"),
    "w": later("{title}: left edge"),
}


@dataclass(frozen=True)
class Grips:
    """Parameters by what they are in the picture, each by its name; empty where an effect has none.

    `box` are left, top, width and height of a rectangle, and `shape` the choice of its shape; `spots` are pairs of
    positions; for the others see `Range.lies`.
    """

    box: tuple[str, ...] = ()
    shape: str = ""
    spots: tuple[tuple[str, str], ...] = ()
    around: str = ""
    across: str = ""
    clockwise: str = ""

    def __bool__(self) -> bool:
        return bool(self.box or self.spots)


@cache
def grips_of(effect: Effect) -> Grips:
    """All that could be taken hold of."""
    params = effect.params
    rectangles = (params[place : place + 4] for place in range(len(params) - 3))
    box = next((four for four in rectangles if [param.mark for param in four] == RECTANGLE), ())
    shape = next((param.name for param in params if box and shape_ratios(param)), "")
    spots = tuple((x.name, y.name) for x, y in pairwise(params) if x.mark == y.mark == POSITION)
    lying = {param.mark.lies: param.name for param in params if isinstance(param.mark, Range) and spots}
    return Grips(
        tuple(param.name for param in box),
        shape,
        spots,
        **{place: lying.get(place, "") for place in ("around", "across", "clockwise")},
    )


def shape_ratios(param: Param) -> dict[str, float]:
    """Width by height of each shape that a parameter offers, -1 for the picture's own, 0 for any; none if none."""
    options = param.mark.options if isinstance(param.mark, Choice) else ()
    ratios = {option: re.fullmatch(r"(\d+):(\d+)", option) for option in options}
    if not any(ratios.values()):
        return {}
    return {
        option: int(found[1]) / int(found[2]) if found else -1.0 if option == "original" else 0.0
        for option, found in ratios.items()
    }


@dataclass(frozen=True)
class Hold:
    """A card that one can take hold of in the picture; `before` is what is shown meanwhile where that is cut."""

    card: str
    step: Step
    before: Pipeline | None


def hold_of(cards: Cards) -> Hold | None:
    """The last open card that has something to take hold of where it is seen; None where there is none.

    A rectangle is drawn on the picture before its own step; a point only where no later step has another canvas, on
    which it would lie elsewhere.
    """
    shown = (cards.alone,) if cards.alone else cards.stack
    has_moved = False
    for place, card in reversed([*enumerate(shown)]):
        step, is_open = card.step, card.id in cards.opened and not card.step.muted
        if isinstance(step, Step) and is_open:  # a look has nothing in the picture
            grips = counting(step)
            if grips.box:
                return Hold(card.id, step, Pipeline(tuple(each.step for each in shown[:place])))
            if grips and not has_moved:
                return Hold(card.id, step, None)
        has_moved = has_moved or any(step.effect.kind is Kind.CANVAS and step.is_active for step in card.steps)
    return None


def counting(step: Step) -> Grips:
    """What can be taken hold of with these values: no position that does not count."""
    grips = grips_of(step.effect)
    counts = {param.name for param in step.effect.params if param.when.holds(step.params)}
    return grips if {name for pair in grips.spots for name in pair} <= counts else Grips()


def grips_data(hold: Hold) -> dict[str, Any]:
    """What the browser needs to draw the handles, and to say what they are."""
    step, grips = hold.step, counting(hold.step)
    params = {param.name: param for param in step.effect.params}
    names = [*grips.box, *(name for pair in grips.spots for name in pair)]
    names += [name for name in (grips.around, grips.across, grips.clockwise) if name]
    title = _(step.effect.title)
    says: dict[str, str] = {name: _(words).format(title=title) for name, words in CORNERS.items()} if grips.box else {}
    for number in range(len(grips.spots)):
        says[f"center{number + 1 if number else ''}"] = _("{title}: where it is").format(title=title)
    says |= {name: _("{title}: {setting}").format(title=title, setting=label(name).lower()) for name in names}
    shapes = shape_ratios(params[grips.shape]) if grips.shape else {}
    return {
        "card": hold.card,
        "values": {name: step.params[name] for name in [*names, *([grips.shape] if grips.shape else [])]},
        "limits": {name: [params[name].mark.low, params[name].mark.high] for name in names},  # type: ignore[attr-defined]
        "box": list(grips.box),
        "spots": [list(pair) for pair in grips.spots],
        "around": grips.around,
        "across": grips.across,
        "clockwise": grips.clockwise,
        "shape": grips.shape,
        "shapes": [{"value": value, "title": label(value), "ratio": ratio} for value, ratio in shapes.items()],
        "says": says,
    }


def wished(cards: Cards, told: Any) -> tuple[str, dict[str, Any], str] | None:
    """Which card's parameters the browser asks for, by hand on the picture, and in which stay; None for all else."""
    match told:
        case {"card": str(name), "values": dict(values), "stay": str(stay)}:
            card = cards.card(name)
            if card is None or not isinstance(card.step, Step):
                return None
            known: Mapping[str, Any] = grips_data(Hold(name, card.step, None))["values"]
            return name, {param: value for param, value in values.items() if param in known}, f"stage {stay}"
    return None
