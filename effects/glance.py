"""A glance at a picture: a small copy of it, on which one sees how light it is and what colours it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Image, Photo, Weight, check_picture, fit, to_float

Picture = npt.NDArray[Any]

GLANCE_SIDE = 512
"""The longer side of the copy in pixels, at most: a photo and its preview are seen alike, in a few milliseconds."""


@dataclass(frozen=True, eq=False)
class Glance:
    """The small copy, h x w x 3, and how much of each pixel is seen, h x w, 0..255 (None: all of all)."""

    image: Image
    weight: Weight

    @property
    def colors(self) -> Floats:
        """Its pixels one after another, n x 3, float64 0..1."""
        return to_float(self.image).reshape(-1, 3)

    @property
    def shares(self) -> Floats:
        """How much each pixel counts among all, n of them, which sum to 1; all 0 where nothing is seen."""
        count = self.image.shape[0] * self.image.shape[1]
        if self.weight is None:
            return np.full(count, 1 / count)
        weights = self.weight.reshape(-1).astype(np.float64)
        return weights / max(weights.sum(), 1)


def glance(picture: Image | Photo, side: int = GLANCE_SIDE) -> Glance:
    """The picture, or what is seen of a photo with transparency, shrunk to a longer side of at most `side` pixels.

    TypeError for what is no picture.
    """
    photo = picture if isinstance(picture, Photo) else Photo(picture)
    check_picture(photo.image, photo.alpha)
    # Of a large picture every second pixel says as much, or every third; averages are then of few.
    stride = max(1, max(photo.image.shape[:2]) // (2 * side))
    image, alpha = photo.image[::stride, ::stride], photo.alpha
    weight = None if alpha is None else np.ascontiguousarray(alpha[::stride, ::stride])
    height, width = image.shape[:2]
    if max(height, width) <= side:
        return Glance(np.ascontiguousarray(image), weight)
    size = fit(width, height, side)
    if weight is None:
        return Glance(_shrunk(np.ascontiguousarray(image), size), None)
    share = np.float32(1 / 255) * weight
    total = _shrunk(share, size)
    mean = _shrunk(image * share[..., None], size) / np.maximum(total, np.float32(1e-6))[..., None]
    return Glance(np.rint(mean).astype(np.uint8), np.rint(255 * total).astype(np.uint8))


def _shrunk(planes: Picture, size: tuple[int, int]) -> Picture:
    """The average of the area that each pixel of the small copy covers; `size` is its width and height."""
    return cv2.resize(planes, size, interpolation=cv2.INTER_AREA).reshape(*size[::-1], *planes.shape[2:])
