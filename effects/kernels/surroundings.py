"""What the formula of a spatial effect asks of a pixel's surroundings, and what that is in plain floats.

Four words are enough: a blur, a look somewhere else, the mean of a block, and where the pixel stands. The formula says
what the effect's fast kernel does; it is what tests hold the kernel against, and what draws on a graphics card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np

from effects.image import Floats, Frame, Points
from effects.kernels.sampling import pixel_axis

NARROWEST = 0.05
"""A blur by less than so many pixels is none."""


class Surroundings(Protocol):
    """A pixel's surroundings; lengths are shares of the picture's shorter side, values are h x w x 3 or x 1."""

    @property
    def frame(self) -> Frame:
        """The picture's shape."""

    @property
    def source(self) -> Frame:
        """The shape of the picture that is looked at, which is another one where the effect changes it."""

    @property
    def points(self) -> Points:
        """Where each pixel of the result stands, h x w x 2."""

    def gaussian(self, values: Floats, radius: float) -> Floats:
        """The values blurred by a Gaussian of this standard deviation, reflected at the edges (reflect101)."""

    def at(self, values: Floats, points: Points) -> Floats:
        """The values at points of the picture that is looked at, bilinear; outside, the edge is repeated."""

    def block_mean(self, values: Floats, size: float) -> Floats:
        """The mean of the square block that a pixel is in; blocks begin at the top left, each at least a pixel."""


@dataclass(frozen=True)
class PlainSurroundings:
    """Those of a picture in floats, for tests: nothing is shrunk, nothing rounded."""

    frame: Frame
    seen: Frame | None = None

    @property
    def source(self) -> Frame:
        """The picture's own shape, if nothing else is said."""
        return self.seen or self.frame

    @property
    def points(self) -> Points:
        """Where each pixel stands."""
        across, down = (pixel_axis(count, self.frame.short) for count in (self.frame.width, self.frame.height))
        return np.stack(np.broadcast_arrays(across[None], down[:, None]), axis=-1)

    def gaussian(self, values: Floats, radius: float) -> Floats:
        """As OpenCV blurs floats."""
        sigma = radius * self.frame.short
        if sigma < NARROWEST:
            return values
        return cv2.GaussianBlur(np.ascontiguousarray(values, np.float64), (0, 0), sigma).reshape(values.shape)

    def at(self, values: Floats, points: Points) -> Floats:
        """Between the four pixels around each point."""
        shape = np.array([self.source.width, self.source.height])
        place = np.clip(points * self.source.short / 2 + (shape - 1) / 2, 0, shape - 1)
        low = np.floor(place).astype(np.intp)
        high = np.minimum(low + 1, shape - 1)
        part: Any = place - low
        across, down = part[..., :1], part[..., 1:]
        above = values[low[..., 1], low[..., 0]] * (1 - across) + values[low[..., 1], high[..., 0]] * across
        below = values[high[..., 1], low[..., 0]] * (1 - across) + values[high[..., 1], high[..., 0]] * across
        return above * (1 - down) + below * down

    def block_mean(self, values: Floats, size: float) -> Floats:
        """Block by block."""
        edge = max(1, round(size * self.frame.short))
        out = np.empty_like(values)
        for top in range(0, len(values), edge):
            for left in range(0, values.shape[1], edge):
                block = slice(top, top + edge), slice(left, left + edge)
                out[block] = values[block].mean(axis=(0, 1))
        return out
