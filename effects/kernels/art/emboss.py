"""A picture as a relief: each pixel against the one that stands towards the light."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats

Picture = npt.NDArray[np.uint8]

GROUND = 128
"""The grey of what is level, as in Pillow's EMBOSS."""


def relief(picture: Picture, angle: float, depth: float, distance: float, *, on_picture: bool) -> Picture:
    """Level grey, or the picture itself, + depth * (picture - picture towards the light); h x w or h x w x 3, 8 bits.

    The light stands at `angle` degrees, counter-clockwise from the right; `distance` pixels is how far away the other
    pixel is (along the axis that the light is nearer to, as neighbours in a 3 x 3 kernel are 1 away).
    """
    kernel, anchor = relief_kernel(angle, depth, distance)
    if on_picture:
        kernel[anchor[1], anchor[0]] += 1
    delta = 0 if on_picture else GROUND
    return cv2.filter2D(picture, -1, kernel, anchor=anchor, delta=delta).reshape(picture.shape)


def relief_kernel(angle: float, depth: float, distance: float) -> tuple[Floats, tuple[int, int]]:
    """The kernel and its anchor (x, y): `depth` at the pixel, and as much less between the four around the other."""
    right, up = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    across, down = distance * np.array([right, -up]) / max(abs(right), abs(up))
    across, down = float(np.round(across, 9)), float(np.round(down, 9))
    left, top = int(np.floor(across)), int(np.floor(down))
    columns, rows = (left, left + 1), (top, top + 1)
    anchor = -min(0, left), -min(0, top)
    kernel = np.zeros((anchor[1] + max(0, rows[1]) + 1, anchor[0] + max(0, columns[1]) + 1))
    kernel[anchor[1], anchor[0]] = depth
    for row, high in zip(rows, (1 - (down - top), down - top), strict=True):
        for column, wide in zip(columns, (1 - (across - left), across - left), strict=True):
            kernel[anchor[1] + row, anchor[0] + column] -= depth * high * wide
    return kernel, anchor
