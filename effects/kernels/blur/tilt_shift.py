"""A picture that is sharp in one place and ever softer away from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from effects.image import Floats, Frame, Image, Weight
from effects.kernels.gaussian import gaussian
from effects.kernels.sampling import pixel_axis
from effects.kernels.smoothstep import smoothstep
from effects.kernels.weighing import average_by_weight
from effects.memory.bands import MAX_KEPT_PIXELS, each_band, slices
from effects.memory.cache import byte_cache

PART_PIXELS = 50_000
"""Rows that are taken together: which blurs they need, and where those begin, may show in the last bit of a result."""

SHARES = (0.2, 0.45, 1.0)
"""The blurs that are made, as shares of the strongest; between them the picture is a mixture of two."""

Softness = Callable[[slice], Floats]
"""How soft each pixel of these rows is, h x W float32 in 0..1: its standard deviation as a share of the strongest."""


def blur_by_place(image: Image, radius: float, softness: Softness, weight: Weight = None) -> Image:
    """The picture blurred at every place by its own share of `radius` pixels; where that is 0, bit-equal.

    Between two blurs the mixture is the one with the variance asked for.
    """
    out, height, width = image.copy(), *image.shape[:2]
    ranges = [
        (rows, share.min(), share.max())
        for rows, share in ((rows, softness(rows)) for rows in slices(height, width, PART_PIXELS))
    ]
    for narrow, wide, wider in zip((0.0, *SHARES), SHARES, (*SHARES[1:], np.inf), strict=False):
        # Elsewhere it is sharper than this blur, or at least as soft as the next.
        for part in join_rows([rows for rows, least, most in ranges if most > narrow and least < wider]):
            margin = int(np.ceil(4 * wide * radius)) + 1
            first, last = max(0, part.start - margin), min(height, part.stop + margin)
            near, counted = image[first:last], None if weight is None else weight[first:last]
            soft = average_by_weight(partial(gaussian, sigma=wide * radius), near, counted, partial(np.asarray, near))
            soft = soft[part.start - first : part.stop - first]
            mix_into(out[part], soft, partial(weights, softness, part.start, narrow, wide))
    return out


def join_rows(parts: list[slice]) -> list[slice]:
    """The same rows in as few slices as they fit into."""
    whole: list[slice] = []
    for part in parts:
        adjacent = bool(whole) and whole[-1].stop == part.start
        whole.append(slice(whole.pop().start if adjacent else part.start, part.stop))
    return whole


def weights(softness: Softness, top: int, narrow: float, wide: float, rows: slice) -> Floats:
    """How much the wider of two blurs counts in these rows below `top`, so that variances come out right; h x W."""
    variance = np.clip(softness(slice(rows.start + top, rows.stop + top)), narrow, wide)
    variance *= variance
    variance -= np.float32(narrow**2)
    variance *= np.float32(1 / (wide**2 - narrow**2))
    return variance


def mix_into(out: Image, soft: Image, weight: Softness) -> None:
    """Mix `soft` into `out`, in place."""

    def work(rows: slice) -> None:
        share = weight(rows)
        cv2.blendLinear(out[rows], soft[rows], 1 - share, share, dst=out[rows])

    each_band(work, *out.shape[:2], bytes_per_pixel=40)


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
        small = self.frame.height * self.frame.width <= MAX_KEPT_PIXELS
        return kept_softness(self)[rows] if small else self.compute(rows)

    def compute(self, rows: slice) -> Floats:
        """The softness of these rows, from scratch."""
        frame, centre = self.frame, self.frame.at(self.x, self.y)
        across, down = -np.sin(np.radians(self.angle)), np.cos(np.radians(self.angle))
        columns = ((pixel_axis(frame.width, frame.short) - centre[0]) * across / 2).astype(np.float32)
        lines = ((pixel_axis(frame.height, frame.short) - centre[1]) * down / 2).astype(np.float32)
        beside = np.abs(columns + lines[rows, None]) - np.float32(self.band / 2)
        return smoothstep(beside / np.float32(self.feather))


@byte_cache()
def kept_softness(beside: BesideBand) -> Floats:
    """The softness of a whole small picture, kept for the next frame: at most 8 MB each."""
    return beside.compute(slice(0, beside.frame.height))
