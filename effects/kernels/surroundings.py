"""What the formula of a spatial effect asks of a pixel's surroundings, and what that is in plain floats.

A few words are enough: blurs, a look somewhere else, the mean of a block, a table, and where the pixel stands. The
formula says what the effect's fast kernel does; it is what tests hold the kernel against, and what draws on a graphics
card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Frame, Points
from effects.kernels.sampling import pixel_axis

Entries = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
"""Whole numbers to be looked up."""

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

    def box_mean(self, values: Floats, radius: float) -> Floats:
        """The mean of the square window that reaches so far to each side, in whole pixels, the edges repeated."""

    def at(self, values: Floats, points: Points) -> Floats:
        """The values at points of the picture that is looked at, bilinear; outside, the edge is repeated."""

    def block_mean(self, values: Floats, size: float) -> Floats:
        """The mean of the square block that a pixel is in, in 8 bits; the first begins at the top left."""

    @property
    def pixels(self) -> Floats:
        """Column and row of each pixel of the result, h x w x 2."""

    def table(self, numbers: Entries, columns: Floats, rows: Floats) -> Floats:
        """The whole numbers at whole places of a table of rows x columns x 1 or 3."""

    def part(self, numbers: Entries, cells: tuple[float, float], corner: tuple[float, float], way: float) -> Floats:
        """A part of a table, so many columns and rows from a corner on, around its ends, as large as the result.

        As cv2 resizes it: `way` is 0 by areas, 1 by straight lines, 2 by cubic curves.
        """


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

    def box_mean(self, values: Floats, radius: float) -> Floats:
        """As OpenCV has it."""
        side, plain = 2 * round(radius * self.frame.short) + 1, np.ascontiguousarray(values, np.float64)
        return cv2.blur(plain, (side, side), borderType=cv2.BORDER_REPLICATE).reshape(values.shape)

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
        # cv2 takes half a level up where it averages four pixels, and to the even one elsewhere.
        whole = (lambda level: np.floor(level + 0.5)) if edge == 2 else np.rint
        for top in range(0, len(values), edge):
            for left in range(0, values.shape[1], edge):
                block = slice(top, top + edge), slice(left, left + edge)
                out[block] = whole((np.rint(255 * values[block])).mean(axis=(0, 1))) / 255
        return out

    @property
    def pixels(self) -> Floats:
        """Counted from the top left."""
        return np.stack(np.meshgrid(np.arange(self.frame.width), np.arange(self.frame.height)), axis=-1).astype(float)

    def table(self, numbers: Entries, columns: Floats, rows: Floats) -> Floats:
        """Entry by entry."""
        return numbers[np.asarray(rows).astype(np.intp), np.asarray(columns).astype(np.intp)].astype(float)

    def part(self, numbers: Entries, cells: tuple[float, float], corner: tuple[float, float], way: float) -> Floats:
        """By cv2 itself."""
        columns, rows = (int(first) + np.arange(int(count)) for first, count in zip(corner, cells, strict=True))
        taken = numbers.take(rows, 0, mode="wrap").take(columns, 1, mode="wrap").astype(float)
        kind = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC)[int(way)]
        size = self.frame.width, self.frame.height
        return cv2.resize(taken, size, interpolation=kind).reshape(*size[::-1], numbers.shape[-1])
