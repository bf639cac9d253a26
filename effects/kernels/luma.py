"""How light a colour is, as one 8-bit channel."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image

Plane = npt.NDArray[np.uint8]
"""uint8, h x w: one channel of a picture."""

REC_709 = (0.2126, 0.7152, 0.0722)
"""What red, green and blue weigh. Source: ITU-R BT.709."""


def luma(image: Image) -> Plane:
    """Rec. 709 luma of encoded values, rounded to nearest; h x w for h x w x 3."""
    return cv2.transform(image, np.array([REC_709])).reshape(image.shape[:2])
