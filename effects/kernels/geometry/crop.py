"""Rectangles in whole pixels from shares of a side."""

from __future__ import annotations

import numpy as np


def span(start: float, share: float, count: int) -> tuple[int, int]:
    """The first pixel and the one after the last of a share of `count` pixels; inside the side, at least one pixel."""
    first = np.minimum(round(start * count), count - 1).item()
    return first, np.clip(round((start + share) * count), first + 1, count).item()


def largest_inside(left: int, right: int, top: int, bottom: int, aspect: float) -> tuple[int, int, int, int]:
    """The largest rectangle of this aspect (width / height) centred in another: left, right, top, bottom."""
    width, height = right - left, bottom - top
    across = np.clip(round(height * aspect), 1, width).item()
    down = np.clip(round(width / aspect), 1, height).item()
    left, top = left + (width - across) // 2, top + (height - down) // 2
    return left, left + across, top, top + down
