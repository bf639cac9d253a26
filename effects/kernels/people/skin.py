"""Skin without its texture: what is finer than a face's own forms and no stronger than an edge goes."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Alpha, Image
from effects.kernels.enlarging import reduce_to
from effects.kernels.guided import fit_guided_filter
from effects.memory.bands import each_band

SIDE = 1000
"""Pixels of the shorter side of the picture that is smoothed; its coefficients serve the larger one."""

REACH = 0.006
"""Half the window, in shares of the shorter side: pores and spots are smaller, noses are not."""

FLAT = 0.005
"""The variance below which a window is smoothed: lashes, lips and brows are well above."""


def without_texture(image: Image, plane: Alpha, amount: float) -> Image:
    """The picture with so much of its texture gone where the map is; its light and colour stay what they are nearby."""
    where = cv2.boundingRect(plane)
    out = image.copy()
    if where[2] == 0 or amount == 0:
        return out
    left, top, width, height = where
    there = slice(top, top + height), slice(left, left + width)
    part, share = image[there], plane[there]
    small = reduce_to(np.ascontiguousarray(part), max(1, round(SIDE * min(part.shape[:2]) / min(plane.shape))))
    radius = max(1, round(REACH * min(plane.shape) * small.shape[1] / part.shape[1]))
    unit = np.float32(1 / 255)
    planes = [channel.astype(np.float32) * unit for channel in cv2.split(small)]
    smooth = [fit_guided_filter(each, each, radius, FLAT, height=height, width=width) for each in planes]

    def work(rows: slice) -> None:
        weight = share[rows].astype(np.float32) * np.float32(amount / 255)
        mixed = []
        for fitted, channel in zip(smooth, cv2.split(np.ascontiguousarray(part[rows])), strict=True):
            own = channel.astype(np.float32).reshape(weight.shape) * unit
            even = own + weight * (fitted.at(own, rows) - own)
            mixed.append(cv2.convertScaleAbs(np.maximum(even, 0), alpha=255).reshape(weight.shape))
        merged = cv2.merge(mixed)
        np.copyto(out[there][rows], merged, where=(share[rows] > 0)[..., None])

    each_band(work, height, width, bytes_per_pixel=60)
    return out
