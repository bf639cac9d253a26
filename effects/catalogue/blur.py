"""Soft and sharp."""

from typing import Annotated

from effects.effect import Category
from effects.image import Image, pixels
from effects.kernels.blur import gaussian
from effects.kernels.detail import sharpened
from effects.params import Range

blur = Category("blur", "Blur and sharpen", "Softer or sharper, all over or in places.")


@blur.spatial
def gaussian_blur(
    image: Image, *, radius: Annotated[float, Range(0, 0.1, "side", neutral=0)] = 0.01
) -> Image:
    """Blur the picture evenly.

    A Gaussian of this standard deviation, the edges reflected.
    """
    return gaussian(image, pixels(radius, image))


@blur.spatial
def unsharp_mask(
    image: Image,
    *,
    radius: Annotated[float, Range(0.0005, 0.03, "side", scale="log")] = 0.003,
    amount: Annotated[float, Range(0, 3, neutral=0)] = 1.0,
    threshold: Annotated[float, Range(0, 0.2, help="Smaller differences stay as they are.")] = 0.008,
) -> Image:
    """Sharpen by adding what a blur would take away.

    c + amount * (c - blur), where the two differ by at least the threshold.
    """
    return sharpened(image, gaussian(image, pixels(radius, image)), amount, threshold)
