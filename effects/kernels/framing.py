"""A picture laid on a larger sheet, its corners rounded."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.gradient import rgb


def framed(image: Image, margin: int, swatch: str, radius: float) -> Image:
    """The picture with `margin` pixels of the colour on every side; corners of `radius` pixels show the colour, too.

    The corners' edge is smooth: a pixel shows as much of the picture as lies inside the circle.
    """
    paint = np.rint(rgb(swatch) * 255)
    out = cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=paint.tolist())
    out = out.reshape(image.shape[0] + 2 * margin, image.shape[1] + 2 * margin, 3)
    radius = min(radius, min(image.shape[:2]) / 2)
    reach = int(np.ceil(radius))
    if reach == 0:
        return out
    inward = np.maximum(radius - np.arange(reach) - 0.5, 0)
    shown = np.clip(radius + 0.5 - np.hypot(inward[:, None], inward), 0, 1)[..., None]
    inner = out[margin : out.shape[0] - margin, margin : out.shape[1] - margin]
    for corner in (inner, inner[::-1], inner[:, ::-1], inner[::-1, ::-1]):
        square = corner[:reach, :reach]
        square[...] = np.rint(paint + shown * (square - paint))
    return out
