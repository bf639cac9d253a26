"""The largest and the smallest channel of each colour, ten times as quick as numpy's reduction over three numbers."""

from __future__ import annotations

import numpy as np

from effects.image import Colors, Floats


def largest(colors: Colors) -> Floats:
    """Of each colour ... x 3, as ... x 1."""
    return np.maximum(np.maximum(colors[..., :1], colors[..., 1:2]), colors[..., 2:])


def smallest(colors: Colors) -> Floats:
    """Of each colour ... x 3, as ... x 1."""
    return np.minimum(np.minimum(colors[..., :1], colors[..., 1:2]), colors[..., 2:])
