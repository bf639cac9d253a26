"""A way from 0 to 1 that begins and ends at rest."""

from __future__ import annotations

from typing import overload

import numpy as np

from effects.image import Floats


@overload
def smoothstep(share: float) -> float: ...
@overload
def smoothstep(share: Floats) -> Floats: ...
def smoothstep(share: float | Floats) -> float | Floats:
    """GLSL's smoothstep of a share of the way, t * t * (3 - 2 * t) with t held in 0..1; as precise as `share` is."""
    t = np.clip(share, 0, 1)
    return t * t * (3 - 2 * t)
