"""Frames around the picture and words on it."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Image, pixels
from effects.kernels.framing import framed
from effects.params import Range, Swatch

frames = Category("frames", "Frames and text", "Borders, cards and captions.")


@frames.canvas
def border(
    image: Image,
    *,
    width: Annotated[float, Range(0, 0.2, "side", neutral=0)] = 0.03,
    color: Annotated[str, Swatch()] = "#ffffff",
    radius: Annotated[float, Range(0, 0.5, "side", neutral=0, help="Rounds the picture's corners.")] = 0.0,
    line: Annotated[float, Range(0, 0.01, "side", neutral=0, help="A line around the picture.")] = 0.0,
    line_color: Annotated[str, Swatch()] = "#000000",
) -> Image:
    """Put a border around the picture, with a line or rounded corners if you like.

    The picture grows on every side by the border and the line.
    """
    margin, stroke = round(pixels(width, image)), int(np.ceil(pixels(line, image)))
    lined = framed(image, stroke, line_color, pixels(radius, image)) if stroke else image
    return framed(lined, margin, color, pixels(radius, image) + stroke if radius else 0)
