"""The guided filter: smooth within areas, sharp at the guide's edges; fast, since its coefficients are smooth.

Source: He and Sun, Fast Guided Filter, 2015: out = a * guide + b, where a and b come from a shrunk picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from effects.image import Floats as Plane


@dataclass(frozen=True)
class Guided:
    """The coefficients of a guided filter on a shrunk picture, and the size of the picture they are for."""

    gain: Plane
    offset: Plane
    height: int
    width: int

    def at(self, guide: Plane, rows: slice) -> Plane:
        """The filtered values for these rows of the guide, h x width."""
        return self._enlarged(self.gain, rows) * guide + self._enlarged(self.offset, rows)

    def _enlarged(self, small: Plane, rows: slice) -> Plane:
        """These rows of a shrunk plane enlarged to the picture's size, bilinear."""
        y = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) * (len(small) / self.height) - 0.5
        y = np.clip(y, 0, len(small) - 1)
        upper = y.astype(np.intp)
        lower, share = np.minimum(upper + 1, len(small) - 1), (y - upper)[:, None]
        lines = small[upper] + share * (small[lower] - small[upper])
        return cv2.resize(lines, (self.width, len(lines)), interpolation=cv2.INTER_LINEAR).reshape(len(lines), -1)


def guided(guide: Plane, target: Plane, radius: int, eps: float, *, height: int, width: int) -> Guided:
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
    return Guided(mean(gain), mean(offset), height, width)
