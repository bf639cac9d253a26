"""Soft and sharp."""

from functools import partial
from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Frame, Image, Weight, pixels
from effects.kernels.blur.bilateral import bilateral as smoothed
from effects.kernels.blur.tilt_shift import SHARES, BesideBand, blur_by_place
from effects.kernels.blur.unsharp_mask import sharpen
from effects.kernels.gaussian import gaussian
from effects.kernels.smoothstep import smoothstep
from effects.kernels.surroundings import Surroundings
from effects.kernels.turn import direction
from effects.kernels.weighing import average_by_weight
from effects.marks import RARE, Position, Range

blur = Category("blur", "Blur and sharpen", "Softer or sharper, all over or in places.")


def _blurred(colors: Colors, around: Surroundings, *, radius: float) -> Colors:
    return around.gaussian(colors, radius)


@blur.spatial(also="soften, out of focus, smooth", formula=_blurred)
def gaussian_blur(
    image: Image, *, weight: Weight = None, radius: Annotated[float, Range(0, 0.1, "side", neutral=0)] = 0.01
) -> Image:
    """Blur the picture evenly.

    A Gaussian of this standard deviation, the edges reflected.
    """
    return average_by_weight(partial(gaussian, sigma=pixels(radius, image)), image, weight, lambda: image)


@blur.spatial(title="Smooth skin", live=False, also="soften, beauty, denoise, noise reduction, retouch")
def bilateral(
    image: Image,
    *,
    radius: Annotated[float, Range(0.0025, 0.015, "side", scale="log")] = 0.006,
    threshold: Annotated[float, Range(0.02, 0.6, help="Larger differences stay as edges.")] = 0.2,
) -> Image:
    """Smooth skin and noise while edges stay sharp.

    OpenCV's bilateral filter with d = 2 * radius, sigmaColor = 255 * threshold and sigmaSpace = radius; above a shorter
    side of 1000 pixels (less for a long picture and a wide radius) at that size, with the picture's own edges. Source:
    Tomasi and Manduchi, Bilateral Filtering for Gray and Color Images, 1998.
    """
    return smoothed(image, pixels(radius, image), threshold)


def _sharpened(colors: Colors, around: Surroundings, *, radius: float, amount: float, threshold: float) -> Colors:
    detail = colors - around.gaussian(colors, radius)
    # By whole levels, as the kernel compares them.
    return np.where(np.abs(detail) > np.ceil(threshold * 255) / 255 - 0.5 / 255, colors + amount * detail, colors)


@blur.spatial(also="sharpen, crisp, clear, detail, focus", formula=_sharpened)
def unsharp_mask(
    image: Image,
    *,
    radius: Annotated[float, Range(0.0005, 0.03, "side", scale="log")] = 0.003,
    amount: Annotated[float, Range(0, 3, neutral=0)] = 1.0,
    threshold: Annotated[float, Range(0, 0.2, help="Smaller differences stay as they are."), RARE] = 0.008,
) -> Image:
    """Sharpen by adding what a blur would take away.

    c + amount * (c - blur), where the two differ by at least the threshold; above an amount of 1 in 16 bits.
    """
    return sharpen(image, pixels(radius, image), amount, threshold)


def _tilted(
    colors: Colors,
    around: Surroundings,
    *,
    x: float,
    y: float,
    angle: float,
    band: float,
    feather: float,
    radius: float,
) -> Colors:
    across, down = direction(angle + 90)
    away = (around.points - around.frame.at(x, y)) / 2
    beside = np.abs(away[..., :1] * across + away[..., 1:] * down) - band / 2
    softness, out = smoothstep(beside / feather), colors
    for narrow, wide in zip((0.0, *SHARES), SHARES, strict=False):
        weight = (np.clip(softness, narrow, wide) ** 2 - narrow**2) / (wide**2 - narrow**2)
        out = out + weight * (around.gaussian(colors, wide * radius) - out)
    return out


@blur.spatial(formula=_tilted, also="miniature, model, toy, depth of field, blur, bokeh")
def tilt_shift(
    image: Image,
    *,
    weight: Weight = None,
    x: Annotated[Position, RARE] = 0.5,
    y: Position = 0.6,
    angle: Annotated[
        float, Range(-90, 90, "deg", lies="clockwise", help="Of the sharp band; 0 is level, above 0 clockwise.")
    ] = 0.0,
    band: Annotated[float, Range(0, 0.6, "side", lies="across", help="Width of what stays sharp.")] = 0.2,
    feather: Annotated[float, Range(0.05, 0.6, "side", help="Over this distance the blur grows.")] = 0.25,
    radius: Annotated[float, Range(0, 0.06, "side", neutral=0)] = 0.02,
) -> Image:
    """Keep a band sharp and blur the rest, so that the scene looks like a model.

    The blur's standard deviation is radius * smoothstep(distance from the band / feather); the band itself stays as it
    is, bit by bit. Source: the tilt shift shader of glfx.js (Evan Wallace).
    """
    beside = BesideBand(Frame(*image.shape[:2]), x, y, angle, band, feather)
    return blur_by_place(image, pixels(radius, image), beside, weight)
