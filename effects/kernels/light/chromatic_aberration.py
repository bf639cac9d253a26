"""Colours that a lens does not bring together: red and blue looked up beside their place."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from effects.image import Floats, Image
from effects.kernels.sampling import resample
from effects.memory.bands import each_band
from effects.memory.scratch import Scratch

scratch = Scratch()

Positions = tuple[Floats, Floats]

RowPositions = Callable[[slice], Positions]
"""Where the pixels of these rows look, as columns 1 x W and rows h x 1; outside, the edge is repeated."""


def shift_red_and_blue(image: Image, red: RowPositions, blue: RowPositions) -> Image:
    """The picture with its red and blue looked up elsewhere, bilinear; green stays."""
    height, width = image.shape[:2]
    planes = cv2.split(image)
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        shape = rows.stop - rows.start, width
        sides = [np.empty(shape, np.uint8) for _ in range(2)]
        for look, plane, side in zip((red, blue), (planes[0], planes[2]), sides, strict=True):
            columns, lines = scratch("columns", shape, np.float32), scratch("lines", shape, np.float32)
            positions = look(rows)
            columns[...] = np.clip(positions[0], 0, width - 1)
            lines[...] = np.clip(positions[1], 0, height - 1)
            resample(plane, (columns, lines), side)
        cv2.merge([sides[0], planes[1][rows], sides[1]], out[rows])

    each_band(work, height, width, bytes_per_pixel=20)
    return out


def scaled_positions(image: Image, share: float) -> RowPositions:
    """A look through a plane that is larger by `share` than the picture, about the centre."""
    height, width = image.shape[:2]

    def look(rows: slice) -> Positions:
        columns = (np.arange(width) - (width - 1) / 2) / (1 + share) + (width - 1) / 2
        lines = (np.arange(height)[rows] - (height - 1) / 2) / (1 + share) + (height - 1) / 2
        return columns[None], lines[:, None]

    return look


def moved_positions(image: Image, right: float, down: float) -> RowPositions:
    """A look through a plane that was moved by pixels to the right and down."""
    height, width = image.shape[:2]

    def look(rows: slice) -> Positions:
        return np.arange(width)[None] - right, np.arange(height)[rows, None] - down

    return look
