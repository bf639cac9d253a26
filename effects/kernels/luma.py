"""How light a colour is, as one channel."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Image

Plane = npt.NDArray[np.uint8]
"""uint8, h x w: one channel of a picture."""

REC_709 = (0.2126, 0.7152, 0.0722)
REC_601 = (0.299, 0.587, 0.114)
"""What red, green and blue weigh. Sources: ITU-R BT.709 and BT.601."""


def luma(image: Image) -> Plane:
    """Rec. 709 luma of encoded values, rounded to nearest; h x w for h x w x 3."""
    return cv2.transform(image, np.array([REC_709])).reshape(image.shape[:2])


def float_luma(colors: Floats | Image, weights: tuple[float, float, float] = REC_709) -> Floats:
    """Luma of colours ... x 3 that is not rounded, on their own scale; of floats as precise as they are."""
    red, green, blue = weights
    return red * colors[..., 0] + green * colors[..., 1] + blue * colors[..., 2]
