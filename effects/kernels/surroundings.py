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
from effects.kernels.gaussian import NARROWEST
from effects.kernels.sampling import pixel_axis

Entries = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
"""Whole numbers to be looked up."""

NEAREST, LINEAR, CUBIC, LANCZOS, AREA = range(5)
"""Ways of `Surroundings.resampled`."""


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

    @property
    def throw(self) -> float:
        """Which throw of chance it is, a whole number: 0 for a still, and where a seed is the throw's own.

        Where it is drawn, seeds are compiled in, and this alone tells one throw from another (see `effects.chance`).
        """

    def gaussian(self, values: Floats, radius: float) -> Floats:
        """The values blurred by a Gaussian of this standard deviation, reflected at the edges (reflect101)."""

    def box_mean(self, values: Floats, radius: float) -> Floats:
        """The mean of the square window that reaches so far to each side, in whole pixels, the edges repeated."""

    def at(self, values: Floats, points: Points) -> Floats:
        """The values at points of the picture that is looked at, bilinear; outside, the edge is repeated."""

    def block_mean(self, values: Floats, size: float) -> Floats:
        """The mean of the square block that a pixel is in, in 8 bits; the first begins at the top left."""

    def resampled(self, values: Floats, ways: tuple[float, float]) -> Floats:
        """The picture that is looked at in as many pixels as the result, in 8 bits: `ways` across and down.

        0 takes the nearest pixel, 1, 2 and 3 are lines, cubic curves and Lanczos' as Pillow has them, widened where it
        shrinks; 4 is the mean of what a pixel covers.
        """

    @property
    def pixels(self) -> Floats:
        """Column and row of each pixel of the result, h x w x 2."""

    def table(self, numbers: Entries, columns: Floats | float, rows: Floats | float) -> Floats:
        """The whole numbers of a table of rows x columns x 1 or 3, at whole places (h x w) for each pixel."""

    def part(self, numbers: Entries, cells: tuple[float, float], corner: tuple[float, float], way: float) -> Floats:
        """A part of a table, so many columns and rows from a corner on, around its ends, as large as the result.

        As cv2 resizes it: `way` is 0 by areas, 1 by straight lines, 2 by cubic curves.
        """


@dataclass(frozen=True)
class PlainSurroundings:
    """Those of a picture in floats, for tests: nothing is shrunk, nothing rounded."""

    frame: Frame
    seen: Frame | None = None
    throw: float = 0.0

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

    def resampled(self, values: Floats, ways: tuple[float, float]) -> Floats:
        """By what each pixel of the one counts for each of the other."""
        across = _shares(self.source.width, self.frame.width, ways[0])
        down = _shares(self.source.height, self.frame.height, ways[1])
        lines = np.rint(255 * np.clip(np.einsum("xw,hwc->hxc", across, values), 0, 1)) / 255
        return np.rint(255 * np.clip(np.einsum("yh,hxc->yxc", down, lines), 0, 1)) / 255

    @property
    def pixels(self) -> Floats:
        """Counted from the top left."""
        return np.stack(np.meshgrid(np.arange(self.frame.width), np.arange(self.frame.height)), axis=-1).astype(float)

    def table(self, numbers: Entries, columns: Floats | float, rows: Floats | float) -> Floats:
        """Entry by entry."""
        return numbers[np.asarray(rows).astype(np.intp), np.asarray(columns).astype(np.intp)].astype(float)

    def part(self, numbers: Entries, cells: tuple[float, float], corner: tuple[float, float], way: float) -> Floats:
        """By cv2 itself."""
        columns, rows = (int(first) + np.arange(int(count)) for first, count in zip(corner, cells, strict=True))
        taken = numbers.take(rows, 0, mode="wrap").take(columns, 1, mode="wrap").astype(float)
        kind = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC)[int(way)]
        size = self.frame.width, self.frame.height
        return cv2.resize(taken, size, interpolation=kind).reshape(*size[::-1], numbers.shape[-1])


def _shares(count: int, wanted: int, way: float) -> Floats:
    """How much each of `count` pixels in a row has in each of so many that are wanted."""
    ratio, middles, places = count / wanted, np.arange(wanted)[:, None] + 0.5, np.arange(count) + 0.5
    if way == NEAREST:
        return (np.floor(middles * ratio) == np.arange(count)).astype(float)
    if way == AREA:
        high, low = (middles + 0.5) * ratio, (middles - 0.5) * ratio
        shares = np.maximum(np.minimum(high, places + 0.5) - np.maximum(low, places - 0.5), 0)
    else:
        far = np.abs(places - middles * ratio) / max(ratio, 1)
        curve = {
            LINEAR: 1 - far,
            CUBIC: np.where(far < 1, (1.5 * far - 2.5) * far**2 + 1, ((2.5 - 0.5 * far) * far - 4) * far + 2),
            LANCZOS: np.sinc(far) * np.sinc(far / 3),
        }[int(way)]
        shares = np.where(far < way, curve, 0)
    return shares / shares.sum(axis=1, keepdims=True)
