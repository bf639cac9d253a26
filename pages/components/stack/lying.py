"""What of an effect lies in the picture, read from the marks of its parameters, whatever it is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from effects.effect import Effect
from effects.marks import Choice, Edge, Extent, Mark, Position, Range, Text, Toggle
from effects.params import Param

POSITION, EDGE, EXTENT = (get_args(kind)[1] for kind in (Position, Edge, Extent))
RECTANGLE = [EDGE, EDGE, EXTENT, EXTENT]
QUARTERS = ("0", "90", "180", "270")

BEARINGS = {"clockwise": (0, 1), "anticlockwise": (0, -1), "from_top": (-90, 1)}
"""How an angle lies -> degrees from the right at which it is 0, and which way it grows: 1 is clockwise."""

SIDES = {"left": (0.0, None), "right": (1.0, None), "top": (None, 0.0), "bottom": (None, 1.0), "center": (None, None)}
"""A word of a place's name -> how far to the right and down it is, where it says so."""


@dataclass(frozen=True)
class Grips:
    """Parameters by what they are in the picture, each by its name; empty where an effect has none.

    `box` are left, top, width and height of a rectangle, and `shape` the choice of its shape; `spots` are pairs of
    positions; `angle` is any that lies around them, `bearing` how (see `BEARINGS`); `words` are written at the place
    called by `anchor`, and `aside` from there; for the others see `Range.lies`. `quarter` turns the picture by
    quarters, `flips` are across and down.
    """

    box: tuple[str, ...] = ()
    shape: str = ""
    spots: tuple[tuple[str, str], ...] = ()
    around: str = ""
    across: str = ""
    angle: str = ""
    bearing: str = "clockwise"
    turned: str = ""
    words: str = ""
    anchor: str = ""
    aside: tuple[str, ...] = ()
    quarter: str = ""
    flips: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.box or self.spots or self.angle or self.turned or self.words or self.quarter)

    @property
    def names(self) -> tuple[str, ...]:
        """All that a hand on the picture may set."""
        pairs = (name for pair in self.spots for name in pair)
        rest = (self.shape, self.around, self.across, self.angle, self.turned, self.words)
        return (*self.box, *pairs, *self.aside, *filter(None, rest))


@cache
def grips_of(effect: Effect) -> Grips:
    """All that could be taken hold of."""
    return read_grips(effect.params)


def counting_grips(effect: Effect, values: Mapping[str, Any]) -> Grips:
    """What can be taken hold of with these values of its parameters: nothing that does not count."""
    return read_grips(tuple(param for param in effect.params if param.when.holds(values)))


def read_grips(params: tuple[Param, ...]) -> Grips:
    """What these parameters are in the picture."""
    rectangles = (params[place : place + 4] for place in range(len(params) - 3))
    box = next((four for four in rectangles if [param.mark for param in four] == RECTANGLE), ())
    spots = tuple((x.name, y.name) for x, y in pairwise(params) if x.mark == y.mark == POSITION)
    lying: dict[str, str] = {param.mark.lies: param.name for param in params if isinstance(param.mark, Range)}
    bearing = next((way for way in BEARINGS if way in lying), "clockwise")
    aside = next(((x.name, y.name) for x, y in pairwise(params) if is_aside(x.mark) and is_aside(y.mark)), ())
    flips = {mark.flips: param.name for param in params if isinstance(mark := param.mark, Toggle)}
    return Grips(
        box=tuple(param.name for param in box),
        shape=first_name(params, shape_ratios) if box else "",
        spots=spots,
        around=lying.get("around", "") if spots else "",
        across=lying.get("across", "") if spots else "",
        angle=lying.get(bearing, ""),
        bearing=bearing,
        turned=lying.get("turned", ""),
        words=first_name(params, lambda mark: isinstance(mark, Text)) if aside else "",
        anchor=first_name(params, places) if aside else "",
        aside=aside,
        quarter=first_name(params, lambda mark: isinstance(mark, Choice) and mark.options == QUARTERS),
        flips=tuple(flips[way] for way in ("across", "down") if way in flips),
    )


def first_name(params: tuple[Param, ...], is_it: Callable[[Mark], object]) -> str:
    """The name of the first parameter whose mark is of a kind; nothing where none is."""
    return next((param.name for param in params if is_it(param.mark)), "")


def is_aside(mark: Mark) -> bool:
    """Whether a number is how far something stands from its place."""
    return isinstance(mark, Range) and mark.lies == "aside"


def shape_ratios(mark: Mark) -> dict[str, float]:
    """Width by height of each shape that a choice offers, -1 the picture's own, 0 any; none if it is of no shapes."""
    options = mark.options if isinstance(mark, Choice) else ()
    ratios = {option: re.fullmatch(r"(\d+):(\d+)", option) for option in options}
    if not any(ratios.values()):
        return {}
    return {
        option: int(found[1]) / int(found[2]) if found else -1.0 if option == "original" else 0.0
        for option, found in ratios.items()
    }


def places(mark: Mark) -> dict[str, tuple[float, float]]:
    """How far to the right and down each place is that a choice offers, in shares; none if it is of no places."""
    options = mark.options if isinstance(mark, Choice) else ()
    words = {option: option.split("_") for option in options}
    if any(word not in SIDES for parts in words.values() for word in parts):
        return {}
    return {option: (share_of(parts, 0), share_of(parts, 1)) for option, parts in words.items()}


def share_of(words: list[str], axis: int) -> float:
    """Where a place is along an axis that its words may say nothing of: then in the middle."""
    found = (SIDES[word][axis] for word in words)
    return next((share for share in found if share is not None), 0.5)
