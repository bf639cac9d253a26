"""The eight ways a camera may be held: turning rows of pixels upright."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

UPRIGHT = 1
SIDEWAYS = (5, 6, 7, 8)
"""The orientations that swap width and height."""

ORIENTATIONS = range(1, 9)
"""EXIF 2.32, tag 0x0112: where the stored rows and columns start on the upright picture."""

Pixels = npt.NDArray[np.uint8]


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Stored pixels, H x W or H x W x C, turned as the EXIF orientation (1..8) says; a new array unless it is 1."""
    turned = np.ascontiguousarray(pixels)
    if orientation in SIDEWAYS:
        turned = cv2.transpose(turned)
    if orientation in (2, 6):
        turned = cv2.flip(turned, 1)
    elif orientation in (3, 7):
        turned = cv2.flip(turned, -1)
    elif orientation in (4, 8):
        turned = cv2.flip(turned, 0)
    return turned


def window(picture: Pixels, top: int, bottom: int, orientation: int) -> Pixels:
    """The part of an upright picture where the stored rows `top` to `bottom` come to lie, as a view."""
    if orientation in (1, 2):
        return picture[top:bottom]
    if orientation in (3, 4):
        return picture[len(picture) - bottom : len(picture) - top]
    if orientation in (5, 8):
        return picture[:, top:bottom]
    width = picture.shape[1]
    return picture[:, width - bottom : width - top]
