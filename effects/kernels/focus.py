"""A picture that is sharp in one place and ever softer away from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from effects.image import Floats, Frame, Image
from effects.kernels.bands import POOL_PIXELS, each_band
from effects.kernels.blur import gaussian
from effects.kernels.sampling import pixel_axis

BAND_PIXELS = 50_000

SHARES = (0.2, 0.45, 1.0)
"""The blurs that are made, as shares of the strongest; between them the picture is a mixture of two."""

Softness = Callable[[slice], Floats]
"""How soft each pixel of these rows is, h x W float32 in 0..1: its standard deviation as a share of the strongest."""


def softened(image: Image, radius: float, softness: Softness) -> Image:
    """The picture blurred at every place by its own share of `radius` pixels; where that is 0, bit-equal.

    Between two blurs the mixture is the one with the variance asked for.
    """
    out, narrow = image.copy(), 0.0
    for wide in SHARES:
        soft = gaussian(image, wide * radius)

        def work(rows: slice, soft: Image = soft, narrow: float = narrow, wide: float = wide) -> None:
            share = softness(rows)
            if share.max() > narrow:
                variance = np.clip(share, narrow, wide)
                variance *= variance
                weight = (variance - np.float32(narrow**2)) * np.float32(1 / (wide**2 - narrow**2))
                cv2.blendLinear(out[rows], soft[rows], 1 - weight, weight, dst=out[rows])

        each_band(work, *image.shape[:2], pixels=BAND_PIXELS)
        narrow = wide
    return out


@dataclass(frozen=True)
class BesideBand:
    """Sharp in a band through (x, y), shares of width and height; beside it, softer by smoothstep over `feather`.

    The band is turned clockwise by `angle` degrees; its width `band` and `feather` are shares of the shorter side.
    """

    frame: Frame
    x: float
    y: float
    angle: float
    band: float
    feather: float

    def __call__(self, rows: slice) -> Floats:
        """The softness of these rows."""
        small = self.frame.height * self.frame.width <= POOL_PIXELS
        return kept(self)[rows] if small else self.computed(rows)

    def computed(self, rows: slice) -> Floats:
        """The softness of these rows, from scratch."""
        frame, centre = self.frame, self.frame.at(self.x, self.y)
        across, down = -np.sin(np.radians(self.angle)), np.cos(np.radians(self.angle))
        columns = ((pixel_axis(frame.width, frame.short) - centre[0]) * across / 2).astype(np.float32)
        lines = ((pixel_axis(frame.height, frame.short) - centre[1]) * down / 2).astype(np.float32)
        beside = np.abs(columns + lines[rows, None]) - np.float32(self.band / 2)
        t = np.clip(beside / np.float32(self.feather), 0, 1)
        return t * t * (3 - 2 * t)


@lru_cache(maxsize=4)
def kept(beside: BesideBand) -> Floats:
    """The softness of a whole small picture, kept for the next frame: at most 8 MB each."""
    return beside.computed(slice(0, beside.frame.height))
