"""A picture worth looking at: skin, sky, foliage, words and a colour chart, for goldens and contact sheets.

The portrait is NASA's of Eileen Collins (public domain, out of scikit-image); all else is drawn by formulas.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as PILImage
from PIL import ImageDraw, ImageFont
from skimage import data

from effects.image import Floats, Image, to_uint8

HEIGHT, WIDTH = 320, 480
"""The portrait is a square on the left; the rest is a column beside it."""

CHART = [
    "#735244",
    "#c29682",
    "#627a9d",
    "#576c43",
    "#8580b1",
    "#67bdaa",
    "#d67e2c",
    "#505ba6",
    "#c15a63",
    "#5e3c6c",
    "#9dbc40",
    "#e0a32e",
    "#383d96",
    "#469449",
    "#af363c",
    "#e7c71f",
    "#bb5695",
    "#0885a1",
    "#f3f3f2",
    "#c8c8c8",
    "#a0a0a0",
    "#7a7a79",
    "#555555",
    "#343434",
]
"""Twenty-four colours near those of the chart photographers hold into a scene: skin, sky, leaf, primaries, greys."""


@cache
def scene() -> Image:
    """The whole picture, 320 x 480 x 3."""
    portrait = cv2.resize(data.astronaut(), (HEIGHT, HEIGHT), interpolation=cv2.INTER_AREA)
    column = np.vstack([landscape(196, WIDTH - HEIGHT), chart(124, WIDTH - HEIGHT)])
    image = np.hstack([portrait, column])
    image.setflags(write=False)
    return image


def landscape(height: int, width: int) -> Image:
    """A sky with clouds over hills, and leaves in front."""
    y = np.arange(height)[:, None].repeat(width, axis=1) / height
    clouds = np.clip(clumps(height, width, 4, seed=3) * 2.6 - 0.6 - 0.8 * y, 0, 1)[..., None]
    sky = between("#2f6fc0", "#cfe4f2", y / 0.62)
    picture = sky + clouds * 0.85 * (1 - sky)
    for depth, (level, tall, dark, light) in enumerate(
        [(0.58, 0.10, "#7f9db5", "#8fabc0"), (0.66, 0.08, "#4f7a5a", "#86a765"), (0.78, 0.10, "#1d4420", "#7fb03a")]
    ):
        ridge = level - tall * (clumps(1, width, 3 + depth, seed=20 + depth) - 0.5)
        leaves = clumps(height, width, 24 + 8 * depth, seed=40 + depth)
        shade = np.clip((leaves - 0.5) * (0.5 + depth) + 0.5, 0, 1)
        picture = np.where((y > ridge)[..., None], between(dark, light, shade), picture)
    return to_uint8(picture)


def chart(height: int, width: int) -> Image:
    """Six by four patches, a ramp of greys, and words in three sizes."""
    sheet = PILImage.new("RGB", (width, height), "#f4efe4")
    draw = ImageDraw.Draw(sheet)
    for index, patch in enumerate(CHART):
        left, top = 6 + 25 * (index % 6), 6 + 16 * (index // 6)
        draw.rectangle((left, top, left + 22, top + 13), fill=patch)
    for column in range(148):
        draw.line((6 + column, 72, 6 + column, 80), fill=(round(column * 255 / 147),) * 3)
    draw.text((6, 80), "Emulsion", fill="#111111", font=ImageFont.load_default(24))
    draw.text((6, 106), "all the light we keep", fill="#7a2018", font=ImageFont.load_default(10))
    return np.asarray(sheet)


def clumps(height: int, width: int, cells: float, seed: int) -> Floats:
    """Smooth noise in four octaves, 0..1, height x width; `cells` of the largest clumps fit into the width."""
    chance = np.random.default_rng(seed)
    total = np.zeros((height, width))
    for octave in range(4):
        across = max(2, round(cells * 2**octave))
        down = max(2, round(across * height / width)) if height > 1 else 1
        grid = chance.random((down, across)).astype(np.float32)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) / 2**octave
    total -= total.min()
    return total / total.max()


def between(first: str, second: str, share: Floats) -> npt.NDArray[np.float64]:
    """The colours on the way from one "#rrggbb" to another, ... x 3 for shares 0..1."""
    one, other = (np.array([int(text[index : index + 2], 16) for index in (1, 3, 5)]) / 255 for text in (first, second))
    return one + np.clip(share, 0, 1)[..., None] * (other - one)
