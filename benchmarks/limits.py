"""How fast a picture can be changed at all: one table look-up and one matrix by cv2, into memory that is there."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.timing import Racer
from effects.image import Image

TABLE = np.arange(255, -1, -1, dtype=np.uint8)
MATRIX = np.array([[0.8, 0.15, 0.05, 3], [0.1, 0.8, 0.1, 2], [0.05, 0.15, 0.8, 1]])
"""Full, since cv2 takes a diagonal one down a path that is four times as slow."""


def limits(image: Image) -> dict[str, Racer]:
    """L, one look-up, and T, one matrix, of this picture, to race beside what is measured."""
    look_up, matrix = np.empty_like(image), np.empty_like(image)
    return {
        "L": Racer(lambda: cv2.LUT(image, TABLE, dst=look_up)),
        "T": Racer(lambda: cv2.transform(image, MATRIX, dst=matrix)),
    }
