"""A picture laid on a checkered board, as editors show where one sees through it."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Alpha, Image

SQUARES = 48
"""Of the board, along the shorter side of the whole picture: a preview and a part of the file show the same ones."""

LIGHT, DARK = 255, 214
"""Levels of the two kinds of square."""


def on_checks(image: Image, alpha: Alpha, whole: tuple[int, int], top: int = 0, left: int = 0) -> Image:
    """The picture on the board; it is the part from this row and column on of one as high and wide as `whole`.

    >>> import numpy as np
    >>> black = np.zeros((2, 2, 3), np.uint8)
    >>> on_checks(black, np.array([[255, 0], [0, 0]], np.uint8), (48, 48))[..., 0].tolist()
    [[0, 214], [214, 255]]
    """
    square = max(min(whole) / SQUARES, 1.0)
    rows, columns = (
        ((np.arange(first, first + count) + 0.5) // square).astype(np.int64) % 2
        for first, count in zip((top, left), alpha.shape, strict=True)
    )
    board = np.where(rows[:, None] == columns, np.uint8(LIGHT), np.uint8(DARK))
    share = cv2.cvtColor(alpha, cv2.COLOR_GRAY2RGB)
    near = cv2.multiply(image, share, scale=1 / 255)
    far = cv2.multiply(cv2.cvtColor(board, cv2.COLOR_GRAY2RGB), cv2.bitwise_not(share), scale=1 / 255)
    return np.asarray(cv2.add(near, far), np.uint8)
