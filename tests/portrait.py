"""The one portrait that tests look at (NASA's of Eileen Collins, public domain, out of scikit-image)."""

from __future__ import annotations

import cv2
import numpy as np
from skimage import data

from effects.image import Image

FACE = (slice(75, 170), slice(180, 270))
"""The face of the portrait, by eye, within its 512 x 512 pixels."""

SMALL = 256


def portrait(side: int = SMALL) -> Image:
    return np.ascontiguousarray(cv2.resize(data.astronaut(), (side, side), interpolation=cv2.INTER_AREA))


def face_of(image: Image) -> Image:
    """Where the portrait's face is in a picture of it that fills the frame."""
    rows, columns = (slice(part.start * len(image) // 512, part.stop * len(image) // 512) for part in FACE)
    return image[rows, columns]


def detail(image: Image) -> float:
    """How much stands in a picture beside its even parts: the mean strength of its edges."""
    return float(np.abs(cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.CV_64F)).mean())
