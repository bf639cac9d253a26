"""Turning points around a point."""

from __future__ import annotations

import numpy as np

from effects.image import Floats, Points


def rotate(points: Points, turn: Floats | float, about: Floats) -> Points:
    """Points turned by `turn` radians, clockwise as seen on the screen, around `about` (x, y)."""
    out = np.empty_like(points)
    cosine, sine = np.cos(turn), np.sin(turn)
    x, y = points[..., 0] - about[0], points[..., 1] - about[1]
    out[..., 0] = about[0] + cosine * x - sine * y
    out[..., 1] = about[1] + sine * x + cosine * y
    return out
