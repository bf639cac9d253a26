"""Hiding parts of a picture so that nobody finds out what was there."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Alpha, Image
from effects.kernels.gaussian import gaussian
from effects.kernels.gradient import rgb

WAYS = "pixelate", "blur", "fill"

MAX_CELLS = 8
"""Cells across what is hidden, along its longer side."""

MIN_CELL = 16
"""Pixels of a cell at least: smaller ones have been undone by programs."""

BLUR_SHARE = 0.25
"""Of the longer side of what is hidden, the standard deviation of the blur."""


def hide(image: Image, plane: Alpha, way: str, color: str) -> Image:
    """A copy of the picture without what lies under the map: each connected part of that is hidden by itself."""
    out = image.copy()
    count, _, boxes, _ = cv2.connectedComponentsWithStats((plane > 0).view(np.uint8), connectivity=8)
    for left, top, width, height in boxes[1:count, :4].tolist():
        there = slice(top, top + height), slice(left, left + width)
        hidden = hidden_box(image[there], way, color)
        cv2.copyTo(hidden, plane[there], out[there])
    return out


def hide_all(image: Image, way: str, color: str) -> Image:
    """The whole picture hidden; nothing here can fail that has not failed before a picture is opened."""
    try:
        return np.ascontiguousarray(hidden_box(image, way, color))
    except Exception:  # whatever it is: nothing of the picture is left
        return np.full_like(image, 128)


def hidden_box(part: Image, way: str, color: str) -> Image:
    """A part of a picture with nothing to be seen in it."""
    height, width = part.shape[:2]
    if way == "fill":
        return np.full_like(part, np.rint(rgb(color) * 255))
    if way == "blur":
        sigma = max(BLUR_SHARE * max(height, width), MIN_CELL / 4)
        return gaussian(np.ascontiguousarray(part), sigma).reshape(part.shape)
    cell = max(max(height, width) / MAX_CELLS, MIN_CELL)
    cells = max(1, int(width / cell)), max(1, int(height / cell))
    small = cv2.resize(part, cells, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST).reshape(part.shape)
