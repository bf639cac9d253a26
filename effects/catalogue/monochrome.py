"""One colour: greys and tints."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Matrix
from effects.params import Range

monochrome = Category("monochrome", "Black and white", "Greys, tints, and pictures of one or two colours.")

SEPIA = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])


@monochrome.matrix
def grayscale(*, amount: Annotated[float, Range(0, 1, neutral=0)] = 1.0) -> Matrix:
    """Take the colour out and leave the light.

    CSS `grayscale()`, weights of Rec. 709. Source: W3C Filter Effects Module Level 1.
    """
    grey = np.array([0.2126, 0.7152, 0.0722, 0])
    return np.eye(3, 4) + amount * (grey - np.eye(3, 4))


@monochrome.matrix
def sepia(*, amount: Annotated[float, Range(0, 1, neutral=0)] = 1.0) -> Matrix:
    """Tone the picture brown, as old prints are.

    CSS `sepia()`. Source: W3C Filter Effects Module Level 1.
    """
    return np.eye(3, 4) + amount * (np.hstack([SEPIA, np.zeros((3, 1))]) - np.eye(3, 4))
