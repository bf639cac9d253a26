"""A picture as rows of characters: which character stands where, and what the page looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as PILImage
from PIL import ImageDraw

from effects.image import Image
from effects.kernels.fonts import face, face_runs, width_of
from effects.kernels.luma import float_luma
from effects.kernels.resizing import resize_to
from effects.memory.cache import byte_cache

RAMPS: Mapping[str, str] = MappingProxyType(
    {
        "short": " .:-=+*#%@",
        "long": " `.'-,:_;~\"!^+<>|\\/r?)(*Lvl[]cxYzut}{Jfion1IjCaZhkXqpwdbUmO#&80%BQ$MW@",
        "blocks": " ░▒▓█",
    }
)
"""Characters from the one that covers least to the one that covers most; the long ones are Paul Bourke's (1997), in the
order of what they cover in this font."""

TALL = 5 / 3
"""A cell's height in widths: an em, so that lines stand as close as they can; as in a tight terminal."""

MIN_CELL_WIDTH = 12
"""Pixels a cell is drawn across at least; a narrower one is shrunk from that, so that its character stays itself."""

BASELINE = 0.8
"""Where letters stand, from the top of a cell."""

MIN_INK = 0.4
"""How strong the ink of the darkest cell is, of 1."""

MIN_DRAWN_WIDTH = 64
"""Pixels a cell is drawn across at least, before it is shrunk."""

BOLD = 0.03
"""By how much strokes are thickened on either side, in ems."""

Codes = npt.NDArray[np.intp]
Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Page:
    """What is to be typed: for each cell the index of its character, rows x columns, and its colour."""

    ramp: str
    codes: Codes
    colors: Image

    @property
    def lines(self) -> list[str]:
        """The page as text."""
        return ["".join(self.ramp[code] for code in row) for row in self.codes]


def type_page(image: Image, columns: int, ramp: str, invert: bool) -> Page:
    """The page for a picture: each cell's mean luma (Rec. 709) in as many even steps as the ramp has characters.

    `invert` is for dark characters on white: the darker a cell, the more its character covers.
    """
    height, width = image.shape[:2]
    columns = min(columns, width)
    rows = min(height, max(1, round(height * columns / (TALL * width))))
    means = resize_to(image, columns, rows, "area")
    light = float_luma(means)
    steps = np.minimum((light * len(ramp) / 255.001).astype(np.intp), len(ramp) - 1)
    return Page(ramp, len(ramp) - 1 - steps if invert else steps, means)


def print_page(page: Page, height: int, width: int, *, colored: bool, invert: bool) -> Image:
    """The page at a size, light on black or (`invert`) dark on white; `colored`, each character in its cell's hue."""
    rows, columns = page.codes.shape
    across = max(MIN_CELL_WIDTH, ceil(width / columns))
    tiles = np.stack([character_tile(character, across) for character in page.ramp])
    edges = np.rint(np.arange(rows + 1) * (height / rows)).astype(int)
    cell_of = np.minimum(((np.arange(width) + 0.5) * columns / width).astype(np.intp), columns - 1)
    inks = cell_inks(255 - page.colors if invert else page.colors, colored)
    out = np.empty((height, width, 3), np.uint8)
    for row, codes in enumerate(page.codes):
        strip = tiles[codes].transpose(1, 0, 2).reshape(tiles.shape[1], columns * across)
        part = out[edges[row] : edges[row + 1]]
        mask = cv2.resize(strip, (width, part.shape[0]), interpolation=cv2.INTER_AREA)
        part[...] = mask.reshape(*part.shape[:2], 1)
        cv2.multiply(part, np.broadcast_to(inks[row][cell_of], part.shape).copy(), dst=part, scale=1 / 255)
    return cv2.bitwise_not(out) if invert else out


def cell_inks(colors: Image, colored: bool) -> Image:
    """What each cell is typed with: its hue at its strongest, or white, somewhat dimmed where the cell is dark."""
    light = float_luma(colors) / 255
    strongest = 255.0 / np.maximum(colors.max(axis=-1, keepdims=True), 1)
    full = strongest * colors if colored else np.full(colors.shape, 255.0)
    return (full * (MIN_INK + (1 - MIN_INK) * light)[..., None]).astype(np.uint8)


@byte_cache()
def character_tile(character: str, across: int) -> Mask:
    """One character in a cell `across` pixels wide: how much of each pixel it covers, 0..255.

    Drawn larger and shrunk, so that no stroke is rounded to whole pixels: a page is as light at every size.
    """
    times = ceil(MIN_DRAWN_WIDTH / across)
    sheet = PILImage.new("L", (times * across, times * round(TALL * across)))
    draw = ImageDraw.Draw(sheet)
    em = sheet.width / max(width_of("M", "mono"), width_of(character, "mono"))
    x = (sheet.width - width_of(character, "mono") * em) / 2
    bold = 0 if character in RAMPS["blocks"] else BOLD * em
    for name, piece in face_runs(character, "mono"):
        letters = face(name, max(1.0, em))
        draw.text((x, BASELINE * sheet.height), piece, fill=255, font=letters, anchor="ls", stroke_width=bold)
    return np.array(sheet.reduce(times))
