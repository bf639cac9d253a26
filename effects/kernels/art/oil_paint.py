"""Oil paint: strokes of the commonest tone."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image
from effects.kernels.enlarging import reduce_to
from effects.kernels.guided import refine
from effects.kernels.ink import Sheet, gray

MAX_OIL_SIDE = 1000
"""The largest shorter side in pixels at which oil is painted; larger ones come of that."""

TILE = 192
"""The side of a tile in pixels: small enough that few tones occur in it, and that it stays in the cache."""


def paint_oil(image: Image, radius: float, levels: int) -> Image:
    """Each pixel as the mean of those around it whose tone is the commonest there; `radius` is half the window.

    Tones are `levels` equal steps of grey (the darker of two that are equally common counts). Done at a shorter side
    of at most 1000 pixels. Source: Holzmann, Beyond Photography, 1988; a box sum for each tone instead of a histogram
    for each pixel.
    """
    small = reduce_to(image, MAX_OIL_SIDE)
    reach = max(1, round(radius * min(small.shape[:2])))
    tones = (gray(small).astype(np.uint16) * levels // 256).astype(np.uint8)
    edges = (reach,) * 4
    wide_tones = cv2.copyMakeBorder(tones, *edges, cv2.BORDER_REFLECT_101)
    wide = cv2.copyMakeBorder(small, *edges, cv2.BORDER_REFLECT_101)
    out = np.empty_like(small)
    height, width = tones.shape
    for top, left in product(range(0, height, TILE), range(0, width, TILE)):
        bottom, right = min(top + TILE, height), min(left + TILE, width)
        halo = slice(top, bottom + 2 * reach), slice(left, right + 2 * reach)
        out[top:bottom, left:right] = paint_tile(wide[halo], wide_tones[halo], reach)
    return out if small is image else refine(image, small, out)


def paint_tile(image: Image, tones: Sheet, reach: int) -> Image:
    """The inner part of a tile, `reach` pixels in from every side."""
    inner = (slice(reach, -reach),) * 2
    common, most = tones[inner].copy(), np.zeros_like(tones[inner], np.int32)
    for tone in np.unique(tones):
        count = window_sum((tones == tone).view(np.uint8), reach)[inner]
        more = count > most
        np.copyto(most, count, where=more)
        np.copyto(common, tone, where=more)
    sums = np.zeros((*most.shape, 3), np.int32)
    for tone in np.unique(common):
        alone = cv2.bitwise_and(image, image, mask=(tones == tone).view(np.uint8))
        cv2.copyTo(window_sum(alone, reach)[inner], (common == tone).view(np.uint8), sums)
    # Rounded to nearest: half the divisor is added before the whole-number division.
    return ((sums + most[..., None] // 2) // most[..., None]).astype(np.uint8)


def window_sum(tile: npt.NDArray[np.uint8], reach: int) -> npt.NDArray[np.int32]:
    """The sum over the window around each pixel, per channel."""
    window = 2 * reach + 1
    return cv2.boxFilter(tile, cv2.CV_32S, (window, window), normalize=False).reshape(tile.shape)
