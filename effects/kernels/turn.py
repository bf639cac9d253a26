"""Angles as plain numbers, how far points lie from a point, and turning them around it."""

from __future__ import annotations

import math

import numpy as np

from effects.image import Floats, Points


def radians(degrees: float) -> float:
    """An angle in radians, to the bit what `math.radians` says; a number that is as little precise as what it meets."""
    return degrees * (math.pi / 180)


def direction(degrees: float) -> tuple[float, float]:
    """Where an angle points, clockwise from the right: its cosine and sine, as plain numbers."""
    turn = radians(degrees)
    return np.cos(turn).item(), np.sin(turn).item()


def length(x: Floats, y: Floats) -> Floats:
    """How long the vectors (x, y) are, in their own precision.

    np.hypot takes eight times as long, to keep squares from overflowing that no coordinate here has.
    """
    return np.sqrt(x * x + y * y)


def rotate(points: Points, turn: Floats | float, about: Floats) -> Points:
    """Points turned by `turn` radians, clockwise as seen on the screen, around `about` (x, y)."""
    out = np.empty_like(points)
    cosine, sine = np.cos(turn), np.sin(turn)
    x, y = points[..., 0] - about[0], points[..., 1] - about[1]
    out[..., 0] = about[0] + cosine * x - sine * y
    out[..., 1] = about[1] + sine * x + cosine * y
    return out
