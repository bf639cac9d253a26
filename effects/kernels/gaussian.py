"""Gaussian blur at any width for about the same price."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.memory.bands import MIN_POOL_PIXELS, each_band
from effects.memory.scratch import Scratch
from effects.memory.sheets import sheet

scratch = Scratch()

Picture = npt.NDArray[Any]
"""uint8 or uint16, h x w or h x w x 3."""

NARROW = 3.0
"""A standard deviation in pixels: wider blurs are done on a picture shrunk until theirs is about this."""

REACH = 3.0
"""How many standard deviations around the picture count: beyond it lies a quarter of a per cent."""

NARROWEST = 0.05
"""A blur by less than so many pixels is none."""


def gaussian(image: Picture, sigma: float) -> Picture:
    """The picture blurred by a Gaussian of `sigma` pixels, at its own depth, edges reflected (reflect101).

    A wide blur shrinks by a whole number, blurs, and enlarges: within half a level of the plain one on average, and
    5-30 times as fast. Averaging over n pixels and interpolating between them blur by themselves, with variances of
    (n^2 - 1) / 12 and n^2 / 6, which the blur in between is spared.
    """
    if sigma < NARROWEST:
        return image.copy()
    times = shrinkage(sigma)
    if times == 1 or min(image.shape[:2]) < 4 * times:
        return narrow_gaussian(image, sigma)
    left_over = float(np.sqrt(sigma**2 - (times**2 - 1) / 12 - times**2 / 6) / times)
    # What lies beyond the edges is shrunk with the rest: a small picture's own mirror stands half a block off.
    margin = int(np.ceil(REACH * left_over))
    soft = narrow_gaussian(shrink_blocks(image, times, margin), left_over)
    return enlarge_blocks(soft[margin - 1 :, margin - 1 :], times, image.shape)


def shrinkage(sigma: float) -> int:
    """By how much to shrink before a blur, so that about `NARROW` pixels of it are left; a power of 2."""
    return int(2 ** max(0, np.floor(np.log2(sigma / NARROW))))


def narrow_gaussian(image: Picture, sigma: float) -> Picture:
    """The plain blur; a large picture in bands, each with the rows around it that its blur reaches."""
    if image.shape[0] * image.shape[1] < MIN_POOL_PIXELS:
        return cv2.GaussianBlur(image, (0, 0), sigma).reshape(image.shape)
    out, reach = sheet(image.shape, image.dtype), int(np.ceil(4 * sigma)) + 1

    def work(rows: slice) -> None:
        top, bottom = max(0, rows.start - reach), min(image.shape[0], rows.stop + reach)
        soft = cv2.GaussianBlur(image[top:bottom], (0, 0), sigma).reshape(-1, *image.shape[1:])
        out[rows] = soft[rows.start - top : rows.stop - top]

    # The higher a band, the less the rows that it shares with its neighbours count.
    each_band(work, *image.shape[:2], bytes_per_pixel=0)
    return out


def shrink_blocks(image: Picture, times: int, margin: int) -> Picture:
    """The mean of every block of `times` x `times` pixels, with `margin` blocks of its reflection all around."""
    height, width = (-(-length // times) for length in image.shape[:2])
    right = (width + margin) * times - image.shape[1]
    source = reflected_rows(image.shape[0], margin * times, (height + margin) * times - image.shape[0])
    small = np.empty((height + 2 * margin, width + 2 * margin, *image.shape[2:]), image.dtype)

    def work(rows: slice) -> None:
        taken = source[rows]
        in_order = taken[-1] - taken[0] == len(taken) - 1
        band = image[taken[0] : taken[-1] + 1] if in_order else image[taken]
        band = cv2.copyMakeBorder(band, 0, 0, margin * times, right, cv2.BORDER_REFLECT_101)
        # Halved first: of all whole numbers cv2 is quick at two only, and rounding twice costs an eighth of a level.
        half = cv2.resize(band, (band.shape[1] // 2, len(taken) // 2), interpolation=cv2.INTER_AREA)
        means = cv2.resize(half, (small.shape[1], len(taken) // times), interpolation=cv2.INTER_AREA)
        small[rows.start // times : rows.stop // times] = means.reshape(-1, *small.shape[1:])

    each_band(work, len(source), image.shape[1], bytes_per_pixel=2 * image[0, 0].nbytes, step=times)
    return small


def reflected_rows(count: int, above: int, below: int) -> npt.NDArray[np.intp]:
    """The rows of a picture of `count` rows that stand above, in and below it when it is reflected (reflect101)."""
    period = max(1, 2 * (count - 1))
    away = np.mod(np.arange(-above, count + below), period)
    return np.minimum(away, period - away)


def enlarge_blocks(small: Picture, times: int, shape: tuple[int, ...]) -> Picture:
    """The picture `times` as large, bilinear, cut to `shape` from one block inside its upper left corner."""
    count, size = len(small), (small.shape[1] * times, len(small) * times)
    if shape[0] * shape[1] < MIN_POOL_PIXELS:
        whole = cv2.resize(small, size).reshape(*size[::-1], *shape[2:])
        return np.ascontiguousarray(whole[times : times + shape[0], times : times + shape[1]])
    out = sheet(shape, small.dtype)

    def work(rows: slice) -> None:
        top, bottom = rows.start // times, min(count, -(-rows.stop // times) + 2)
        wide = scratch("wide", ((bottom - top) * times, size[0], *shape[2:]), small.dtype)
        cv2.resize(small[top:bottom], wide.shape[1::-1], dst=wide)
        first = rows.start + times - top * times
        out[rows] = wide[first : first + rows.stop - rows.start, times : times + shape[1]]

    each_band(work, *shape[:2], bytes_per_pixel=0)
    return out
