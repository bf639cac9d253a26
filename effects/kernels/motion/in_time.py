"""What trails, echo and motion do to a pixel in time, as formulas: the kernels of `history` in floats."""

from __future__ import annotations

import numpy as np

from effects.image import Colors, Floats
from effects.kernels.motion.past import Kept, Past
from effects.kernels.smoothstep import smoothstep


def with_trails(colors: Colors, past: Past, *, half_life: float, mode: str) -> Kept:
    """The frame and what fades of those before it."""
    kept = 0.5 ** (past.elapsed / half_life)
    if mode == "average":
        after = faded(colors, past.before, kept)
    elif mode == "lighten":
        after = np.maximum(colors, past.before * kept)
    else:
        after = np.minimum(colors, 1 - (1 - past.before) * kept)
    return after, after


def with_echo(colors: Colors, past: Past, *, delay: float, count: int, decay: float) -> Kept:
    """The frame and copies of earlier ones, each fainter."""
    total, weights = colors, 1.0
    for number in range(1, count + 1):
        total, weights = total + decay**number * past.ago(number * delay), weights + decay**number
    return total / weights, colors


def where_moving(colors: Colors, past: Past, *, threshold: float, half_life: float, level: float) -> Kept:
    """The frame where it differs from the fading past, an even `level` (0..1) elsewhere."""
    background = faded(colors, past.before, 0.5 ** (past.elapsed / half_life))
    apart = np.abs(colors - background)
    most = np.maximum(np.maximum(apart[..., :1], apart[..., 1:2]), apart[..., 2:])
    return (colors - level) * smoothstep(most / threshold - 0.5) + level, background


def faded(colors: Colors, before: Floats, kept: float) -> Floats:
    """The share `kept` of the past and the rest of the frame."""
    return colors * (1 - kept) + before * kept
