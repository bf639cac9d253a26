"""Backdrops that tests lay behind somebody."""

from __future__ import annotations

import numpy as np

from effects.backdrop import NO_BACKDROP, Backdrop, compress
from effects.image import Image


def slope(height: int, width: int) -> Image:
    """A smooth picture: red rises to the right, green downwards."""
    rows, columns = np.mgrid[:height, :width]
    colors = np.stack([columns / width, rows / height, np.full((height, width), 0.4)], axis=-1)
    return np.rint(colors * 200 + 25).astype(np.uint8)


BACKDROPS: tuple[Backdrop, ...] = (
    NO_BACKDROP,
    compress(slope(60, 90), "Slope"),
    compress(slope(33, 17), "Upright"),
)
