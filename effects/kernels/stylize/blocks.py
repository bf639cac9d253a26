"""A grid of square blocks over the picture, from the top left: their means, and a picture of them."""

from __future__ import annotations

from itertools import product
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

Picture = npt.NDArray[Any]


def block_means(image: Picture, size: int) -> Picture:
    """The mean of every `size` x `size` block; those at the right and bottom may be smaller.

    Of colours, or of one plane; 8 bits or 16.
    """
    height, width = image.shape[:2]
    means = np.empty((-(-height // size), -(-width // size), *image.shape[2:]), image.dtype)

    def work(band: slice) -> None:
        for rows, columns in product(_parts(band.start, band.stop, size), _parts(0, width, size)):
            part = image[rows, columns]
            blocks = -(-part.shape[0] // size), -(-part.shape[1] // size)
            top, left = rows.start // size, columns.start // size
            shrunk = cv2.resize(part, blocks[::-1], interpolation=cv2.INTER_AREA)
            means[top : top + blocks[0], left : left + blocks[1]] = shrunk.reshape(*blocks, *image.shape[2:])

    each_band(work, height, width, bytes_per_pixel=0, step=size)
    return means


def fill_blocks(means: Image, size: int, shape: tuple[int, ...]) -> Image:
    """A picture of this shape in which every block is filled with its mean."""
    out = sheet(shape)

    def work(rows: slice) -> None:
        for top in range(rows.start, rows.stop, size):
            out[top : min(top + size, rows.stop)] = means[top // size].repeat(size, axis=0)[: shape[1]]

    each_band(work, *shape[:2], bytes_per_pixel=6, step=size)
    return out


def _parts(start: int, stop: int, size: int) -> list[slice]:
    whole = stop - (stop - start) % size
    return [part for part in (slice(start, whole), slice(whole, stop)) if part.stop > part.start]
