"""Contrast limited adaptive histogram equalisation of the lightness."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.bands import each_band
from effects.kernels.sheets import sheet

PIXELS = 100_000


def equalized(image: Image, clip_limit: float, tiles: int) -> Image:
    """The picture with L* of CIELAB equalised tile by tile (`tiles` a side), the colour channels kept.

    In 8 bits, as cv2.createCLAHE is used. Source: Zuiderveld, Contrast Limited Adaptive Histogram Equalization, 1994.
    """
    height, width = image.shape[:2]
    light, lab = np.empty((height, width), np.uint8), sheet(image.shape)

    def read(rows: slice) -> None:
        cv2.cvtColor(image[rows], cv2.COLOR_RGB2Lab, dst=lab[rows])
        cv2.extractChannel(lab[rows], 0, dst=light[rows])

    each_band(read, height, width, pixels=PIXELS)
    even = cv2.createCLAHE(clip_limit, (tiles, tiles)).apply(light).reshape(height, width)
    out = sheet(image.shape)

    def write(rows: slice) -> None:
        cv2.insertChannel(even[rows], lab[rows], 0)
        cv2.cvtColor(lab[rows], cv2.COLOR_Lab2RGB, dst=out[rows])

    each_band(write, height, width, pixels=PIXELS)
    return out
