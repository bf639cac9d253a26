"""Working on a smaller picture, and bringing what was made of it back to full size."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Image
from effects.kernels.bands import each_band

Picture = npt.NDArray[Any]

BAND_PIXELS = 50_000

FLAT = 4.0
"""Variance, in squared 8-bit levels, below which an area counts as flat: then its mean alone is brought back."""

REACH = 2
"""Half the window, in pixels of the small picture, in which one straight line has to do."""


def reduced(image: Image, short: float) -> Image:
    """The picture (h x w or h x w x 3) with a shorter side of `short` pixels, or itself if it is no larger."""
    share = short / min(image.shape[:2])
    if share >= 1:
        return image
    size = tuple(max(1, round(length * share)) for length in image.shape[1::-1])
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], *image.shape[2:])


def enlarged(small: Picture, rows: slice, shape: tuple[int, ...]) -> Picture:
    """These rows of the small picture enlarged to `shape` (h, w, ...), bilinear; of its own type.

    What cv2.resize makes of the whole, without the whole: h x w x c of any type cv2 resizes.
    """
    height, width = shape[:2]
    at = np.clip((np.arange(rows.start, rows.stop) + 0.5) * small.shape[0] / height - 0.5, 0, small.shape[0] - 1)
    above = at.astype(np.intp)
    below = np.minimum(above + 1, small.shape[0] - 1)
    share = (at - above).astype(np.float32).reshape(-1, *(1,) * (small.ndim - 1))
    lines = small[above] + share * (small[below].astype(np.float32) - small[above])
    lines = cv2.resize(lines, (width, len(lines)), interpolation=cv2.INTER_LINEAR)
    lines = lines.reshape(rows.stop - rows.start, width, *small.shape[2:])
    return lines if small.dtype == np.float32 else np.rint(lines).astype(small.dtype)


def refined(image: Image, before: Image, after: Image) -> Image:
    """What `after` is to the small picture `before`, made of the full-size picture.

    Where the small one changed along a straight line (after = gain * before + offset, fitted in windows of 5 x 5), so
    does the large one: an edge that was kept is as sharp as in the picture, and what was smoothed away stays away.
    Source: He and Sun, Fast Guided Filter, 2015; Chen et al., Bilateral Guided Upsampling, 2016.
    """
    gains, offsets = fitted(before, after)
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        values = enlarged(gains, rows, image.shape)
        values *= image[rows]
        values += enlarged(offsets, rows, image.shape)
        np.rint(np.clip(values, 0, 255, out=values), out=values)
        out[rows] = values

    each_band(work, *image.shape[:2], pixels=BAND_PIXELS)
    return out


def fitted(before: Image, after: Image) -> tuple[Floats, Floats]:
    """The gains and offsets around every pixel that come closest to after = gain * before + offset; float32."""
    gains, offsets = (np.empty(before.shape, np.float32) for _ in range(2))
    for channel in range(3):
        x, y = before[..., channel].astype(np.float32), after[..., channel].astype(np.float32)
        mean_x, mean_y = mean(x), mean(y)
        gain = (mean(x * y) - mean_x * mean_y) / (mean(x * x) - mean_x * mean_x + FLAT)
        gains[..., channel] = mean(gain)
        offsets[..., channel] = mean(mean_y - gain * mean_x)
    return gains, offsets


def mean(plane: Floats) -> Floats:
    """The mean in the window around every pixel; h x w float32."""
    window = 2 * REACH + 1
    return cv2.boxFilter(plane, -1, (window, window), borderType=cv2.BORDER_REFLECT).reshape(plane.shape)
