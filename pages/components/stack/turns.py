"""Quarter turns and flips: what becomes of a step that does them, and of what is cut, levelled or masked after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from effects import EFFECTS, Step
from effects.group import Group, StepOrGroup
from effects.marks import Choice
from pages.components.stack.lying import Grips, grips_of
from pages.components.stack.where_turned import turned_mask
from pages.components.words import later

TURNER = next(effect for effect in EFFECTS.values() if grips_of(effect).quarter and len(grips_of(effect).flips) == 2)
"""The effect that turns pictures by quarters and flips them."""

TITLES = {
    "left": later("Turn left"),
    "right": later("Turn right"),
    "across": later("Flip left and right"),
    "down": later("Flip top and bottom"),
}
"""What can be done to a picture, and what it is called."""

DIGITS = 4  # of shares of the picture: as fine as one sees


def is_turner(step: object) -> bool:
    """Whether a step turns by quarters and flips, and does so now."""
    return isinstance(step, Step) and step.effect is TURNER and not step.muted


def turned_step(step: Step, way: str) -> Step:
    """The step that does what this one does, and then turns or flips.

    A turn before a flip is the other turn after it: flipped one way, the picture's left is its right.
    """
    grips = grips_of(step.effect)
    quarter, flipped = int(str(step.params[grips.quarter])), [bool(step.params[name]) for name in grips.flips]
    if way in ("left", "right"):
        turn = 90 if way == "right" else -90
        quarter = (quarter + (turn if flipped[0] is flipped[1] else -turn)) % 360
    else:
        place = ("across", "down").index(way)
        flipped[place] = not flipped[place]
    return with_values(step, {grips.quarter: str(quarter), **dict(zip(grips.flips, flipped, strict=True))})


def first_turn(way: str) -> Step:
    """A step that turns or flips a picture as it is."""
    grips = grips_of(TURNER)
    return turned_step(Step(TURNER, {grips.quarter: "0", **dict.fromkeys(grips.flips, False)}), way)


def carried_steps(items: Iterable[StepOrGroup], way: str) -> tuple[StepOrGroup, ...]:
    """Steps and groups in a row as they have to be on a picture that was turned or flipped before the first of them.

    After a step that turns the picture itself, a flip may be another one.
    """
    carried: list[StepOrGroup] = []
    for item in items:
        if isinstance(item, Group):
            steps = carried_steps(item.steps, way)
            carried.append(replace(item, steps=steps, mask=turned_mask(item.mask, way)))  # type: ignore[arg-type]
        else:
            carried.append(carried_step(item, way))
        for step in item.steps if isinstance(item, Group) and item.is_active else (item,):
            way = way_after(step, way)
    return tuple(carried)


def way_after(step: object, way: str) -> str:
    """How the picture is turned or flipped once this step was done to one that was turned or flipped this way."""
    if not isinstance(step, Step) or not is_turner(step) or not step.is_active:
        return way
    grips = grips_of(step.effect)
    if way in ("left", "right"):
        flips = sum(bool(step.params[name]) for name in grips.flips)
        return {"left": "right", "right": "left"}[way] if flips == 1 else way
    lies = int(str(step.params[grips.quarter])) % 180 != 0
    return {"across": "down", "down": "across"}[way] if lies else way


def carried_step(step: Step, way: str) -> Step:
    """The step as it has to be on a picture that was turned or flipped, to do the same to the same things in it."""
    grips = grips_of(step.effect)
    values: dict[str, Any] = {}
    if grips.box:
        values = carried_rectangle(step, grips, way)
    if grips.turned and way in ("across", "down"):
        values[grips.turned] = -float(step.params[grips.turned])  # type: ignore[arg-type]
    return replace(with_values(step, values), mask=turned_mask(step.mask, way))


def carried_rectangle(step: Step, grips: Grips, way: str) -> dict[str, Any]:
    """The rectangle, and its shape if that is offered lying and standing, turned or flipped with the picture."""
    left, top, width, height = (float(step.params[name]) for name in grips.box)  # type: ignore[arg-type]
    sides = {
        "left": (top, 1 - left - width, height, width),
        "right": (1 - top - height, left, height, width),
        "across": (1 - left - width, top, width, height),
        "down": (left, 1 - top - height, width, height),
    }[way]
    values: dict[str, Any] = {name: round(max(side, 0), DIGITS) for name, side in zip(grips.box, sides, strict=True)}
    shape = next((param for param in step.effect.params if param.name == grips.shape), None)
    if shape is not None and isinstance(shape.mark, Choice) and way in ("left", "right"):
        standing = ":".join(reversed(str(step.params[grips.shape]).split(":")))
        values |= {grips.shape: standing} if standing in shape.mark.options else {}
    return values


def with_values(step: Step, values: Mapping[str, Any]) -> Step:
    """The step with other values of some parameters."""
    return replace(step, params={**step.params, **values})
