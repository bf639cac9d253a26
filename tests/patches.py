"""A chart of known colours, and what is left of it."""

from __future__ import annotations

import numpy as np

from effects.image import Image

COLOURS = np.array(
    [
        [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)],
        [(0, 0, 0), (128, 128, 128), (200, 120, 40), (40, 120, 200)],
        [(20, 200, 120), (230, 30, 160), (255, 255, 0), (0, 255, 255)],
    ],
    np.uint8,
)
ROWS, COLUMNS = COLOURS.shape[:2]


def chart(height: int, width: int) -> Image:
    """The colours side by side, filling a picture: uint8, height x width x 3."""
    rows, columns = np.arange(height) * ROWS // height, np.arange(width) * COLUMNS // width
    return COLOURS[rows[:, None], columns]


def off(seen: Image, colours: Image = COLOURS) -> int:
    """The most levels by which the middle of any patch is off."""
    height, width = seen.shape[:2]
    rows = ((np.arange(ROWS) + 0.5) * height / ROWS).astype(int)
    columns = ((np.arange(COLUMNS) + 0.5) * width / COLUMNS).astype(int)
    return int(np.abs(seen[rows[:, None], columns].astype(int) - colours).max())
