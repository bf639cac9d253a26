"""A picture turned by quarters, no pixel changed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import cv2

from effects.image import Image
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

TURNS: Mapping[str, int] = MappingProxyType(
    {"90": cv2.ROTATE_90_CLOCKWISE, "180": cv2.ROTATE_180, "270": cv2.ROTATE_90_COUNTERCLOCKWISE}
)
"""Degrees clockwise -> cv2's name for the turn."""


def quarter_turn(image: Image, angle: str) -> Image:
    """The picture (h x w or h x w x 3) turned clockwise by "90", "180" or "270" degrees."""
    height, width = image.shape[:2]
    out = sheet((height, width, *image.shape[2:]) if angle == "180" else (width, height, *image.shape[2:]))

    def work(rows: slice) -> None:
        opposite = slice(height - rows.stop, height - rows.start)
        place = {"90": out[:, opposite], "180": out[opposite], "270": out[:, rows]}[angle]
        cv2.rotate(image[rows], TURNS[angle], dst=place)

    each_band(work, height, width, bytes_per_pixel=0)
    return out
