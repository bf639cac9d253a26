"""A picture in another number of pixels: how many it becomes, and how they are found."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Pictures

from effects.image import Image

MOST_PIXELS = 50_000_000
"""No result holds more: the most that is taken in, too."""

LONGEST_RESIZE = 32_767
"""cv2.resize counts some positions in 16 bits; longer sides are Pillow's."""

SHRINKING = {
    "nearest": Pictures.Resampling.NEAREST,
    "bilinear": Pictures.Resampling.BILINEAR,
    "bicubic": Pictures.Resampling.BICUBIC,
    "lanczos": Pictures.Resampling.LANCZOS,
    "area": Pictures.Resampling.BOX,
}

ENLARGING = {
    "nearest": cv2.INTER_NEAREST_EXACT,
    "bilinear": cv2.INTER_LINEAR,
    "bicubic": cv2.INTER_CUBIC,
    "lanczos": cv2.INTER_LANCZOS4,
    # Averaging over less than a pixel: what lies between two pixels belongs to both.
    "area": cv2.INTER_LINEAR,
}


def held(width: float, height: float) -> tuple[int, int]:
    """Width and height as whole pixels, at least one each, shrunk alike until they hold at most `MOST_PIXELS`."""
    width, height = max(1.0, width), max(1.0, height)
    if width * height > MOST_PIXELS:
        shrink = (MOST_PIXELS / (width * height)) ** 0.5
        width, height = max(1.0, width * shrink), max(1.0, height * shrink)
        # One of them may have been a single pixel, which does not shrink.
        width, height = min(width, MOST_PIXELS / height), min(height, MOST_PIXELS / width)
        return int(width), int(height)
    return round(width), round(height)


def resized(image: Image, width: int, height: int, resampling: str) -> Image:
    """The picture in `width` x `height` pixels, H x W x 3; "auto" averages areas down and takes Lanczos up.

    Sides that shrink come first, by Pillow, whose filters widen as the picture shrinks and so leave no moiré; sides
    that grow come second, by cv2, which needs no second copy of a large result.
    """
    rows, columns = image.shape[:2]
    across, down = min(width, columns), min(height, rows)
    if (across, down) != (columns, rows):
        image = _by_pillow(image, across, down, SHRINKING["area" if resampling == "auto" else resampling])
    if (width, height) == (across, down):
        return image
    up = "lanczos" if resampling == "auto" else resampling
    if max(width, height, across, down) > LONGEST_RESIZE:
        return _by_pillow(image, width, height, SHRINKING[up])
    return cv2.resize(image, (width, height), interpolation=ENLARGING[up]).reshape(height, width, 3)


def _by_pillow(image: Image, width: int, height: int, resampling: Pictures.Resampling) -> Image:
    return np.array(Pictures.fromarray(image).resize((width, height), resampling))
