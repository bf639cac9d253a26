"""What a blur takes away, and giving it back."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.bands import each_band


def sharpened(image: Image, soft: Image, amount: float, threshold: float) -> Image:
    """image + amount * (image - soft) wherever the two differ by at least `threshold` (0..1), channel by channel."""
    out, least = np.empty_like(image), int(np.ceil(threshold * 255))

    def work(rows: slice) -> None:
        sharp, blurred = image[rows], soft[rows]
        cv2.addWeighted(sharp, 1 + amount, blurred, -amount, 0, dst=out[rows])
        if least > 0:
            np.copyto(out[rows], sharp, where=cv2.absdiff(sharp, blurred) < least)

    each_band(work, *image.shape[:2], pixels=100_000)
    return out
