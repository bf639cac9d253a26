"""The picture bent: each effect says where an output point looks."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Frame, Points
from effects.kernels.turn import rotate
from effects.params import Choice, Position, Range

warp = Category("warp", "Warp", "Twisted, folded, seen through curved glass.")


@warp.geometric
def swirl(
    points: Points,
    frame: Frame,
    *,
    x: Position = 0.5,
    y: Position = 0.5,
    radius: Annotated[float, Range(0.05, 1, "side", help="Outside nothing moves.")] = 0.6,
    angle: Annotated[float, Range(-720, 720, "deg", neutral=0)] = 180.0,
) -> Points:
    """Twist the picture around a point, most in the middle.

    The turn falls from `angle` at the point to nothing at `radius` as (1 - r / radius) ** 2. Source: the swirl shader
    of glfx.js (Evan Wallace).
    """
    centre = frame.at(x, y).astype(points.dtype)
    away = np.hypot(points[..., 0] - centre[0], points[..., 1] - centre[1]) / (2 * radius)
    turn = np.radians(angle) * (1 - away).clip(min=0) ** 2
    return rotate(points, turn.astype(points.dtype), about=centre)


@warp.geometric
def mirror(
    points: Points,
    frame: Frame,
    *,
    keep: Annotated[str, Choice("left", "right", "top", "bottom", "quad", help="The part that stays.")] = "left",
) -> Points:
    """Reflect one half of the picture onto the other, or one quarter onto three.

    `quad` keeps the top left quarter.
    """
    out = points.copy()
    if keep in ("left", "right", "quad"):
        out[..., 0] = np.abs(points[..., 0]) * (1 if keep == "right" else -1)
    if keep in ("top", "bottom", "quad"):
        out[..., 1] = np.abs(points[..., 1]) * (1 if keep == "bottom" else -1)
    return out
