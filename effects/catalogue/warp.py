"""The picture bent: each effect says where an output point looks."""

import math
from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Frame, Points
from effects.kernels.smoothstep import smoothstep
from effects.kernels.turn import direction, length, radians, rotate
from effects.marks import RARE, Choice, Position, Range

warp = Category("warp", "Warp", "Twisted, folded, seen through curved glass.")


@warp.geometric(also="twirl, twist, whirl, spiral, distort")
def swirl(
    points: Points,
    frame: Frame,
    *,
    x: Annotated[Position, RARE] = 0.5,
    y: Annotated[Position, RARE] = 0.5,
    radius: Annotated[float, Range(0.05, 1, "side", lies="around", help="Outside nothing moves.")] = 0.6,
    angle: Annotated[float, Range(-720, 720, "deg", neutral=0, lies="anticlockwise")] = 180.0,
) -> Points:
    """Twist the picture around a point, most in the middle.

    The turn falls from `angle` at the point to nothing at `radius` as (1 - r / radius) ** 2. Source: the swirl shader
    of glfx.js (Evan Wallace).
    """
    centre = frame.at(x, y).astype(points.dtype)
    away = length(points[..., 0] - centre[0], points[..., 1] - centre[1]) / (2 * radius)
    turn = radians(angle) * (1 - away).clip(min=0) ** 2
    return rotate(points, turn.astype(points.dtype), about=centre)


@warp.geometric(title="Bulge or pinch", also="magnify, balloon, funny mirror, distort, squeeze")
def bulge_pinch(
    points: Points,
    frame: Frame,
    *,
    x: Annotated[Position, RARE] = 0.5,
    y: Annotated[Position, RARE] = 0.5,
    radius: Annotated[float, Range(0.05, 1, "side", lies="around", help="Outside nothing moves.")] = 0.5,
    amount: Annotated[float, Range(-1, 1, neutral=0, help="Above 0 bulges, below 0 pinches.")] = 0.5,
) -> Points:
    """Blow the picture up around a point, or suck it in.

    With p = r / radius, points inside come from r times 1 + 0.75 * amount * (smoothstep(p ** 2) - 1) for a bulge, and
    times 1 + (1 - p) * (p ** (0.75 * amount) - 1) for a pinch. Source: the bulgePinch shader of glfx.js (Evan Wallace).
    """
    centre = frame.at(x, y).astype(points.dtype)
    away = points - centre
    share = length(away[..., 0], away[..., 1]) / (2 * radius)
    if amount > 0:
        scale = 1 + 0.75 * amount * (smoothstep(np.square(share)) - 1)
    else:
        p = np.clip(share, 1e-6, 1)
        scale = 1 + (1 - p) * (p ** (0.75 * amount) - 1)
    return centre + away * scale[..., None].astype(points.dtype)


@warp.geometric(also="wide angle, lens, barrel, distort")
def fisheye(
    points: Points,
    frame: Frame,
    *,
    amount: Annotated[float, Range(0, 1, neutral=0)] = 0.5,
    zoom: Annotated[float, Range(0.5, 2, neutral=1, help="Above 1 enlarges.")] = 1.0,
) -> Points:
    """Bend the picture outwards, as a very wide lens does.

    A point at r comes from r * (1 + k * r ** 2) / (1 + k) with k = 0.6 * amount and r = 1 in the corners, which stay
    where they are. That is a barrel distortion: the first-order inverse of r * (1 - k * r ** 2).
    """
    k = 0.6 * amount
    near = points / zoom
    squared = (near[..., 0] ** 2 + near[..., 1] ** 2) / (frame.extent**2).sum().item()
    return near * ((1 + k * squared) / (1 + k))[..., None].astype(points.dtype)


@warp.geometric(also="ripple, water, wobble, distort")
def wave(
    points: Points,
    frame: Frame,
    *,
    amplitude: Annotated[float, Range(0, 0.1, "side", neutral=0)] = 0.015,
    wavelength: Annotated[float, Range(0.02, 1, "side", scale="log")] = 0.15,
    angle: Annotated[
        float, Range(-90, 90, "deg", lies="clockwise", help="Where the wave runs: 0 to the right, 90 down.")
    ] = 0.0,
    phase: Annotated[float, Range(0, 360, "deg"), RARE] = 0.0,
) -> Points:
    """Let a wave run through the picture.

    Every point moves across the wave's direction by amplitude * sin(2 pi * way / wavelength + phase), the way counted
    from the corner where the wave comes in.
    """
    along = np.stack(direction(angle)).astype(points.dtype)
    across = np.stack([-along[1], along[0]])
    start = (frame.extent * np.abs(along)).sum().item()
    way = (points[..., 0] * along[0] + points[..., 1] * along[1] + start) / 2
    shift = 2 * amplitude * np.sin(2 * math.pi / wavelength * way + radians(phase))
    out = np.empty_like(points)
    out[..., 0] = points[..., 0] - across[0] * shift
    out[..., 1] = points[..., 1] - across[1] * shift
    return out


@warp.geometric(also="reflect, symmetry, flip, twin")
def mirror(
    points: Points,
    frame: Frame,
    *,
    keep: Annotated[str, Choice("left", "right", "top", "bottom", "quad", help="The part that stays.")] = "left",
) -> Points:
    """Reflect one half of the picture onto the other, or one quarter onto three.

    `quad` keeps the top left quarter.
    """
    out = points.copy(order="K")
    if keep in ("left", "right", "quad"):
        out[..., 0] = np.abs(points[..., 0]) * (1 if keep == "right" else -1)
    if keep in ("top", "bottom", "quad"):
        out[..., 1] = np.abs(points[..., 1]) * (1 if keep == "bottom" else -1)
    return out


@warp.geometric(also="mandala, symmetry, star, mirror")
def kaleidoscope(
    points: Points,
    frame: Frame,
    *,
    segments: Annotated[int, Range(3, 16, "count")] = 6,
    angle: Annotated[
        float, Range(0, 360, "deg", lies="clockwise", help="Of the first mirror, clockwise from the right.")
    ] = 0.0,
    x: Annotated[Position, RARE] = 0.5,
    y: Annotated[Position, RARE] = 0.5,
) -> Points:
    """Fold the picture into a star between mirrors.

    The angle around the centre is taken modulo 2 pi / segments and its second half is mirrored onto the first.
    """
    centre, wedge = frame.at(x, y).astype(points.dtype), 2 * math.pi / segments
    across, down = points[..., 0] - centre[0], points[..., 1] - centre[1]
    away = length(across, down)
    turn = np.mod(np.arctan2(down, across) - radians(angle), wedge)
    folded = radians(angle) + np.minimum(turn, wedge - turn)
    out = np.empty_like(points)
    out[..., 0] = centre[0] + away * np.cos(folded)
    out[..., 1] = centre[1] + away * np.sin(folded)
    return out
