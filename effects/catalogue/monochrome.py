"""One colour: greys and tints."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Matrix, Weight
from effects.kernels.gradient import between, rgb
from effects.kernels.luma import REC_709, float_luma
from effects.kernels.monochrome.threshold import black_or_white, otsu
from effects.kernels.smoothstep import smoothstep
from effects.kernels.surroundings import Surroundings
from effects.marks import RARE, Choice, Range, Swatch, When

monochrome = Category("monochrome", "Black and white", "Greys, tints, and pictures of one or two colours.")

SEPIA = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])

GLASS = {
    "none": REC_709,
    "red": (0.75, 0.20, 0.05),
    "orange": (0.55, 0.40, 0.05),
    "yellow": (0.38, 0.55, 0.07),
    "green": (0.15, 0.75, 0.10),
    "blue": (0.10, 0.20, 0.70),
}
"""What red, green and blue weigh through each glass; every three sum to 1. The project's own."""

MIN_WEIGHT_SUM = 0.01
"""Weights that sum to less than this have no meaning as shares."""


@monochrome.matrix(also="b&w, bw, black and white, monochrome, desaturate")
def grayscale(*, amount: Annotated[float, Range(0, 1, neutral=0)] = 1.0) -> Matrix:
    """Take the colour out and leave the light.

    CSS `grayscale()`, weights of Rec. 709. Source: W3C Filter Effects Module Level 1.
    """
    grey = np.array([*REC_709, 0])
    return np.eye(3, 4) + amount * (grey - np.eye(3, 4))


ChannelWeight = Annotated[float, Range(-2, 3, help="The three are divided by their sum."), When("color", "custom")]


@monochrome.matrix(also="b&w, bw, monochrome, grey, red filter, channel mixer")
def black_and_white(
    *,
    color: Annotated[str, Choice(*GLASS, "custom", help="The glass in front: its own colour turns light.")] = "red",
    red: ChannelWeight = 0.3,
    green: ChannelWeight = 0.6,
    blue: ChannelWeight = 0.1,
    contrast: Annotated[float, Range(0, 2)] = 1.0,
) -> Matrix:
    """Black and white as through coloured glass: red darkens skies, green lightens leaves.

    A weighted sum of the channels, then CSS `contrast()`: (grey - 0.5) * contrast + 0.5. Custom weights that sum to
    nothing are taken as those of Rec. 709.
    """
    weights = np.array(GLASS.get(color, (red, green, blue)))
    weights = weights / weights.sum() if abs(weights.sum()) >= MIN_WEIGHT_SUM else np.array(REC_709)
    return np.tile([*(weights * contrast), 0.5 - 0.5 * contrast], (3, 1))


@monochrome.matrix(also="old, vintage, brown, antique, tone")
def sepia(*, amount: Annotated[float, Range(0, 1, neutral=0)] = 1.0) -> Matrix:
    """Tone the picture brown, as old prints are.

    CSS `sepia()`. Source: W3C Filter Effects Module Level 1.
    """
    return np.eye(3, 4) + amount * (np.hstack([SEPIA, np.zeros((3, 1))]) - np.eye(3, 4))


@monochrome.color(by_luma=True, also="two colours, tint, split tone, gradient map")
def duotone(
    colors: Colors,
    *,
    shadow: Annotated[str, Swatch(help="What black becomes.")] = "#2b1055",
    light: Annotated[str, Swatch(help="What white becomes.")] = "#ffd166",
    contrast: Annotated[float, Range(0, 2)] = 1.0,
) -> Colors:
    """Print the picture in two inks, one for the shadows and one for the light.

    grey = clip((luma - 0.5) * contrast + 0.5), Rec. 709; shadow + (light - shadow) * grey on encoded values, as SVG's
    feColorMatrix and feComponentTransfer do with color-interpolation-filters="sRGB".
    """
    grey = np.clip((float_luma(colors) - 0.5) * contrast + 0.5, 0, 1)
    return between(rgb(shadow), rgb(light), grey)


def _cut(colors: Colors, _around: Surroundings, *, threshold: float, mode: str) -> Colors:
    if mode == "otsu":
        raise NotImplementedError("the threshold is one of the whole picture")
    return np.where(np.rint(255 * float_luma(colors)) > np.floor(255 * threshold), 1.0, 0.0)[..., None] * np.ones(3)


@monochrome.spatial(formula=_cut, also="black and white, b&w, stencil, binary, photocopy")
def threshold(
    image: Image,
    *,
    weight: Weight = None,
    threshold: Annotated[float, Range(0, 1, help="Lighter than this is white."), When("mode", "manual")] = 0.5,
    mode: Annotated[str, Choice("manual", "otsu", help="otsu finds the threshold in the picture.")] = "manual",
) -> Image:
    """Leave nothing but black and white.

    White where the Rec. 709 luma, in 8 bits, is above the threshold. Otsu's is the one that parts the histogram of the
    whole picture best. Source: Otsu, A Threshold Selection Method from Gray-Level Histograms, 1979.
    """
    return black_or_white(image, otsu(image, weight) if mode == "otsu" else int(threshold * 255))


@monochrome.color(title="Colour pop", also="selective colour, splash, b&w")
def color_pop(
    colors: Colors,
    *,
    hue: Annotated[float, Range(0, 360, "deg", help="0 is red, 120 green, 240 blue.")] = 0.0,
    width: Annotated[float, Range(5, 180, "deg", help="How far on either side of the hue is kept.")] = 40.0,
    softness: Annotated[float, Range(0.05, 1, "fraction", help="Share of the width over which it fades."), RARE] = 0.5,
) -> Colors:
    """Keep one colour and show the rest in black and white.

    The rest is CSS `grayscale(1)`; between them a smoothstep. Hue is the angle around the grey axis, which is that of
    HSV at every sixty degrees and within 1.2 degrees of it elsewhere.
    """
    red, green, blue = colors[..., 0], colors[..., 1], colors[..., 2]
    grey = float_luma(colors)[..., None]
    angle = np.degrees(np.arctan2(3**0.5 * (green - blue), 2 * red - green - blue))
    around = np.abs(angle - (hue - 360 if hue > 180 else hue))
    away = np.minimum(around, 360 - around)
    kept = smoothstep((width - away) / (width * softness))[..., None]
    return grey + kept * (colors - grey)
