"""Smoothing that stops at edges."""

from __future__ import annotations

import cv2

from effects.image import Image
from effects.kernels.enlarging import reduced
from effects.kernels.guided import refined

WIDEST = 6.5
"""The largest radius in pixels: the work grows with its square."""

LARGEST = 1000
"""The largest shorter side in pixels."""


def bilateral(image: Image, radius: float, threshold: float) -> Image:
    """cv2's bilateral filter of this radius in pixels; `threshold` 0..1 is the difference that counts as an edge.

    On a large picture, or with a wide radius, it is done on a picture shrunk to `LARGEST` and `WIDEST`, and refined by
    the picture. Below half a pixel nothing is smoothed.
    """
    short = min(image.shape[:2])
    share = min(1, WIDEST / max(radius, 1e-9), LARGEST / short)
    if share < 1:
        small = reduced(image, share * short)
        return refined(image, small, bilateral(small, share * radius, threshold))
    reach = round(radius)
    if reach == 0:
        return image.copy()
    return cv2.bilateralFilter(image, 2 * reach, threshold * 255, radius).reshape(image.shape)
