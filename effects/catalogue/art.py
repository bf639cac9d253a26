"""Drawn, painted, printed."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Weight, pixels
from effects.kernels.art.cartoon import draw_cartoon
from effects.kernels.art.emboss import GROUND, relief
from effects.kernels.art.oil_paint import paint_oil
from effects.kernels.art.outlines import REFERENCE, add_glow, canny, slopes, steepness
from effects.kernels.art.pencil_sketch import draw_pencil
from effects.kernels.art.pop_art import INK_SETS, SETS, inks, one_print, print_sheet, printed
from effects.kernels.art.watercolor import paint_washes
from effects.kernels.gaussian import gaussian
from effects.kernels.ink import Sheet, dodge, gray, grey_picture, ink_on_paper, to_sixteen_bits
from effects.kernels.luma import REC_601, float_luma
from effects.kernels.surroundings import Surroundings
from effects.kernels.turn import direction
from effects.marks import Choice, Range, Swatch, Toggle

art = Category("art", "Drawn and painted", "Pencil, ink, paint and print.")


@art.spatial(live=False, also="drawing, draw, crayon")
def pencil_sketch(
    image: Image,
    *,
    mode: Annotated[str, Choice("gray", "color")] = "gray",
    radius: Annotated[float, Range(0.001, 0.2, "side", scale="log", help="How far a stroke may reach.")] = 0.06,
    threshold: Annotated[float, Range(0.01, 1, scale="log", help="Larger differences end a stroke.")] = 0.07,
    shade: Annotated[float, Range(0, 0.1, help="How light the paper is between strokes.")] = 0.04,
) -> Image:
    """Draw the picture with a pencil, or with coloured ones.

    OpenCV's pencilSketch with sigma_s = radius * the shorter side, sigma_r = threshold and shade_factor = shade, drawn
    at a shorter side of 720 pixels (on 1280 x 720 exactly that) and enlarged with the picture's finest lines over it.
    """
    return draw_pencil(image, radius, threshold, shade, colored=mode == "color")


def _dodged(colors: Colors, around: Surroundings, *, radius: float) -> Colors:
    grey = float_luma(colors, REC_601)[..., None]
    return np.minimum(grey / np.maximum(around.gaussian(grey, radius), 1e-5), 1) * np.ones(3)


@art.spatial(title="Dodge sketch", also="drawing, draw, pencil, charcoal", formula=_dodged)
def dodge_sketch(image: Image, *, radius: Annotated[float, Range(0.003, 0.05, "side", scale="log")] = 0.015) -> Image:
    """Draw the picture in soft pencil.

    Greys dodged by their own blurred negative: gray / blur(gray), white above 1; in 16 bits, or shadows would have
    steps.
    """
    sheet = to_sixteen_bits(gray(image))
    return grey_picture(dodge(sheet, gaussian(sheet, pixels(radius, image))))


@art.spatial(also="comic, toon, anime, drawing")
def cartoon(
    image: Image,
    *,
    weight: Weight = None,
    smoothing: Annotated[int, Range(1, 7, "count", help="How often areas are smoothed.")] = 4,
    colors: Annotated[int, Range(4, 32, "count", scale="log", help="At most this many, before the lines.")] = 12,
    edges: Annotated[float, Range(0, 1, help="How dark and many the ink lines are.")] = 0.6,
) -> Image:
    """Turn the picture into a cartoon: flat colours and ink lines.

    Areas are smoothed by a repeated bilateral filter at a reduced size and painted in colours found by k-means; ink
    stands where a place is darker than its surroundings, as in an adaptive threshold.
    """
    return draw_cartoon(image, smoothing, colors, edges, weight)


@art.spatial(live=False, also="aquarelle, painting, paint")
def watercolor(
    image: Image,
    *,
    radius: Annotated[float, Range(0.001, 0.2, "side", scale="log", help="How far colours flow.")] = 0.06,
    threshold: Annotated[float, Range(0.01, 1, help="Larger differences stop the flow.")] = 0.45,
) -> Image:
    """Let colours flow together up to the edges, and darken where they meet.

    The two halves of OpenCV's stylization with sigma_s = radius * the shorter side and sigma_r = threshold: its washes
    at a shorter side of 360 pixels, with the picture's own edges, and its lines at 1000; paler on smaller pictures.
    """
    return paint_washes(image, radius, threshold)


@art.spatial(title="Oil paint", live=False, also="painting, brush, kuwahara")
def oil_paint(
    image: Image,
    *,
    radius: Annotated[float, Range(0.002, 0.02, "side", scale="log", help="Half the width of a stroke.")] = 0.006,
    levels: Annotated[int, Range(8, 64, "levels", help="Tones that a stroke chooses from.")] = 24,
) -> Image:
    """Paint the picture with short thick strokes of oil.

    Each pixel is the mean of those around it whose tone is the commonest there. Source: Holzmann, 1988.
    """
    return paint_oil(image, radius, levels)


def _tones(image: Image, *, grid: str, levels: int, weight: Weight = None, **_: object) -> Sheet:
    columns, rows = map(int, grid.split("x"))
    return one_print(image, columns, rows, levels, weight)


def _printed(_colors: Colors, around: Surroundings, *, seen: Sheet, grid: str, palette: str, levels: int) -> Colors:
    columns, rows = map(int, grid.split("x"))
    return printed(around, seen, columns, rows, [inks(palette, index, levels)[:levels, 0] for index in range(INK_SETS)])


@art.spatial(formula=_printed, survey=_tones, title="Pop art", also="warhol, poster, grid")
def pop_art(
    image: Image,
    *,
    weight: Weight = None,
    grid: Annotated[str, Choice("2x2", "3x3", "2x3", help="Columns x rows.")] = "2x2",
    palette: Annotated[str, Choice(*SETS)] = "classic",
    levels: Annotated[int, Range(3, 4, "levels", help="Flat tones in each print.")] = 4,
) -> Image:
    """Print the picture several times side by side, each in flat colours of its own.

    Greys are cut into tones where fixed shares of the picture are darker; each tone is one colour of the print's set.
    """
    columns, rows = map(int, grid.split("x"))
    return print_sheet(image, columns, rows, palette, levels, weight=weight)


@art.spatial(title="Ink outlines", also="edges, lines, drawing, contour, sketch")
def edges_canny(
    image: Image,
    *,
    low_threshold: Annotated[float, Range(0, 1, help="Fainter edges are left out.")] = 0.15,
    high_threshold: Annotated[float, Range(0, 1, help="An edge has to be this strong somewhere.")] = 0.3,
    radius: Annotated[float, Range(0, 0.005, "side", help="Finer texture is left out.")] = 0.002,
    thickness: Annotated[float, Range(0.001, 0.005, "side")] = 0.002,
    ink: Annotated[str, Swatch()] = "#000000",
    paper: Annotated[str, Swatch()] = "#ffffff",
) -> Image:
    """Draw the outlines alone, in ink on paper.

    OpenCV's Canny with both thresholds times 255, at a shorter side of 1000 pixels, after the Gaussian blur that is
    Canny's own first step and that OpenCV leaves out; with radius 0, too. Source: Canny, 1986.
    """
    return ink_on_paper(canny(image, low_threshold, high_threshold, radius, thickness), ink, paper)


def _lit_outlines(colors: Colors, around: Surroundings, *, amount: float, glow: float, keep_color: bool) -> Colors:
    lines = np.minimum(amount * steepness(colors, around), 1)
    lines = lines if keep_color else float_luma(lines, REC_601)[..., None]
    around_lines = np.minimum(2 * glow * around.gaussian(lines, 0.012), 1)
    return (1 - (1 - lines) * (1 - around_lines)) * np.ones(3)


@art.spatial(title="Neon outlines", also="glow, edges, lines, contour", formula=_lit_outlines)
def neon_edges(
    image: Image,
    *,
    amount: Annotated[float, Range(0, 3, help="How bright the lines are.")] = 1.5,
    glow: Annotated[float, Range(0, 1, help="How much light is around them.")] = 0.5,
    keep_color: Annotated[bool, Toggle(help="Off: the lines are grey.")] = True,
) -> Image:
    """Light up the outlines in their own colours, on black.

    The length of each channel's Sobel gradient, slightly blurred before, and a blur of it added by screen.
    """
    lines = slopes(image, amount) if keep_color else grey_picture(gray(slopes(image, amount)))
    return add_glow(lines, glow, pixels(0.012, image))


def _relief(colors: Colors, around: Surroundings, *, angle: float, depth: float, mode: str) -> Colors:
    right, down = direction(-angle)
    towards = np.stack([right, down]) / np.maximum(np.abs(right), np.abs(down)) * (2 / REFERENCE)
    sheet = colors if mode == "color" else float_luma(colors, REC_601)[..., None]
    rise = depth * (sheet - around.at(sheet, around.points + towards))
    return colors + rise if mode == "color" else (GROUND / 255 + rise) * np.ones(3)


@art.spatial(also="relief, metal, engrave, bump", formula=_relief)
def emboss(
    image: Image,
    *,
    angle: Annotated[
        float, Range(0, 360, "deg", lies="anticlockwise", help="Where the light stands; 0 is right, 90 is up.")
    ] = 135.0,
    depth: Annotated[float, Range(0, 6)] = 3.0,
    mode: Annotated[str, Choice("gray", "color", help="Grey metal, or the picture's own colours.")] = "gray",
) -> Image:
    """Press the picture into metal, lit from one side.

    Middle grey (or the picture), plus depth * (each pixel - its neighbour towards the light), the neighbour a
    thousandth of the shorter side away. At 1000 pixels, depth 1 and 225 degrees this is Pillow's EMBOSS.
    """
    distance = min(image.shape[:2]) / REFERENCE
    if mode == "color":
        return relief(image, angle, depth, distance, on_picture=True)
    return grey_picture(relief(gray(image), angle, depth, distance, on_picture=False))
