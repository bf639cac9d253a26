"""Masks as values: shapes taken together, where in a picture a step counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from effects.errors import RecipeError
from effects.marks import quote
from effects.masks.shapes import Brush, Color, Face, Linear, Luma, Person, Radial, Shape, Subject, read_list

MAX_SHAPES = 8
"""That one mask is made of."""

Mask = tuple[Shape, ...]
"""Where a step counts; empty: everywhere."""

SHAPES: Mapping[str, type[Shape]] = MappingProxyType(
    {shape.kind: shape for shape in (Linear, Radial, Brush, Luma, Color, Subject, Person, Face)}
)

FOUND = MappingProxyType({"subject": "the subject of a photo", "person": "people", "face": "faces"})
"""Kinds of shapes that have to be found in a photo, and what is looked for."""


def read_mask(mask_json: Any) -> Mask:
    """The mask of shapes, or of what a recipe says of them; `RecipeError` that knows where in a step the fault lies."""
    if isinstance(mask_json, Shape):
        mask_json = (mask_json,)
    return tuple(read_list(mask_json, "mask", MAX_SHAPES, read_shape))


def read_shape(shape_json: Any) -> Shape:
    """A shape of what a recipe says of it."""
    if isinstance(shape_json, Shape):
        return shape_json
    if not isinstance(shape_json, Mapping):
        raise RecipeError(f"{quote(shape_json)} is not a shape like {{'kind': 'radial'}}")
    kind = shape_json.get("kind")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise RecipeError(f"kind {quote(kind)} is not one of {', '.join(SHAPES)}", "", "kind")
    return SHAPES[kind].from_json(shape_json)


def level_of(mask: Mask) -> float | None:
    """What a mask is everywhere, if that is the same in every picture; else None. An empty one is 1."""
    level: float | None = 0.0 if mask and mask[0].how == "add" else 1.0
    for shape in mask:
        other = 1 - shape.level if shape.how == "subtract" and shape.level is not None else shape.level
        winner, idle = (1.0, 0.0) if shape.how == "add" else (0.0, 1.0)
        if winner in (other, level):
            level = winner
        elif other != idle:
            level = None
    return level


def crossed(one: Mask, other: Mask) -> Mask:
    """Where both masks are, if one of them has but one shape, or none; else where the first is.

    Shapes are taken together one by one: there is no way to say both of two sums.
    """
    if not one or not other:
        return one or other
    several, single = (other, one) if len(one) == 1 else (one, other)
    if len(single) > 1 or len(several) == MAX_SHAPES:
        return one
    shape = single[0]
    # Alone, what subtracts or intersects does so from everywhere.
    inverted = shape.invert is not (shape.how == "subtract")
    return (*several, replace(shape, how="intersect", invert=inverted))
