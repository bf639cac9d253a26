"""A picture laid on a larger sheet, its corners rounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np

from effects.image import Alpha, Floats, Image, Weight
from effects.kernels.gradient import rgb
from effects.kernels.weighing import Picture


def add_border(image: Image, margin: int, swatch: str, radius: float, weight: Weight = None) -> Image:
    """The picture with `margin` pixels of the colour on every side; corners of `radius` pixels show the colour, too.

    The corners' edge is smooth: a pixel shows as much of the picture as lies inside the circle. Of a picture with
    weights, no more of it than these let through.
    """
    paint = np.rint(rgb(swatch) * 255)
    out, shown = widen_by_margin(image, margin, paint), inside_corner(image, radius)
    counted = np.broadcast_to(np.uint8(255), image.shape[:2]) if weight is None else weight
    for square, count in zip(corners(out, margin, len(shown)), corners(counted, 0, len(shown)), strict=True):
        # Premultiplied over the paint, which is opaque, and divided by what is opaque then.
        opacity = 1 - shown * (1 - count / 255)
        share = np.where(shown < 1, shown * count / 255 / np.maximum(opacity, 1e-6), 1)[..., None]
        square[...] = np.rint(paint + share * (square - paint))
    return out


def add_border_weight(weight: Alpha, margin: int, radius: float) -> Alpha:
    """How much the pixels of a framed picture count: the paint for all there is."""
    out, shown = widen_by_margin(weight, margin, np.array([255])), inside_corner(weight, radius)
    for square in corners(out, margin, len(shown)):
        square[...] = np.rint(255 - shown * (255.0 - square))
    return out


def widen_by_margin(picture: Picture, margin: int, paint: Floats) -> Picture:
    """The picture with `margin` pixels of paint (a number a channel) on every side."""
    out = cv2.copyMakeBorder(picture, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=paint.tolist())
    return out.reshape(picture.shape[0] + 2 * margin, picture.shape[1] + 2 * margin, *picture.shape[2:])


def inside_corner(picture: Picture, radius: float) -> Floats:
    """How much of each pixel of the upper left corner lies inside a circle of `radius` pixels; square, maybe empty."""
    radius = min(radius, min(picture.shape[:2]) / 2)
    inward = np.maximum(radius - np.arange(int(np.ceil(radius))) - 0.5, 0)
    return np.clip(radius + 0.5 - np.hypot(inward[:, None], inward), 0, 1)


def corner_share(points: Floats, half: Floats, radius: Any) -> Floats:
    """How much of each pixel lies inside a rectangle about the middle, its corners rounded; all in pixels, ... x 1.

    `points` are where pixels stand, `half` are the rectangle's half sides; as `inside_corner` says of a whole picture.
    """
    away = np.abs(points)
    inward = np.maximum(away - (half - radius), 0)
    round_corner = np.clip(radius + 0.5 - np.sqrt(inward[..., :1] ** 2 + inward[..., 1:] ** 2), 0, 1)
    within = (away[..., :1] < half[0]) & (away[..., 1:] < half[1])
    return np.where(within, np.where((inward[..., :1] > 0) & (inward[..., 1:] > 0), round_corner, 1), 0)


def corners(picture: Picture, margin: int, reach: int) -> Iterator[Picture]:
    """The four corners, `margin` pixels inside the picture, as views that each begin at the outermost pixel."""
    inner = picture[margin : picture.shape[0] - margin, margin : picture.shape[1] - margin]
    for corner in (inner, inner[::-1], inner[:, ::-1], inner[::-1, ::-1]):
        yield corner[:reach, :reach]
