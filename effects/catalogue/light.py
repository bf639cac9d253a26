"""Light and lens: what glass, lamps and their flaws add."""

from typing import Annotated

import cv2
import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Place, pixels
from effects.kernels.blur import gaussian
from effects.kernels.glow import highlights, screened
from effects.kernels.gradient import rgb
from effects.params import Range, Swatch

light = Category("light", "Light and lens", "What glass and lamps, and their flaws, add to a picture.")

SOFTEST = 0.002
"""The narrowest edge of a vignette: about a pixel, so that a hard edge is not a jagged one."""


@light.color
def vignette(
    colors: Colors,
    *,
    place: Place,
    amount: Annotated[float, Range(-1, 1, neutral=0, help="Below 0 the corners turn white.")] = 0.4,
    size: Annotated[float, Range(0, 1, "fraction")] = 0.5,
    roundness: Annotated[float, Range(0, 1, "fraction", help="0 follows the frame, 1 is a circle.")] = 0.0,
    feather: Annotated[float, Range(0, 1, "fraction", help="0 is a hard edge.")] = 1.0,
    color: Annotated[str, Swatch(help="What the corners turn into.")] = "#000000",
) -> Colors:
    """Let the corners fade into a colour, or into white.

    v = smoothstep(0.8, inner, distance * (|amount| + size)), the colour mixed in by 1 - v; distance is 0.707 in the
    corner. Source: the vignette shader of glfx.js (Evan Wallace); roundness, feather and colour are added.
    """
    width, height = place.frame.extent
    x, y = place.x.astype(colors.dtype), place.y.astype(colors.dtype)
    framed = np.hypot(x / (2 * width), y / (2 * height))
    round_ = np.hypot(x, y) * (0.5**0.5 / np.hypot(width, height))
    distance = framed + roundness * (round_ - framed)
    edge = max(feather * (0.8 - 0.799 * size), SOFTEST)
    t = np.clip((0.8 - distance * (abs(amount) + size)) / edge, 0, 1)
    kept = (t * t * (3 - 2 * t)).astype(colors.dtype)[..., None]
    target = rgb(color if amount > 0 else "#ffffff").astype(colors.dtype)
    return target + kept * (colors - target)


@light.spatial
def bloom(
    image: Image,
    *,
    threshold: Annotated[float, Range(0, 1, help="Only light above this glows.")] = 0.6,
    radius: Annotated[float, Range(0.005, 0.08, "side", scale="log")] = 0.03,
    amount: Annotated[float, Range(0, 2, neutral=0)] = 0.8,
) -> Image:
    """Let the brightest areas glow, as through a soft lens.

    screen(c, amount * blur(max(0, c - threshold) / (1 - threshold))).
    """
    glow = gaussian(highlights(image, threshold), pixels(radius, image))
    return screened(image, cv2.convertScaleAbs(glow, alpha=amount))
