"""Black and white and nothing between: the cut, and where Otsu would make it."""

from __future__ import annotations

import cv2

from effects.image import Image
from effects.kernels.bands import each_band
from effects.kernels.luma import luma
from effects.kernels.sheets import sheet


def black_or_white(image: Image, threshold: int) -> Image:
    """White where the luma is above the threshold (0..255), black elsewhere."""
    out = sheet(image.shape)

    def work(rows: slice) -> None:
        _, cut = cv2.threshold(luma(image[rows]), threshold, 255, cv2.THRESH_BINARY)
        cv2.merge([cut, cut, cut], out[rows])

    each_band(work, *image.shape[:2], pixels=100_000)
    return out


def otsu(image: Image) -> int:
    """Otsu's threshold of the picture's luma, 0..255."""
    best, _ = cv2.threshold(luma(image), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return int(best)
