"""Paint: colours flowing together up to the edges (watercolour), and strokes of the commonest tone (oil)."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image
from effects.kernels.bands import each_band
from effects.kernels.enlarging import enlarged, reduced
from effects.kernels.guided import refined
from effects.kernels.ink import Sheet, gray

WASH = 360
"""The largest shorter side in pixels at which washes are painted: OpenCV's filter takes 0.7 s at 1280 x 720."""

BAND_PIXELS = 50_000

TILE = 192
"""The side of a tile in pixels: small enough that few tones occur in it, and that it stays in the cache."""

CANVAS = 1000
"""The largest shorter side in pixels at which oil is painted and a wash's lines are drawn; larger ones come of that."""


def washed(image: Image, radius: float, threshold: float) -> Image:
    """About cv2.stylization with sigma_s = `radius` * the shorter side in pixels and sigma_r = `threshold`.

    Its two halves, one after the other: washes of smooth colour, and darkness where they meet. The washes are made at a
    shorter side of at most 360 pixels and refined by the larger picture; the lines at one of at most 1000, on a smaller
    picture paler in proportion, since they are wider.
    Source: Gastal and Oliveira, Domain Transform, 2011, as in OpenCV's photo module.
    """
    small = reduced(image, WASH)
    if min(small.shape[:2]) < 2:
        return image.copy()
    wash = cv2.edgePreservingFilter(
        small, flags=cv2.NORMCONV_FILTER, sigma_s=max(radius * min(small.shape[:2]), 0.1), sigma_r=threshold
    )
    colors = wash if small is image else refined(image, small, wash)
    sheet = reduced(colors, CANVAS)
    light = meeting(sheet, min(sheet.shape[:2]) / CANVAS)
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        lit = light[rows] if sheet is colors else enlarged(light, rows, image.shape[:2])
        cv2.multiply(colors[rows], cv2.merge([lit] * 3), dst=out[rows], scale=1 / 255)

    each_band(work, *image.shape[:2], pixels=BAND_PIXELS)
    return out


def meeting(wash: Image, share: float) -> Sheet:
    """How light it is at each place, 0..255: 1 - `share` * the sum of the channels' Sobel gradients.

    OpenCV's share is 1. On a smaller picture than the one that is meant for, lines are wider in proportion: `share`
    keeps them from being darker, too.
    """
    height, width = wash.shape[:2]
    out = np.empty((height, width), np.uint8)

    def work(rows: slice) -> None:
        top, bottom = max(0, rows.start - 1), min(height, rows.stop + 1)
        inner = slice(rows.start - top, rows.stop - top)
        steep = np.zeros((rows.stop - rows.start, width), np.float32)
        for plane in cv2.split(wash[top:bottom]):
            across, down = cv2.Sobel(plane, cv2.CV_32F, 1, 0), cv2.Sobel(plane, cv2.CV_32F, 0, 1)
            steep += cv2.magnitude(across, down)[inner]
        out[rows] = np.rint(255 - np.minimum(share * steep, 255))

    each_band(work, height, width, pixels=BAND_PIXELS)
    return out


def oiled(image: Image, radius: float, levels: int) -> Image:
    """Each pixel as the mean of those around it whose tone is the commonest there; `radius` is half the window.

    Tones are `levels` equal steps of grey (the darker of two that are equally common counts). Done at a shorter side
    of at most 1000 pixels. Source: Holzmann, Beyond Photography, 1988; a box sum for each tone instead of a histogram
    for each pixel.
    """
    small = reduced(image, CANVAS)
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
        out[top:bottom, left:right] = stroked(wide[halo], wide_tones[halo], reach)
    return out if small is image else refined(image, small, out)


def stroked(image: Image, tones: Sheet, reach: int) -> Image:
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
