"""Rectangles in whole pixels from shares of a side."""

from __future__ import annotations


def span(start: float, share: float, count: int) -> tuple[int, int]:
    """The first pixel and the one after the last of a share of `count` pixels; inside the side, at least one pixel."""
    first = min(round(start * count), count - 1)
    return first, max(first + 1, min(round((start + share) * count), count))


def largest_inside(left: int, right: int, top: int, bottom: int, aspect: float) -> tuple[int, int, int, int]:
    """The largest rectangle of this aspect (width / height) centred in another: left, right, top, bottom."""
    width, height = right - left, bottom - top
    across = max(1, min(width, round(height * aspect)))
    down = max(1, min(height, round(width / aspect)))
    left, top = left + (width - across) // 2, top + (height - down) // 2
    return left, left + across, top, top + down
