"""Smoothing that stops at edges."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.enlarging import reduce_to
from effects.kernels.guided import refine
from effects.memory.bands import each_band

MAX_BILATERAL_SIDE = 1000
"""The largest shorter side in pixels."""

MAX_WORK = 1.1e9
"""The most work, pixels times pixels of the window: what the widest radius costs on 1500 x 1000."""


def bilateral(image: Image, radius: float, threshold: float) -> Image:
    """cv2's bilateral filter of this radius in pixels; `threshold` 0..1 is the difference that counts as an edge.

    A picture larger than `MAX_BILATERAL_SIDE`, or more work than `MAX_WORK` (a long one with a wide radius), is shrunk
    to that, smoothed, and the result refined by the picture. Below half a pixel nothing is smoothed.
    """
    (height, width), short = image.shape[:2], min(image.shape[:2])
    work_there_is = np.pi * radius**2 * height * width
    share = min(MAX_BILATERAL_SIDE / short, (MAX_WORK / max(work_there_is, 1)) ** 0.25)
    if share < 0.999:
        small = reduce_to(image, share * short)
        return refine(image, small, bilateral(small, share * radius, threshold))
    reach, out = round(radius), np.empty_like(image)
    if reach == 0:
        return image.copy()

    def work(rows: slice) -> None:
        top, bottom = max(0, rows.start - reach), min(len(image), rows.stop + reach)
        smooth = cv2.bilateralFilter(image[top:bottom], 2 * reach, threshold * 255, radius)
        out[rows] = smooth.reshape(-1, *image.shape[1:])[rows.start - top : rows.stop - top]

    each_band(work, *image.shape[:2], bytes_per_pixel=0)
    return out
