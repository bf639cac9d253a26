"""Where a picture's darkest and lightest tones lie, and the table that spreads them over the whole range."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image, Weight
from effects.kernels.lookups import LookUp
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

Counts = npt.NDArray[np.int64]
"""How many pixels have each of the 256 values, or what they weigh together."""

Entries = npt.NDArray[np.uint8]
"""A table: what becomes of each of the 256 values."""


def histograms(picture: npt.NDArray[np.uint8], weight: Weight = None) -> list[Counts]:
    """The histogram of each channel of a picture, h x w or h x w x 3; with weights, a pixel counts 0..255 times."""
    parts: list[Counts] = []

    def work(rows: slice) -> None:
        channels = range(prod(picture.shape[2:]))
        if weight is None:
            found = [cv2.calcHist([picture[rows]], [channel], None, [256], [0, 256]) for channel in channels]
        else:
            # Values by weights: how many there are of each pair, each as often as it weighs.
            both, last = [picture[rows], weight[rows]], len(channels)
            pairs = [cv2.calcHist(both, [channel, last], None, [256] * 2, [0, 256] * 2) for channel in channels]
            found = [table.astype(np.int64) @ np.arange(256) for table in pairs]
        parts.append(np.array(found, np.int64).reshape(-1, 256))

    each_band(work, *picture.shape[:2], bytes_per_pixel=4)
    return list(np.sum(parts, axis=0))


def look_up_channels(image: Image, tables: Sequence[Entries]) -> Image:
    """The picture through one table, or through one for each channel."""
    out = sheet(image.shape)
    look_up = LookUp(np.stack(tables, axis=-1))

    def work(rows: slice) -> None:
        look_up(image[rows], out[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=3)
    return out


def stretch_table(histogram: Counts, cutoff: float) -> Entries:
    """The table that spreads the tones left after cutting `cutoff` (0..1) of the pixels off either end over 0..255.

    A picture of a single tone is left as it is. Source: Pillow's ImageOps.autocontrast.
    """
    cut = int(histogram.sum() * cutoff)
    low = int(np.searchsorted(histogram.cumsum(), cut, side="right"))
    high = 255 - int(np.searchsorted(histogram[::-1].cumsum(), cut, side="right"))
    if high <= low:
        return np.arange(256, dtype=np.uint8)
    return np.rint(np.clip((np.arange(256) - low) * (255 / (high - low)), 0, 255)).astype(np.uint8)
