"""Colour: warmer or cooler, stronger or weaker, turned around the wheel."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Matrix
from effects.kernels.extremes import largest
from effects.kernels.saturate import saturation_matrix
from effects.kernels.white import FULL_DUV, adaptation, white_point
from effects.marks import RARE, Choice, Range, Table
from effects.tables.cube import IDENTITY, Cube
from effects.tables.interpolation import INTERPOLATIONS, along_curves

Gain = Annotated[float, Range(-3, 3, neutral=0)]
"""How much of one channel goes into another."""

OwnGain = Annotated[float, Range(-3, 3, neutral=1)]
"""How much of a channel stays in it."""

Offset = Annotated[float, Range(-2, 2, neutral=0, help="Added to the channel; 1 is the whole range.")]

color = Category("color", "Colour", "Warmer or cooler, stronger or weaker, turned around the wheel.")


@color.linear(title="Temperature and tint", also="white balance, warm, cool, kelvin, cast, sunset, golden hour")
def temperature_tint(
    *,
    temperature: Annotated[float, Range(-1, 1, neutral=0, help="-1 is cool, 1 is warm.")] = 0.3,
    tint: Annotated[float, Range(-1, 1, neutral=0, help="-1 is green, 1 is magenta.")] = 0.0,
) -> Matrix:
    """Make the light warmer or cooler, greener or more magenta.

    The white of 6500 K becomes that of 2500 K (warm) or 12000 K (cool), linear in mired on either side; tint moves it
    by up to 0.02 across the locus (Duv). Adapted after Bradford in linear light, the luminance of white kept.
    """
    target = white_point(temperature, -FULL_DUV * tint)
    return adaptation(white_point(0, 0), target)


@color.matrix(also="vivid, colourful, desaturate, intensity")
def saturation(*, amount: Annotated[float, Range(0, 3, neutral=1)] = 1.5) -> Matrix:
    """Make all colours stronger, or weaker down to grey.

    CSS `saturate()`. Source: W3C Filter Effects Module Level 1.
    """
    return np.hstack([saturation_matrix(amount), np.zeros((3, 1))])


@color.color(also="saturation, vivid, colourful")
def vibrance(colors: Colors, *, amount: Annotated[float, Range(-1, 1, neutral=0)] = 0.5) -> Colors:
    """Strengthen pale colours and leave strong ones nearly as they are.

    Each channel moves away from the largest one by 3 * amount * (largest - mean). Source: the vibrance shader of
    glfx.js (Evan Wallace).
    """
    most = largest(colors)
    mean = (colors[..., :1] + colors[..., 1:2] + colors[..., 2:]) / 3
    return colors - (most - colors) * ((most - mean) * (3 * amount))


@color.matrix(also="hue, recolour, tint, shift")
def hue_rotate(*, angle: Annotated[float, Range(-180, 180, "deg", neutral=0)] = 30.0) -> Matrix:
    """Turn every colour around the colour wheel by the same angle.

    CSS `hue-rotate()`. Source: W3C Filter Effects Module Level 1.
    """
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    grey = np.array([[0.213, 0.715, 0.072]] * 3)
    side = np.array([[-0.213, -0.715, 0.928], [0.143, 0.140, -0.283], [-0.787, 0.715, 0.072]])
    return np.hstack([grey + cosine * (np.eye(3) - grey) + sine * side, np.zeros((3, 1))])


@color.matrix(also="negative, reverse, x-ray")
def invert(*, amount: Annotated[float, Range(0, 1, neutral=0)] = 1.0) -> Matrix:
    """Turn the picture into its negative.

    CSS `invert()`: c * (1 - 2 * amount) + amount. Source: W3C Filter Effects Module Level 1.
    """
    return np.hstack([np.eye(3) * (1 - 2 * amount), np.full((3, 1), amount)])


def _is_curves(*, table: Cube, **_: object) -> bool:
    return table.is_curves


@color.color(title="Colour table (LUT)", by_channel=_is_curves, also="cube, hald, grade, grading, film look")
def lut3d(
    colors: Colors,
    *,
    table: Annotated[Cube, Table(neutral=IDENTITY, help="A .cube or .3dl file, a HaldCLUT, or tiles.")] = IDENTITY,
    interpolation: Annotated[
        str, Choice("trilinear", "tetrahedral", help="Between a lattice's points."), RARE
    ] = "trilinear",
) -> Colors:
    """Change colours as a table says: grades and film looks made elsewhere.

    Three curves or a lattice of up to 65 points a side, or such curves before a lattice (a shaper): from a .cube file
    (Cube LUT Specification 1.0, DaVinci Resolve), a .3dl file, a HaldCLUT or a picture in tiles. Points may lie outside
    0..1; the result is clamped after interpolating.
    """
    if table.is_curves:
        return along_curves(table.values, table.low, table.high, colors)
    if (shaper := table.shaper) is not None:
        colors = along_curves(shaper.values, shaper.low, shaper.high, colors)
    return INTERPOLATIONS[interpolation](table.values, table.low, table.high, colors)


@color.matrix(title="Colour matrix", also="channel mixer, swap, cross process, rgb")
def color_matrix(
    *,
    red_from_red: OwnGain = 1.0,
    red_from_green: Gain = 0.0,
    red_from_blue: Gain = 0.0,
    red_offset: Annotated[Offset, RARE] = 0.0,
    green_from_red: Gain = 0.0,
    green_from_green: OwnGain = 1.0,
    green_from_blue: Gain = 0.0,
    green_offset: Annotated[Offset, RARE] = 0.0,
    blue_from_red: Gain = 0.0,
    blue_from_green: Gain = 0.0,
    blue_from_blue: OwnGain = 1.0,
    blue_offset: Annotated[Offset, RARE] = 0.0,
) -> Matrix:
    """Mix each channel anew from red, green and blue, as a channel mixer does.

    SVG `feColorMatrix` of type matrix without its alpha, on encoded values: red becomes red_from_red * red +
    red_from_green * green + red_from_blue * blue + red_offset, and so the others. Source: W3C Filter Effects Module
    Level 1.
    """
    return np.array(
        [
            [red_from_red, red_from_green, red_from_blue, red_offset],
            [green_from_red, green_from_green, green_from_blue, green_offset],
            [blue_from_red, blue_from_green, blue_from_blue, blue_offset],
        ]
    )
