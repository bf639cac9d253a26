"""Between sRGB-encoded values and linear light (IEC 61966-2-1); any shape, floating, 0..1."""

from __future__ import annotations

import numpy as np

from effects.image import Floats, Values


def to_linear(values: Values) -> Values:
    """sRGB-encoded 0..1 as linear light 0..1."""
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def from_linear(light: Floats) -> Values:
    """Linear light 0..1 as sRGB-encoded 0..1; below 0 the straight part goes on, above 1 the curve."""
    curved = 1.055 * np.maximum(light, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, light * 12.92, curved)
