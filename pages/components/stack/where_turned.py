"""Masks on a picture that was turned or flipped: where they lie then, to be on the same things in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from effects.masks.mask import Mask
from effects.masks.shapes import Brush, Linear, Radial, Shape

DIGITS = 4  # of shares of the picture: as fine as one sees

POINTS: Mapping[str, Callable[[float, float], tuple[float, float]]] = MappingProxyType(
    {
        "left": lambda x, y: (y, 1 - x),
        "right": lambda x, y: (1 - y, x),
        "across": lambda x, y: (1 - x, y),
        "down": lambda x, y: (x, 1 - y),
    }
)
"""How a picture is turned or flipped -> where a point of it lies then, in shares of width and height."""


def turned_mask(mask: Mask, way: str) -> Mask:
    """The same part of the picture once that is turned by a quarter or flipped."""
    return tuple(turned_shape(shape, way) for shape in mask)


def turned_shape(shape: Shape, way: str) -> Shape:
    """One shape of it; what is read from the picture lies wherever it is found there.

    An ellipse turned by a quarter is one whose half axes have changed places, exactly.
    """

    def turned(x: float, y: float) -> tuple[float, float]:
        across, down = POINTS[way](x, y)
        return round(across, DIGITS), round(down, DIGITS)

    match shape:
        case Linear():
            (x0, y0), (x1, y1) = turned(shape.x0, shape.y0), turned(shape.x1, shape.y1)
            return replace(shape, x0=x0, y0=y0, x1=x1, y1=y1)
        case Radial():
            x, y = turned(shape.x, shape.y)
            if way in ("left", "right"):
                return replace(shape, x=x, y=y, rx=shape.ry, ry=shape.rx)
            return replace(shape, x=x, y=y, angle=-shape.angle)
        case Brush():
            strokes = (
                replace(stroke, points=tuple(turned(*point) for point in stroke.points)) for stroke in shape.strokes
            )
            return replace(shape, strokes=tuple(strokes))
    return shape
