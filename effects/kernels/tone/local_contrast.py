"""Contrast limited adaptive histogram equalisation of the lightness."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np

from effects.image import Alpha, Colors, Floats, Image, Weight
from effects.kernels.ink import Sheet
from effects.kernels.surroundings import Entries, Surroundings
from effects.kernels.transfer import from_linear, to_linear
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

LEVELS = 256

TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
TO_XYZ /= np.array([[0.950456], [1.0], [1.088754]])
FROM_XYZ = np.linalg.inv(TO_XYZ)
"""From linear red, green and blue to X, Y and Z as shares of white, and back; as OpenCV has them."""


def equalize_tiles(image: Image, clip_limit: float, tiles: int, weight: Weight = None) -> Image:
    """The picture with L* of CIELAB equalised tile by tile (`tiles` a side), the colour channels kept.

    In 8 bits, as cv2.createCLAHE is used. Pixels of weight 0 do not count.
    Source: Zuiderveld, Contrast Limited Adaptive Histogram Equalization, 1994.
    """
    height, width = image.shape[:2]
    light, lab = np.empty((height, width), np.uint8), sheet(image.shape)

    def read(rows: slice) -> None:
        cv2.cvtColor(image[rows], cv2.COLOR_RGB2Lab, dst=lab[rows])
        cv2.extractChannel(lab[rows], 0, dst=light[rows])

    each_band(read, height, width, bytes_per_pixel=7)
    if weight is not None:
        light = replace_uncounted(light, weight, tiles)
    even = cv2.createCLAHE(clip_limit, (tiles, tiles)).apply(light).reshape(height, width)
    out = sheet(image.shape)

    def write(rows: slice) -> None:
        cv2.insertChannel(even[rows], lab[rows], 0)
        cv2.cvtColor(lab[rows], cv2.COLOR_Lab2RGB, dst=out[rows])

    each_band(write, height, width, bytes_per_pixel=7)
    return out


@dataclass(frozen=True)
class TileTables:
    """What each value of L* becomes in each tile, tiles * tiles x 256 x 1, and a tile's sides in pixels."""

    tables: Entries
    width: int
    height: int


def tile_tables(image: Image, clip_limit: float, tiles: int, weight: Weight = None) -> TileTables:
    """The tables that cv2's CLAHE makes of a picture."""
    light = cv2.extractChannel(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), 0).reshape(image.shape[:2])
    if weight is not None:
        light = replace_uncounted(light, weight, tiles)
    down, right = (tiles - side % tiles if any(each % tiles for each in light.shape) else 0 for side in light.shape)
    light = cv2.copyMakeBorder(light, 0, down, 0, right, cv2.BORDER_REFLECT_101)
    height, width = (side // tiles for side in light.shape)
    most = max(1, int(clip_limit * height * width / LEVELS))
    tables = []
    for row, column in product(range(tiles), repeat=2):
        tile = light[row * height : (row + 1) * height, column * width : (column + 1) * width]
        counts = np.bincount(tile.ravel(), minlength=LEVELS)
        spare = int(np.maximum(counts - most, 0).sum())
        counts = np.minimum(counts, most) + spare // LEVELS
        # What is left over goes to values that lie evenly apart.
        left = spare % LEVELS
        if left:
            counts[:: max(LEVELS // left, 1)][:left] += 1
        tables.append(np.clip(np.rint(counts.cumsum() * np.float32(255 / tile.size)), 0, 255).astype(np.uint8))
    return TileTables(np.stack(tables)[..., None], width, height)


def equalized(colors: Colors, around: Surroundings, seen: TileTables, tiles: int) -> Colors:
    """What `equalize_tiles` does by such tables, in floats; L*, a* and b* in whole numbers as cv2 has them."""
    linear = np.rint(2040 * to_linear(colors))
    parts = np.stack([np.floor((linear @ row + 2048) / 4096) / 2040 for row in np.rint(4096 * TO_XYZ)], axis=-1)
    roots = np.where(parts > 216 / 24389, np.cbrt(np.maximum(parts, 1e-9)), parts * 841 / 108 + 16 / 116)
    roots = np.rint(32768 * roots)
    light = np.floor((296 * roots[..., 1] - 1336934 + 16384) / 32768)
    red = np.floor((500 * (roots[..., 0] - roots[..., 1]) + 16384) / 32768)
    blue = np.floor((200 * (roots[..., 1] - roots[..., 2]) + 16384) / 32768)
    spans = []
    for axis, side in enumerate((seen.width, seen.height)):
        at = around.pixels[..., axis] / side - 0.5
        low = np.floor(at)
        spans.append((np.maximum(low, 0), np.minimum(low + 1, tiles - 1), at - low))
    (left, right, across), (above, below, down) = spans

    def look(tile: Floats) -> Floats:
        return around.table(seen.tables, np.clip(light, 0, 255), tile)[..., 0]

    upper, lower = (
        look(row * tiles + left) * (1 - across) + look(row * tiles + right) * across for row in (above, below)
    )
    middle = (np.rint(upper * (1 - down) + lower * down) / 2.55 + 16) / 116
    roots = np.stack([middle + red / 500, middle, middle - blue / 200], axis=-1)
    parts = np.where(roots > 0.206893, roots * roots * roots, (roots - 16 / 116) / 7.787)
    return from_linear(np.clip(np.stack([parts @ row for row in FROM_XYZ], axis=-1), 0, 1))


def replace_uncounted(light: Sheet, weight: Alpha, tiles: int) -> Sheet:
    """The sheet with the values of each tile's pixels that count, over and over, in the stead of those that do not.

    So the tile's histogram is that of what counts. Where nothing does in a whole tile it stays as it is.
    """
    # As cv2 has it: all tiles alike, larger ones where they would not come out even on both sides.
    height, width = (length // tiles + any(side % tiles for side in light.shape) for length in light.shape)
    out = light.copy()
    for row, column in product(range(tiles), repeat=2):
        tile = slice(row * height, (row + 1) * height), slice(column * width, (column + 1) * width)
        counts = weight[tile] > 0
        if counts.any() and not counts.all():
            out[tile][~counts] = np.resize(out[tile][counts], np.count_nonzero(~counts))
    return out
