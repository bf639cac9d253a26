"""Light and dark: effects that treat each channel's value on its own, or move them all alike."""

from typing import Annotated

import cv2
import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Matrix, Values, Weight
from effects.kernels.stretch import Entries, histograms, look_up_channels, stretch_table
from effects.kernels.surroundings import Surroundings
from effects.kernels.tone.curves import STRAIGHT, curve, read_curve
from effects.kernels.tone.hdr_detail import strengthen_detail
from effects.kernels.tone.local_contrast import TileTables, equalize_tiles, equalized, tile_tables
from effects.kernels.tone.shadows_highlights import relight, relit
from effects.kernels.transfer import from_linear, to_linear
from effects.marks import RARE, Choice, Range, Text

tone = Category("tone", "Tone", "How light and how dark, how soft and how hard.")


@tone.matrix(also="lighten, darken, light")
def brightness(*, amount: Annotated[float, Range(0, 2, neutral=1)] = 1.2) -> Matrix:
    """Make everything lighter or darker by the same factor.

    CSS `brightness()`: c * amount. Source: W3C Filter Effects Module Level 1.
    """
    return np.eye(3, 4) * amount


@tone.tone(also="brightness, stops, ev, lighten, darken")
def exposure(values: Values, *, stops: Annotated[float, Range(-3, 3, "EV", neutral=0)] = 0.5) -> Values:
    """Let in more or less light, as a camera does; one stop doubles it.

    In linear light: decode sRGB (IEC 61966-2-1), times 2 ** stops, encode.
    """
    return from_linear(to_linear(values) * 2**stops)


@tone.matrix(also="punch, flat")
def contrast(*, amount: Annotated[float, Range(0, 3, neutral=1)] = 1.3) -> Matrix:
    """Pull light and dark apart, or bring them together around middle grey.

    CSS `contrast()`: (c - 0.5) * amount + 0.5. Source: W3C Filter Effects Module Level 1.
    """
    return np.hstack([np.eye(3) * amount, np.full((3, 1), 0.5 - 0.5 * amount)])


@tone.tone(also="midtones, lighten, darken")
def gamma(values: Values, *, gamma: Annotated[float, Range(0.2, 5, neutral=1, scale="log")] = 1.5) -> Values:
    """Lighten (above 1) or darken the middle tones and leave black and white where they are.

    c ** (1 / gamma) on encoded values.
    """
    return values ** (1 / gamma)


MIN_SPAN = 1 / 255
"""How far the white point of `levels` stays above its black point."""


@tone.tone(also="black point, white point, histogram, clip")
def levels(
    values: Values,
    *,
    in_black: Annotated[float, Range(0, 1, neutral=0, help="What becomes black.")] = 0.05,
    in_white: Annotated[float, Range(0, 1, neutral=1, help="What becomes white; above the black point.")] = 0.95,
    gamma: Annotated[float, Range(0.1, 9.99, neutral=1, scale="log", help="Above 1 is lighter.")] = 1.0,
    out_black: Annotated[float, Range(0, 1, neutral=0, help="What black becomes."), RARE] = 0.0,
    out_white: Annotated[float, Range(0, 1, neutral=1, help="What white becomes; below black it inverts."), RARE] = 1.0,
) -> Values:
    """Set what counts as black and white, and the middle between them.

    out_black + (out_white - out_black) * clip((c - in_black) / (in_white - in_black)) ** (1 / gamma), as ImageMagick's
    `-level` and `+level`. A white point less than 1/255 above the black point is taken as that.
    """
    span = np.maximum(in_white - in_black, MIN_SPAN).item()
    stretched = np.clip((values - in_black) / span, 0, 1) ** (1 / gamma)
    return out_black + (out_white - out_black) * stretched


CurvePoints = Annotated[
    str,
    Text(
        256,
        read=read_curve,
        neutral=STRAIGHT,
        help="2 to 16 points from 0 to 1, x rising: 0,0 0.5,0.6 1,1 lightens the middle tones.",
    ),
]


@tone.tone(also="tone curve, s-curve, channels, rgb")
def curves(
    values: Values,
    *,
    rgb: CurvePoints = "0.0,0.0 0.25,0.2 0.75,0.8 1.0,1.0",
    red: CurvePoints = STRAIGHT,
    green: CurvePoints = STRAIGHT,
    blue: CurvePoints = STRAIGHT,
) -> Values:
    """Redraw how light each tone becomes, for all channels and for each.

    A smooth curve through the points that never overshoots (PCHIP), flat outside them; each channel's own curve comes
    first, then the common one. Source: Fritsch and Carlson, Monotone Piecewise Cubic Interpolation, 1980.
    """
    result = np.empty_like(values)
    for channel, points in enumerate((red, green, blue)):
        result[..., channel] = curve(points, values[..., channel])
    return curve(rgb, result)


@tone.spatial(formula=relit, title="Shadows and highlights", also="fill light, recover, backlight, dodge, burn")
def shadows_highlights(
    image: Image,
    *,
    shadows: Annotated[float, Range(-1, 1, neutral=0, help="Above 0 lightens dark areas.")] = 0.4,
    highlights: Annotated[float, Range(-1, 1, neutral=0, help="Below 0 darkens light areas.")] = -0.3,
    width: Annotated[float, Range(0.05, 1, "fraction", help="How much of the tonal range each reaches."), RARE] = 0.5,
) -> Image:
    """Lighten dark areas and tame bright ones, and keep the contrast inside them.

    Linear light times 2 ** (1.5 * amount * weight); the weight of shadows is 1 - smoothstep(0, width, base), that of
    highlights its mirror image. The base is the luma of a pixel's surroundings: a guided filter of 2 % of the shorter
    side. Source: He, Sun and Tang, Guided Image Filtering, 2010.
    """
    return relight(image, shadows, highlights, width)


def _stretches(image: Image, *, cutoff: float, mode: str, weight: Weight = None) -> list[Entries]:
    seen = image if mode == "channels" else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return [stretch_table(histogram, cutoff) for histogram in histograms(seen, weight)]


def _stretched(colors: Colors, around: Surroundings, *, seen: list[Entries], **_: object) -> Colors:
    table = np.stack(np.broadcast_arrays(*seen, *seen[:1] * 2)[:3], axis=-1)[None]
    values = np.rint(255 * colors)
    planes = [around.table(table, values[..., channel], 0)[..., channel] for channel in range(3)]
    return np.stack(planes, axis=-1) / 255


@tone.spatial(formula=_stretched, survey=_stretches, also="enhance, normalize, fix, autocontrast, white balance")
def auto_levels(
    image: Image,
    *,
    weight: Weight = None,
    cutoff: Annotated[float, Range(0, 0.1, "fraction", help="Share of pixels ignored at either end.")] = 0.005,
    mode: Annotated[str, Choice("channels", "luma", help="channels also takes a colour cast away.")] = "channels",
) -> Image:
    """Stretch the tones that are there from black to white.

    Each channel by its own histogram, or all of them by that of the luma (Rec. 601, as in Pillow), which keeps the
    colours. Source: Pillow's ImageOps.autocontrast.
    """
    return look_up_channels(image, _stretches(image, weight=weight, cutoff=cutoff, mode=mode))


def _equalized(colors: Colors, around: Surroundings, *, seen: TileTables, tiles: int, **_: object) -> Colors:
    return equalized(colors, around, seen, tiles)


@tone.spatial(formula=_equalized, survey=tile_tables, also="clahe, clarity, equalize, dehaze")
def local_contrast(
    image: Image,
    *,
    weight: Weight = None,
    clip_limit: Annotated[float, Range(1, 10, scale="log", help="How much contrast a tile may gain.")] = 2.0,
    tiles: Annotated[int, Range(2, 16, "count", help="Tiles along each side."), RARE] = 8,
) -> Image:
    """Give every part of the picture the full range of light.

    The histogram of L* is equalised in each of tiles x tiles areas, its peaks clipped at clip_limit, and what is
    between the areas interpolated (CLAHE). Source: Zuiderveld, Contrast Limited Adaptive Histogram Equalization, 1994.
    """
    return equalize_tiles(image, clip_limit, tiles, weight)


@tone.spatial(title="HDR detail", live=False, also="clarity, structure, texture, tone mapping")
def hdr_detail(
    image: Image,
    *,
    radius: Annotated[float, Range(0.001, 0.2, "side", scale="log")] = 0.01,
    threshold: Annotated[float, Range(0.01, 1, scale="log", help="A larger difference is an edge, left alone.")] = 0.15,
) -> Image:
    """Bring out the fine detail everywhere, as in a picture merged from several exposures.

    L* is smoothed within its edges, and three times what that takes away is put back: cv2.detailEnhance, whose sigma_s
    is radius * 1000 and sigma_r threshold. Source: Gastal and Oliveira, Domain Transform for Edge-Aware Image and Video
    Processing, 2011.
    """
    return strengthen_detail(image, radius, threshold)


@tone.tone(also="levels, flat, poster, screen print")
def posterize(values: Values, *, levels: Annotated[int, Range(2, 32, "levels", scale="log")] = 4) -> Values:
    """Keep only a few evenly spaced levels in each channel, as in screen printing.

    rint(c * (levels - 1)) / (levels - 1).
    """
    return np.rint(values * (levels - 1)) / (levels - 1)
