"""What is in front and what behind: colours at the edge without those of the other side, and other backdrops.

Where an edge goes through a pixel, that has colours of both sides. Source: Forte, Approximate Fast Foreground Colour
Estimation, 2021: both are averages of what is surely theirs nearby, and the rest of the pixel's colour goes to the
front in the measure in which it is there.
"""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Alpha, Frame, Image, Place
from effects.kernels.gaussian import gaussian
from effects.kernels.gradient import along_line, between, rgb
from effects.kernels.sampling import pixel_axis
from effects.kernels.weighing import average_by_weight
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

EDGE = 0.012
"""How far around an edge its colours come from: the standard deviation, in shares of the shorter side."""

LEAST = 0.5
"""Of a share: what is left of a pixel's colour is given to the front by no more than one part in so many."""

NARROW = 1.0
"""The same in pixels, at least."""


def blurred_where(image: Image, weight: Alpha, sigma: float) -> Image:
    """The picture blurred where the weight is, of nothing but what counts there."""
    return average_by_weight(lambda plane: gaussian(plane, sigma), image, weight, lambda: gaussian(image, sigma))


def front_colors(image: Image, plane: Alpha) -> Image:
    """The picture with its front's own colours wherever that is partly there; elsewhere it is as it was."""
    if not cv2.inRange(plane, 1, 254).any():
        return image
    sigma = max(NARROW, EDGE * min(plane.shape))
    front = blurred_where(image, plane, sigma)
    behind = blurred_where(image, cv2.bitwise_not(plane), sigma)
    out: Image = sheet(image.shape)

    def work(rows: slice) -> None:
        np.copyto(out[rows], image[rows])
        partly = cv2.inRange(plane[rows], 1, 254).astype(bool)
        if not partly.any():
            return
        share = plane[rows][partly].astype(np.float32)[:, None] / 255
        near, far = front[rows][partly].astype(np.float32), behind[rows][partly].astype(np.float32)
        rest = image[rows][partly] - share * near - (1 - share) * far
        own = near + rest / np.maximum(share, LEAST)
        out[rows][partly] = np.rint(np.clip(own, 0, 255)).astype(np.uint8)

    each_band(work, *plane.shape, bytes_per_pixel=60)
    return out


def composed(front: Image, plane: Alpha, behind: Image) -> Image:
    """The front over another picture: `plane` / 255 of it."""
    out: Image = sheet(front.shape)

    def work(rows: slice) -> None:
        share = cv2.merge([plane[rows]] * 3)
        near = cv2.multiply(front[rows], share, scale=1 / 255)
        far = cv2.multiply(behind[rows], cv2.bitwise_not(share), scale=1 / 255)
        cv2.add(near, far, dst=out[rows])

    each_band(work, *plane.shape, bytes_per_pixel=12)
    return out


def even(shape: tuple[int, ...], color: str) -> Image:
    """A picture of one colour."""
    return np.full(shape, np.rint(rgb(color) * 255), np.uint8)


def gradient(shape: tuple[int, ...], color: str, second: str, angle: float) -> Image:
    """A picture that goes evenly from one colour to another along a line (0 degrees: up, 90: to the right)."""
    frame, out = Frame(*shape[:2]), sheet(shape)
    across, down = (pixel_axis(count, frame.short).astype(np.float32) for count in (frame.width, frame.height))

    def work(rows: slice) -> None:
        share = np.clip(along_line(Place(frame, across[None], down[rows, None]), angle), 0, 1)
        colors = np.broadcast_to(between(rgb(color), rgb(second), share), out[rows].shape)
        np.copyto(out[rows], np.rint(colors * 255), casting="unsafe")

    each_band(work, frame.height, frame.width, bytes_per_pixel=60)
    return out


def outlined(plane: Alpha, width: float) -> Alpha:
    """The map grown by so many pixels on every side, with a soft edge: what an outline around it reaches."""
    reach = max(1, round(width))
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return cv2.max(plane, cv2.blur(cv2.dilate(plane, ball), (3, 3)).reshape(plane.shape))
