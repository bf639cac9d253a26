"""The kinds of effects: the forms that an effect's function can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from effects.image import Colors, Frame, Image, Matrix, Memory, Points, Values


class Kind(Enum):
    """The forms an effect's function can have; the kind decides what the plan may fuse it with."""

    TONE = "tone"
    MATRIX = "matrix"
    LINEAR = "linear"
    COLOR = "color"
    GEOMETRIC = "geometric"
    SPATIAL = "spatial"
    CANVAS = "canvas"
    TEMPORAL = "temporal"

    @property
    def is_pointwise(self) -> bool:
        """Whether a pixel's result depends on that pixel alone (and, for some, on where it stands)."""
        return self in (Kind.TONE, Kind.MATRIX, Kind.LINEAR, Kind.COLOR)


FORMS: Mapping[Kind, tuple[tuple[Any, ...], Any]] = {
    Kind.TONE: ((Values,), Values),
    Kind.MATRIX: ((), Matrix),
    Kind.LINEAR: ((), Matrix),
    Kind.COLOR: ((Colors,), Colors),
    Kind.GEOMETRIC: ((Points, Frame), Points),
    Kind.SPATIAL: ((Image,), Image),
    Kind.CANVAS: ((Image,), Image),
    Kind.TEMPORAL: ((Image, Memory), tuple[Image, Memory]),
}
"""What a function of each kind takes by position, and returns."""

ResultSize = Callable[..., tuple[int, int]]
"""From a picture's height and width, and an effect's parameters, to the height and width of the result, in pixels."""
