"""A picture in another number of pixels: how many it becomes, and how they are found."""

from __future__ import annotations

from functools import partial
from math import floor

import cv2
import numpy as np
from PIL import Image as PILImage

from effects.image import Colors, Image, Weight
from effects.kernels.hidden import fill_hidden
from effects.kernels.surroundings import AREA, CUBIC, LANCZOS, LINEAR, NEAREST, Surroundings
from effects.kernels.weighing import Picture, average_by_weight

MAX_OUTPUT_PIXELS = 50_000_000
"""No result holds more: the most that is taken in, too."""

FILTERS = {
    "nearest": PILImage.Resampling.NEAREST,
    "bilinear": PILImage.Resampling.BILINEAR,
    "bicubic": PILImage.Resampling.BICUBIC,
    "lanczos": PILImage.Resampling.LANCZOS,
}
"""Each along both sides at once, widened where the picture shrinks, so that no moiré is left."""

WAYS = {"nearest": NEAREST, "bilinear": LINEAR, "bicubic": CUBIC, "lanczos": LANCZOS}
"""The same, as `Surroundings.resampled` has them."""

GROWTH_FILTERS = {"area": PILImage.Resampling.BILINEAR, "auto": PILImage.Resampling.LANCZOS}
"""Averaging over less than a pixel: what lies between two pixels belongs to both."""


def limit_size(width: float, height: float) -> tuple[int, int]:
    """Width and height as whole pixels, at least one each, shrunk alike until they hold at most `MAX_OUTPUT_PIXELS`."""
    width, height = np.maximum(1.0, width).item(), np.maximum(1.0, height).item()
    shrink = (MAX_OUTPUT_PIXELS / (width * height)) ** 0.5
    across, down = np.maximum(1.0, width * shrink).item(), np.maximum(1.0, height * shrink).item()
    # One of them may have been a single pixel, which does not shrink.
    held = np.minimum(across, MAX_OUTPUT_PIXELS / down).item(), np.minimum(down, MAX_OUTPUT_PIXELS / across).item()
    # Numbers are chosen, not ways: a program that draws both ways would draw all of these pixels each time.
    is_over = width * height > MAX_OUTPUT_PIXELS
    sides = zip(held, (width, height), strict=True)
    limited = [np.where(is_over, floor(most), round(wanted)).item() for most, wanted in sides]
    return limited[0], limited[1]


def resized(colors: Colors, around: Surroundings, resampling: str) -> Colors:
    """What `resize_to` does, in floats."""
    if resampling in WAYS:
        return around.resampled(colors, (WAYS[resampling],) * 2)
    grows = LANCZOS if resampling == "auto" else LINEAR
    sides = (around.frame.width, around.source.width), (around.frame.height, around.source.height)
    across, down = (np.where(after < before, AREA, grows).item() for after, before in sides)
    return around.resampled(colors, (across, down))


def resize_to(image: Image, width: int, height: int, resampling: str, weight: Weight = None) -> Image:
    """The picture in `width` x `height` pixels by Pillow, H x W x 3; "auto" averages areas down and takes Lanczos up.

    With "auto" and "area" sides that shrink come first, and sides that grow second. Where pixels are mixed, each counts
    for its weight.
    """
    if resampling == "nearest" or image.shape[:2] == (height, width):
        weight = None
    change = partial(_resampled, width=width, height=height, resampling=resampling)
    return average_by_weight(change, image, weight, None if weight is None else partial(fill_hidden, image, weight))


def _resampled(image: Picture, width: int, height: int, resampling: str) -> Picture:
    if resampling in FILTERS:
        return _by_pillow(image, width, height, FILTERS[resampling])
    rows, columns = image.shape[:2]
    size = min(width, columns), min(height, rows)
    # Pillow's box counts whole pixels; cv2 counts those at an area's edge for their share of it.
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA).reshape(*size[::-1], *image.shape[2:])
    return _by_pillow(small, width, height, GROWTH_FILTERS[resampling])


def _by_pillow(image: Picture, width: int, height: int, resampling: PILImage.Resampling) -> Picture:
    if image.shape[:2] == (height, width):
        return image
    if image.dtype == np.uint16:
        # Pillow resamples planes of 8 bits or of floats.
        image = image.astype(np.float32)
    return np.array(PILImage.fromarray(image).resize((width, height), resampling))
