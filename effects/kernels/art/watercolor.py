"""Watercolour: colours flowing together up to the edges, and darkness where they meet."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.enlarging import enlarge_rows, reduce_to
from effects.kernels.guided import refine
from effects.kernels.ink import Sheet
from effects.memory.bands import each_band

MAX_WASH_SIDE = 360
"""The largest shorter side in pixels at which washes are painted: OpenCV's filter takes 0.7 s at 1280 x 720."""

MAX_EDGES_SIDE = 1000
"""The largest shorter side in pixels at which a wash's lines are drawn; larger ones come of that."""


def paint_washes(image: Image, radius: float, threshold: float) -> Image:
    """About cv2.stylization with sigma_s = `radius` * the shorter side in pixels and sigma_r = `threshold`.

    Its two halves, one after the other: washes of smooth colour, and darkness where they meet. The washes are made at a
    shorter side of at most 360 pixels and refined by the larger picture; the lines at one of at most 1000, on a smaller
    picture paler in proportion, since they are wider.
    Source: Gastal and Oliveira, Domain Transform, 2011, as in OpenCV's photo module.
    """
    small = reduce_to(image, MAX_WASH_SIDE)
    if min(small.shape[:2]) < 2:
        return image.copy()
    wash = cv2.edgePreservingFilter(
        small, flags=cv2.NORMCONV_FILTER, sigma_s=max(radius * min(small.shape[:2]), 0.1), sigma_r=threshold
    )
    colors = wash if small is image else refine(image, small, wash)
    sheet = reduce_to(colors, MAX_EDGES_SIDE)
    light = edge_light(sheet, min(sheet.shape[:2]) / MAX_EDGES_SIDE)
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        lit = light[rows] if sheet is colors else enlarge_rows(light, rows, image.shape[:2])
        cv2.multiply(colors[rows], cv2.merge([lit] * 3), dst=out[rows], scale=1 / 255)

    each_band(work, *image.shape[:2], bytes_per_pixel=13)
    return out


def edge_light(wash: Image, share: float) -> Sheet:
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

    each_band(work, height, width, bytes_per_pixel=24)
    return out
