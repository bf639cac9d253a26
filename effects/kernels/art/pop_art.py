"""A sheet of small prints of one picture, each in flat colours of its own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

import cv2
import numpy as np

from effects.image import Colors, Image, Weight, to_uint8
from effects.kernels.gaussian import gaussian
from effects.kernels.gradient import rgb
from effects.kernels.ink import Sheet, gray
from effects.kernels.lookups import LookUp
from effects.kernels.stretch import histograms
from effects.kernels.surroundings import Surroundings

SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "classic": (
            "#1b1464 #e6194b #ff9f1c #fff275",
            "#3a0ca3 #0096c7 #ffd60a #fff8e1",
            "#6a040f #f72585 #4cc9f0 #f1faee",
            "#003049 #2a9d8f #f77f00 #fcefb4",
            "#240046 #d00000 #70e000 #ffffb7",
        ),
        "pastel": (
            "#5e548e #e0b1cb #ffd6a5 #fffcf2",
            "#457b9d #a8dadc #ffcad4 #fdf0f5",
            "#6d6875 #ffb4a2 #caffbf #f8f9e8",
            "#4a6c6f #b8e0d2 #eac4d5 #fdf6f0",
            "#7d5a80 #cdb4db #bde0fe #fff1e6",
        ),
        "neon": (
            "#0b0033 #ff006e #00f5d4 #f9f871",
            "#10002b #8338ec #fb5607 #ffff3f",
            "#001219 #3a86ff #ff4dc4 #caff70",
            "#03071e #06d6a0 #ff2e63 #ffe66d",
            "#1a0033 #ff5400 #00bbf9 #fef9ff",
        ),
        "earth": (
            "#2b2118 #8c4a2f #d9a566 #f5ecd7",
            "#283618 #606c38 #dda15e #fefae0",
            "#3d2c2e #7f5539 #b7b7a4 #ede0d4",
            "#1f2a30 #52796f #c9a87c #f4f1de",
            "#402218 #a44a3f #e0b16b #f7ede2",
        ),
    }
)
"""Palette -> sets of four colours from dark to light, one set a print; neighbours never have the same."""

INK_SETS = 5
"""Sets in each palette."""

CUTS: Mapping[int, tuple[float, ...]] = MappingProxyType({3: (0.35, 0.7), 4: (0.25, 0.52, 0.8)})
"""Number of flat tones -> shares of the picture that lie below each cut: every photo gives a lively print."""

SMOOTH_SHARE = 0.006
"""Standard deviation, as a share of a print's shorter side, that rounds the shapes off."""


def print_sheet(image: Image, columns: int, rows: int, palette: str, levels: int, *, weight: Weight = None) -> Image:
    """The picture's size filled with columns x rows prints of it, cut to shape from the middle."""
    height, width = image.shape[:2]
    tones = one_print(image, columns, rows, levels, weight)
    out = np.empty_like(image)
    for index in range(columns * rows):
        row, column = divmod(index, columns)
        top, bottom = round(row * height / rows), round((row + 1) * height / rows)
        left, right = round(column * width / columns), round((column + 1) * width / columns)
        if bottom > top and right > left:
            colors = inks(palette, index, levels)
            part = np.ascontiguousarray(tones[: bottom - top, : right - left])
            out[top:bottom, left:right] = cv2.applyColorMap(part, colors).reshape(*part.shape, 3)
    return out


def one_print(image: Image, columns: int, rows: int, levels: int, weight: Weight = None) -> Sheet:
    """The tones of the largest of columns x rows prints, 0 for the darkest."""
    height, width = image.shape[:2]
    size = -(-width // columns), -(-height // rows)
    return flat_tones(crop_to_shape(image, *size), levels, None if weight is None else crop_to_shape(weight, *size))


def printed(around: Surroundings, tones: Sheet, columns: int, rows: int, sets: list[Image]) -> Colors:
    """What `print_sheet` makes of one print's tones and the sets of colours, in floats."""
    place, within = [], []
    for axis, (count, length) in enumerate(((columns, around.frame.width), (rows, around.frame.height))):
        at = around.pixels[..., axis]
        edges = [np.rint(number * length / count) for number in range(count)]
        place.append(sum((at >= edge) * 1.0 for edge in edges[1:]) + 0.0 * at)
        within.append(at - sum((at >= one) * (one - other) for other, one in pairwise(edges)))
    tone = around.table(tones[..., None], within[0], within[1])[..., 0]
    return around.table(np.stack(sets), tone, np.mod(place[1] * columns + place[0], len(sets))) / 255


def inks(palette: str, index: int, levels: int) -> Image:
    """The colours of one print, as cv2 wants a palette: 256 x 1 x 3, of which the first `levels` count."""
    colors = SETS[palette][index % INK_SETS].split()
    chosen = colors if levels == 4 else [colors[0], colors[2], colors[3]]
    table = np.zeros((256, 1, 3), np.uint8)
    table[:levels, 0] = [to_uint8(rgb(color)) for color in chosen]
    return table


def flat_tones(sheet: Sheet, levels: int, weight: Weight = None) -> Sheet:
    """0 for the darkest tone to levels - 1 for the lightest; cut where fixed shares of what counts lie below."""
    soft = gaussian(sheet, SMOOTH_SHARE * min(sheet.shape))
    if weight is None:
        below = np.cumsum(cv2.calcHist([soft], [0], None, [256], [0, 256]).ravel()) / soft.size
    else:
        summed = np.cumsum(histograms(soft, weight)[0])
        below = summed / max(1, summed[-1])
    # A tone's lower cut is the first value at which more than its share lies at or below.
    cuts = [int(np.searchsorted(below, share, side="right")) for share in CUTS[levels]]
    return LookUp(np.searchsorted(cuts, np.arange(256)).astype(np.uint8))(soft)


def crop_to_shape(picture: Image | Sheet, width: int, height: int) -> Sheet:
    """The middle of the picture that has this shape, in greys and at this size."""
    share = min(picture.shape[1] / width, picture.shape[0] / height)
    across, down = max(1, round(width * share)), max(1, round(height * share))
    left, top = (picture.shape[1] - across) // 2, (picture.shape[0] - down) // 2
    part = np.ascontiguousarray(picture[top : top + down, left : left + across])
    part = part if part.ndim == 2 else gray(part)
    return cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA).reshape(height, width)
