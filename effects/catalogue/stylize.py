"""Pictures made of something else: blocks, dots, letters."""

from functools import partial
from math import ceil
from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Place, Weight, pixels
from effects.kernels.gradient import rgb
from effects.kernels.luma import float_luma
from effects.kernels.stylize.ascii import RAMPS, print_page, type_page
from effects.kernels.stylize.blocks import block_means, fill_blocks
from effects.kernels.stylize.dither import dither_cells, dots
from effects.kernels.stylize.halftone import ink_unless_shown, paper_shown
from effects.kernels.stylize.palettes import PALETTES
from effects.kernels.surroundings import Surroundings
from effects.kernels.weighing import average_by_weight
from effects.marks import Choice, Range, Swatch, Text, Toggle, When

stylize = Category("stylize", "Stylize", "Pictures made of blocks, dots or letters.")

MAX_DOTS = 4096
"""Of a dithered picture's longer side: in a very long strip the dots are larger than asked for."""


def _blocks(colors: Colors, around: Surroundings, *, block: float) -> Colors:
    return around.block_mean(colors, block)


@stylize.spatial(also="mosaic, censor, blocks, 8-bit, hide", formula=_blocks)
def pixelate(
    image: Image, *, weight: Weight = None, block: Annotated[float, Range(0.005, 0.15, "side", scale="log")] = 0.03
) -> Image:
    """Show the picture in large square blocks.

    Each block is the mean of its pixels; the grid begins at the top left.
    """
    size = max(1, round(pixels(block, image)))
    return fill_blocks(
        average_by_weight(partial(block_means, size=size), image, weight, lambda: image), size, image.shape
    )


@stylize.color(also="dots, newspaper, print, raster, comic")
def halftone(
    colors: Colors,
    *,
    place: Place,
    dot: Annotated[float, Range(0.004, 0.05, "side", scale="log", help="The distance between dots.")] = 0.012,
    angle: Annotated[float, Range(0, 90, "deg", lies="clockwise", help="Of the screen.")] = 45.0,
    shape: Annotated[str, Choice("dot", "line", "square")] = "dot",
    ink: Annotated[str, Swatch()] = "#000000",
    paper: Annotated[str, Swatch()] = "#ffffff",
) -> Colors:
    """Print the picture in dots of one ink that grow where it is darker.

    Paper shows where the luma (Rec. 709) is above the screen's threshold; on average, as much of it as there is light.
    Edges are a pixel wide. Source of the dots: the dotScreen shader of glfx.js (Evan Wallace).
    """
    return ink_unless_shown(colors, paper_shown(float_luma(colors), place, dot, angle, shape), rgb(ink), rgb(paper))


@stylize.spatial(title="ASCII art", also="characters, letters, typewriter, terminal, matrix")
def ascii(
    image: Image,
    *,
    columns: Annotated[int, Range(40, 240, "count", help="Characters across the width.")] = 120,
    ramp: Annotated[str, Choice(*RAMPS, "custom", help="10 or 70 characters, blocks, or your own.")] = "short",
    characters: Annotated[str, Text(70, help="From dark to light, after a space."), When("ramp", "custom")] = RAMPS[
        "short"
    ][1:],
    invert: Annotated[bool, Toggle(help="Dark characters on white.")] = False,
    mode: Annotated[str, Choice("gray", "color")] = "gray",
) -> Image:
    """Type the picture in characters, light on black.

    A cell is five thirds as high as wide. The character stands for its mean luma, in even steps from a space to the one
    that covers most.
    """
    chosen = " " + characters.replace("\n", "") if ramp == "custom" else RAMPS[ramp]
    return print_page(
        type_page(image, columns, chosen, invert), *image.shape[:2], colored=mode == "color", invert=invert
    )


def _dotted(colors: Colors, around: Surroundings, *, method: str, palette: str, size: float) -> Colors:
    if not method.startswith("bayer"):
        raise NotImplementedError("each dot passes its error on to the next, and none can be drawn by itself")
    longer = np.maximum(around.frame.width, around.frame.height)
    edge = np.maximum(np.maximum(1, np.rint(size * around.frame.short)), np.ceil(longer / MAX_DOTS))
    return dots(colors, around, edge, method, palette)


@stylize.spatial(formula=_dotted, also="8-bit, game boy, retro computer, palette, pixel art")
def dither(
    image: Image,
    *,
    method: Annotated[str, Choice("bayer2", "bayer4", "bayer8", "floyd_steinberg", "atkinson")] = "bayer4",
    palette: Annotated[str, Choice(*PALETTES)] = "mono",
    size: Annotated[float, Range(0.001, 0.02, "side", scale="log", help="The edge of one dot.")] = 0.003,
) -> Image:
    """Draw the picture with very few colours, as early computers did.

    Every dot is the mean of its pixels, at least one. `bayer` lays a pattern of thresholds over them; the others pass
    each dot's error on to its neighbours. Sources: Bayer 1973, Floyd and Steinberg 1976, Atkinson 1984.
    """
    edge = max(1, round(pixels(size, image)), ceil(max(image.shape[:2]) / MAX_DOTS))
    return fill_blocks(dither_cells(block_means(image, edge), method, palette), edge, image.shape)
