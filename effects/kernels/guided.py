"""The guided filter: smooth within areas, sharp at the guide's edges; fast, since its coefficients are smooth.

Source: He and Sun, Fast Guided Filter, 2015: out = a * guide + b, where a and b come from a shrunk picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats as Plane
from effects.image import Image
from effects.kernels.enlarging import enlarge_rows
from effects.memory.bands import each_band

Levels = npt.NDArray[np.uint8]

FLAT = 4 / 255**2
"""Variance, of two 8-bit levels, below which an area counts as flat: then its mean alone is brought back."""

REACH = 2
"""Half the window, in pixels of the small picture, in which one straight line has to do."""


@dataclass(frozen=True)
class GuidedFilter:
    """The coefficients of a guided filter on a shrunk picture, and the size of the picture they are for."""

    gain: Plane
    offset: Plane
    height: int
    width: int

    def at(self, guide: Plane, rows: slice) -> Plane:
        """The filtered values for these rows of the guide, h x width."""
        shape = self.height, self.width
        return enlarge_rows(self.gain, rows, shape) * guide + enlarge_rows(self.offset, rows, shape)

    def steeper(self, times: float) -> GuidedFilter:
        """The filter whose values lie so many times as far from a half."""
        gain, offset = times * self.gain, times * (self.offset - 0.5) + 0.5
        return GuidedFilter(gain.astype(np.float32), offset.astype(np.float32), self.height, self.width)

    def fill(self, out: Levels, guide: Levels, rows: slice) -> None:
        """The filtered values of 0..1 as levels of 0..255, for these rows of a guide of levels; quicker than `at`."""
        shape = self.height, self.width
        share = cv2.multiply(enlarge_rows(self.gain, rows, shape), guide, dtype=cv2.CV_32F)
        cv2.add(share, enlarge_rows(255 * self.offset, rows, shape), dst=out, dtype=cv2.CV_8U)


def fit_guided_filter(guide: Plane, target: Plane, radius: int, eps: float, *, height: int, width: int) -> GuidedFilter:
    """A guided filter of a shrunk `target` by a shrunk `guide`, both 0..1, for a picture of height x width.

    `radius` is half the window in pixels of the shrunk planes; `eps` the variance that counts as flat.
    """
    size = (2 * radius + 1, 2 * radius + 1)

    def mean(plane: Plane) -> Plane:
        return cv2.blur(plane, size, borderType=cv2.BORDER_REPLICATE).reshape(guide.shape)

    guide_mean, target_mean = mean(guide), mean(target)
    variance = mean(guide * guide) - guide_mean * guide_mean
    gain = (mean(guide * target) - guide_mean * target_mean) / (variance + np.float32(eps))
    offset = target_mean - gain * guide_mean
    return GuidedFilter(mean(gain), mean(offset), height, width)


def refine(image: Image, before: Image, after: Image) -> Image:
    """What `after` is to the small picture `before`, made of the full-size picture; channel by channel.

    Where the small one changed along a straight line (after = gain * before + offset, in windows of 5 x 5), so does the
    large one: an edge that was kept is as sharp as in the picture, and what was smoothed away stays away. Source: Chen
    et al., Bilateral Guided Upsampling, 2016.
    """
    height, width = image.shape[:2]
    unit = np.float32(1 / 255)
    guides = [
        fit_guided_filter(
            one.astype(np.float32) * unit, other.astype(np.float32) * unit, REACH, FLAT, height=height, width=width
        )
        for one, other in zip(cv2.split(before), cv2.split(after), strict=True)
    ]
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        planes = [
            guide.at(plane.astype(np.float32) * unit, rows)
            for guide, plane in zip(guides, cv2.split(image[rows]), strict=True)
        ]
        # Unlike astype, cv2 clamps what leaves 0..255.
        cv2.merge(
            [cv2.convertScaleAbs(np.maximum(plane, 0), alpha=255).reshape(plane.shape) for plane in planes], out[rows]
        )

    each_band(work, height, width, bytes_per_pixel=40)
    return out
