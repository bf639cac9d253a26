"""Contrast limited adaptive histogram equalisation of the lightness."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np

from effects.image import Alpha, Image, Weight
from effects.kernels.ink import Sheet
from effects.memory.bands import each_band
from effects.memory.sheets import sheet


def equalize_tiles(image: Image, clip_limit: float, tiles: int, weight: Weight = None) -> Image:
    """The picture with L* of CIELAB equalised tile by tile (`tiles` a side), the colour channels kept.

    In 8 bits, as cv2.createCLAHE is used. Pixels of weight 0 do not count.
    Source: Zuiderveld, Contrast Limited Adaptive Histogram Equalization, 1994.
    """
    height, width = image.shape[:2]
    light, lab = np.empty((height, width), np.uint8), sheet(image.shape)

    def read(rows: slice) -> None:
        cv2.cvtColor(image[rows], cv2.COLOR_RGB2Lab, dst=lab[rows])
        cv2.extractChannel(lab[rows], 0, dst=light[rows])

    each_band(read, height, width, bytes_per_pixel=7)
    if weight is not None:
        light = replace_uncounted(light, weight, tiles)
    even = cv2.createCLAHE(clip_limit, (tiles, tiles)).apply(light).reshape(height, width)
    out = sheet(image.shape)

    def write(rows: slice) -> None:
        cv2.insertChannel(even[rows], lab[rows], 0)
        cv2.cvtColor(lab[rows], cv2.COLOR_Lab2RGB, dst=out[rows])

    each_band(write, height, width, bytes_per_pixel=7)
    return out


def replace_uncounted(light: Sheet, weight: Alpha, tiles: int) -> Sheet:
    """The sheet with the values of each tile's pixels that count, over and over, in the stead of those that do not.

    So the tile's histogram is that of what counts. Where nothing does in a whole tile it stays as it is.
    """
    # As cv2 has it: all tiles alike, larger ones where they would not come out even on both sides.
    height, width = (length // tiles + any(side % tiles for side in light.shape) for length in light.shape)
    out = light.copy()
    for row, column in product(range(tiles), repeat=2):
        tile = slice(row * height, (row + 1) * height), slice(column * width, (column + 1) * width)
        counts = weight[tile] > 0
        if counts.any() and not counts.all():
            out[tile][~counts] = np.resize(out[tile][counts], np.count_nonzero(~counts))
    return out
