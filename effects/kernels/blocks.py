"""A grid of square blocks over the picture, from the top left: their means, and a picture of them."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np

from effects.image import Image


def block_means(image: Image, size: int) -> Image:
    """The mean colour of every `size` x `size` block; those at the right and bottom may be smaller."""
    height, width = image.shape[:2]
    means = np.empty((-(-height // size), -(-width // size), 3), np.uint8)
    for rows, columns in product(_parts(height, size), _parts(width, size)):
        part = image[rows[0] : rows[1], columns[0] : columns[1]]
        blocks = -(-part.shape[0] // size), -(-part.shape[1] // size)
        top, left = rows[0] // size, columns[0] // size
        shrunk = cv2.resize(part, blocks[::-1], interpolation=cv2.INTER_AREA)
        means[top : top + blocks[0], left : left + blocks[1]] = shrunk.reshape(*blocks, 3)
    return means


def spread(means: Image, size: int, shape: tuple[int, ...]) -> Image:
    """A picture of this shape in which every block is filled with its mean."""
    height, width = means.shape[:2]
    large = cv2.resize(means, (width * size, height * size), interpolation=cv2.INTER_NEAREST)
    return np.ascontiguousarray(large.reshape(height * size, width * size, 3)[: shape[0], : shape[1]])


def _parts(length: int, size: int) -> list[tuple[int, int]]:
    whole = length - length % size
    return [part for part in ((0, whole), (whole, length)) if part[1] > part[0]]
