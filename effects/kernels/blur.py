"""Gaussian blur at any width for about the same price."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.kernels.bands import POOL_PIXELS, each_band, scratch
from effects.kernels.sheets import sheet

Picture = npt.NDArray[np.uint8]

NARROW = 3.0
"""A standard deviation in pixels: wider blurs are done on a picture shrunk until theirs is about this."""

BAND_PIXELS = 400_000
"""A band that is shrunk or enlarged: high enough that the rows it shares with its neighbours count little."""


def gaussian(image: Picture, sigma: float) -> Picture:
    """The picture (h x w or h x w x 3) blurred by a Gaussian of `sigma` pixels, edges reflected (reflect101).

    A wide blur shrinks by a whole number, blurs, and enlarges: within half a level of the plain one on average, and
    5-30 times as fast. Averaging over n pixels and interpolating between them blur by themselves, with variances of
    (n^2 - 1) / 12 and n^2 / 6, which the blur in between is spared.
    """
    if sigma < 0.05:
        return image.copy()
    times = shrinkage(sigma)
    if times == 1 or min(image.shape[:2]) < 4 * times:
        return narrow(image, sigma)
    left_over = np.sqrt(sigma**2 - (times**2 - 1) / 12 - times**2 / 6) / times
    return enlarged(narrow(shrunk(image, times), float(left_over)), times, image.shape)


def shrinkage(sigma: float) -> int:
    """By how much to shrink before a blur, so that about `NARROW` pixels of it are left; a power of 2."""
    return int(2 ** max(0, np.floor(np.log2(sigma / NARROW))))


def narrow(image: Picture, sigma: float) -> Picture:
    """The plain blur; a large picture in bands, each with the rows around it that its blur reaches."""
    if image.shape[0] * image.shape[1] < POOL_PIXELS:
        return cv2.GaussianBlur(image, (0, 0), sigma).reshape(image.shape)
    out, reach = sheet(image.shape), int(np.ceil(4 * sigma)) + 1

    def work(rows: slice) -> None:
        top, bottom = max(0, rows.start - reach), min(image.shape[0], rows.stop + reach)
        soft = cv2.GaussianBlur(image[top:bottom], (0, 0), sigma).reshape(-1, *image.shape[1:])
        out[rows] = soft[rows.start - top : rows.stop - top]

    each_band(work, *image.shape[:2], pixels=POOL_PIXELS // 4)
    return out


def shrunk(image: Picture, times: int) -> Picture:
    """The mean of every block of `times` x `times` pixels, the picture reflected at the right and below to fill it."""
    height, width = image.shape[:2]
    columns = -(-width // times)
    small = np.empty((-(-height // times), columns, *image.shape[2:]), np.uint8)

    def work(rows: slice) -> None:
        # A block's height more above, so that the last band has enough to reflect.
        top = max(0, rows.start - times)
        band = image[top : rows.stop]
        below, right = -len(band) % times, columns * times - width
        if below or right:
            band = cv2.copyMakeBorder(band, 0, below, 0, right, cv2.BORDER_REFLECT_101)
        means = cv2.resize(band, (columns, len(band) // times), interpolation=cv2.INTER_AREA)
        means = means.reshape(-1, *small.shape[1:])[(rows.start - top) // times :]
        small[rows.start // times :][: len(means)] = means

    each_band(work, height, width, pixels=BAND_PIXELS if height * width >= POOL_PIXELS else POOL_PIXELS, step=times)
    return small


def enlarged(small: Picture, times: int, shape: tuple[int, ...]) -> Picture:
    """The first rows and columns of the picture `times` as large, bilinear, that fill `shape`."""
    count, size = len(small), (small.shape[1] * times, len(small) * times)
    if shape[0] * shape[1] < POOL_PIXELS:
        whole = cv2.resize(small, size).reshape(*size[::-1], *shape[2:])
        return np.ascontiguousarray(whole[: shape[0], : shape[1]])
    out = sheet(shape)

    def work(rows: slice) -> None:
        top, bottom = max(0, rows.start // times - 1), min(count, -(-rows.stop // times) + 1)
        wide = scratch("wide", ((bottom - top) * times, size[0], *shape[2:]), np.uint8)
        cv2.resize(small[top:bottom], wide.shape[1::-1], dst=wide)
        out[rows] = wide[rows.start - top * times : rows.stop - top * times, : shape[1]]

    each_band(work, *shape[:2], pixels=BAND_PIXELS)
    return out
