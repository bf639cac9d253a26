"""Black and white and nothing between: the cut, and where Otsu would make it."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image, Weight
from effects.kernels.luma import luma
from effects.kernels.stretch import histograms
from effects.memory.bands import each_band
from effects.memory.sheets import sheet


def black_or_white(image: Image, threshold: int) -> Image:
    """White where the luma is above the threshold (0..255), black elsewhere."""
    out = sheet(image.shape)

    def work(rows: slice) -> None:
        _, cut = cv2.threshold(luma(image[rows]), threshold, 255, cv2.THRESH_BINARY)
        cv2.merge([cut, cut, cut], out[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=8)
    return out


VALUE_COUNT = 1_000_000
"""Values that stand for a weighed picture: of each as many as its share."""


def otsu(image: Image, weight: Weight = None) -> int:
    """Otsu's threshold of the picture's luma, 0..255; with weights, each pixel counts for its own."""
    values = luma(image)
    if weight is not None:
        (histogram,) = histograms(values.reshape(weight.shape), weight)
        shares = np.rint(histogram * (VALUE_COUNT / max(1, histogram.sum()))).astype(int)
        # Of a picture that nobody sees, any will do.
        values = np.repeat(np.arange(256, dtype=np.uint8), shares if shares.any() else 1)
    best, _ = cv2.threshold(values, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return int(best)
