"""Stronger and weaker colours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def saturation_matrix(amount: float) -> npt.NDArray[np.float64]:
    """The 3 x 3 matrix of CSS `saturate()`; each row sums to 1. Source: W3C Filter Effects Module Level 1."""
    grey = np.array([0.213, 0.715, 0.072])
    return grey + amount * (np.eye(3) - grey)
