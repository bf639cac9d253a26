"""Where a picture's darkest and lightest tones lie, and the table that spreads them over the whole range."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
"""How many pixels have each of the 256 values."""

Entries = npt.NDArray[np.uint8]
"""A table: what becomes of each of the 256 values."""


def counts(picture: npt.NDArray[np.uint8], channel: int = 0) -> Counts:
    """The histogram of one channel of a picture, h x w or h x w x 3."""
    return cv2.calcHist([picture], [channel], None, [256], [0, 256]).ravel().astype(np.int64)


def stretched(histogram: Counts, cutoff: float) -> Entries:
    """The table that spreads the tones left after cutting `cutoff` (0..1) of the pixels off either end over 0..255.

    A picture of a single tone is left as it is. Source: Pillow's ImageOps.autocontrast.
    """
    cut = int(histogram.sum() * cutoff)
    low = int(np.searchsorted(histogram.cumsum(), cut, side="right"))
    high = 255 - int(np.searchsorted(histogram[::-1].cumsum(), cut, side="right"))
    if high <= low:
        return np.arange(256, dtype=np.uint8)
    return np.rint(np.clip((np.arange(256) - low) * (255 / (high - low)), 0, 255)).astype(np.uint8)
