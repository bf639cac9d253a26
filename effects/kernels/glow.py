"""Light that spreads: what glows, and adding it."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.bands import each_band


def highlights(image: Image, threshold: float) -> Image:
    """What lies above the threshold (0..1), stretched to the whole range: max(0, c - threshold) / (1 - threshold)."""
    above = np.clip(np.linspace(0, 1, 256) - threshold, 0, None)
    return cv2.LUT(image, np.rint(255 * above / max(1 - threshold, 1e-9)).astype(np.uint8))


def screened(image: Image, glow: Image) -> Image:
    """Both pictures as two projectors show them on one wall: a + b - a * b."""
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        dark = cv2.multiply(cv2.bitwise_not(image[rows]), cv2.bitwise_not(glow[rows]), scale=1 / 255)
        cv2.bitwise_not(dark, dst=out[rows])

    each_band(work, *image.shape[:2], pixels=100_000)
    return out
