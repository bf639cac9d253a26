"""Dithering: few colours arranged so that, seen from afar, they look like many."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as PILImage

from effects.image import Colors, Image
from effects.kernels.lookups import LookUp
from effects.kernels.stylize.palettes import CELLS, GREY_RAMPS, colors_of, nearest
from effects.kernels.surroundings import Surroundings

Indices = npt.NDArray[np.intp]

NEIGHBOUR_DISTANCE = {"cga": 140, "console16": 64}
"""How far apart, in levels, a palette's neighbouring colours are taken to be when a pattern is laid between them."""


def dither_cells(cells: Image, method: str, palette: str) -> Image:
    """The picture in a palette's colours alone, h x w x 3; one cell becomes one dot."""
    colors = colors_of(palette)
    if method == "floyd_steinberg":
        return dither_by_pillow(cells, palette)
    if palette in GREY_RAMPS:
        # Light of Rec. 601, as Pillow has it.
        grey = np.array(PILImage.fromarray(cells).convert("L"))
        entries = np.zeros((256, 1, 3), np.uint8)
        entries[: len(colors), 0] = colors
        index = by_levels(grey[..., None], method, len(colors)).astype(np.uint8)
        # As colors[index], in a tenth of the time.
        return cv2.applyColorMap(index, entries).reshape(cells.shape)
    if palette == "rgb8":
        return (255 * by_levels(cells, method, 2)).astype(np.uint8)
    if method == "atkinson":
        return colors[diffuse_errors(cells, Nearest(palette))[..., 0]]
    moved = cells + NEIGHBOUR_DISTANCE[palette] * (bayer(method, cells.shape[:2])[..., None] - 0.5)
    red, green, blue = np.moveaxis(moved.clip(0, 255).astype(np.intp) >> 3, -1, 0)
    return colors[nearest(palette)[red, green, blue]]


def dots(colors: Colors, around: Surroundings, edge: float, method: str, palette: str) -> Colors:
    """What the ways by a pattern make of the picture in dots of `edge` pixels, in floats."""
    ranks = bayer_matrix(method)
    cells = np.rint(255 * around.block_mean(colors, edge / around.frame.short))
    at = np.floor((around.pixels + 0.5) / edge)
    across, down = (np.mod(at[..., axis], len(ranks)) for axis in (0, 1))
    rank = around.table((ranks[..., None] + 1).astype(np.uint8), across, down)
    if palette in GREY_RAMPS or palette == "rgb8":
        ink = colors_of(palette)[:: 7 if palette == "rgb8" else 1] / 255
        # Light of Rec. 601 in whole numbers, as Pillow has it.
        light = np.floor((cells @ np.array([19595, 38470, 7471]) + 32768) / 65536)[..., None]
        steps = np.floor(((cells if palette == "rgb8" else light) * ((len(ink) - 1) * ranks.size + 1) + 0.5) / 255)
        level = np.floor(steps / ranks.size)
        level += steps - level * ranks.size >= rank
        return np.select([level < place for place in range(1, len(ink))], list(ink[:-1]), ink[-1])
    threshold = (rank / (ranks.size + 1)).astype(np.float32) - np.float32(0.5)
    moved = cells.astype(np.float32) + np.float32(NEIGHBOUR_DISTANCE[palette]) * threshold
    red, green, blue = np.moveaxis(np.floor(np.clip(moved, 0, 255) / 8), -1, 0)
    table = colors_of(palette)[nearest(palette)].reshape(-1, CELLS, 3)
    return around.table(table, blue, red * CELLS + green) / 255


def dither_by_pillow(cells: Image, palette: str) -> Image:
    """The error of every dot passed on to its neighbours, by Pillow. Source: Floyd and Steinberg, 1976."""
    picture, colors = PILImage.fromarray(cells), colors_of(palette)
    if palette == "mono":
        return np.array(picture.convert("1").convert("RGB"))
    colors_shown = colors
    if palette in GREY_RAMPS:
        picture = picture.convert("L").convert("RGB")
        colors_shown = np.rint(np.linspace(0, 255, len(colors)))[:, None].repeat(3, axis=1).astype(np.uint8)
    sheet = PILImage.new("P", (1, 1))
    sheet.putpalette(colors_shown.tobytes())
    return colors[np.array(picture.quantize(palette=sheet, dither=PILImage.Dither.FLOYDSTEINBERG))]


def by_levels(planes: Image, method: str, count: int) -> Indices:
    """Which of `count` evenly spaced levels each value of h x w x C becomes, each channel on its own."""
    return diffuse_errors(planes, Levels(count)) if method == "atkinson" else ordered_levels(planes, method, count)


def bayer_matrix(method: str) -> npt.NDArray[np.intp]:
    """Bayer's matrix of ranks 0 .. n * n - 1 for "bayer2", "bayer4" or "bayer8", in ImageMagick's orientation."""
    ranks = np.zeros((1, 1), np.intp)
    while ranks.shape[0] < int(method.removeprefix("bayer")):
        fine = np.kron(np.array([[0, 3], [2, 1]]), np.ones_like(ranks))
        ranks = 4 * np.tile(ranks, (2, 2)) + fine
    return ranks


def bayer(method: str, shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
    """Thresholds above 0 and below 1, the matrix repeated over h x w. Source: Bayer, 1973."""
    ranks = bayer_matrix(method)
    size = len(ranks)
    tiled = np.tile(ranks, (-(-shape[0] // size), -(-shape[1] // size)))[: shape[0], : shape[1]]
    return ((tiled + 1) / (ranks.size + 1)).astype(np.float32)


def ordered_levels(planes: Image, method: str, count: int) -> Indices:
    """Levels by a pattern of thresholds, as ImageMagick's -ordered-dither has them."""
    ranks = bayer_matrix(method)
    size = len(ranks)
    steps = np.arange(256) * ((count - 1) * ranks.size + 1) // 255
    level, rest = (LookUp(table.astype(np.uint8))(planes) for table in np.divmod(steps, ranks.size))
    height, width = planes.shape[:2]
    tiled = np.tile((ranks + 1).astype(np.uint8), (-(-height // size), -(-width // size)))[:height, :width, None]
    return np.minimum(level + (rest >= tiled), count - 1).astype(np.intp)


class Levels:
    """A choice between evenly spaced levels, each channel on its own."""

    def __init__(self, count: int) -> None:
        self.step = 255 / (count - 1)

    def __call__(self, values: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """The level of each value, C x n, and the value it stands for."""
        level = np.rint(np.clip(values, 0, 255) / self.step)
        return level, level * self.step


class Nearest:
    """A choice between a palette's colours."""

    def __init__(self, palette: str) -> None:
        self.table, self.colors = nearest(palette), colors_of(palette).T.astype(np.float32)

    def __call__(self, values: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
        """The index of the color nearest to each of 3 x n values, 1 x n, and the colour itself."""
        red, green, blue = np.clip(values, 0, 255).astype(np.intp) >> 3
        index = self.table[red, green, blue]
        return index[None], self.colors[:, index]


def diffuse_errors(planes: Image, choose: Levels | Nearest) -> Indices:
    """The choice for every cell of h x w x C, three quarters of each error passed on. Source: Bill Atkinson, 1984.

    An eighth goes to (1, 0), (2, 0), (-1, 1), (0, 1), (1, 1) and (0, 2). Cells with the same x + 2 y wait for none of
    each other: they are done at once, in w + 2 h rounds, with the errors of the next four rounds kept by column.
    """
    height, width, depth = planes.shape
    flat = planes.reshape(-1, depth).T.astype(np.float32)
    chosen = np.empty((depth if isinstance(choose, Levels) else 1, height * width), np.uint8)
    errors = np.zeros((5, depth, width + 4), np.float32)
    for turn in range(width + 2 * height - 2):
        first = max(0, turn - 2 * (height - 1))
        columns = np.arange(first + (turn - first) % 2, min(width - 1, turn) + 1, 2)
        if not len(columns):
            continue
        # Column x stands at x + 1: there is room for errors that leave the picture.
        left, right = columns[0] + 1, columns[-1] + 2
        cells = (turn - columns) // 2 * width + columns
        values = flat[:, cells] + errors[turn % 5, :, left:right:2]
        chosen[:, cells], values_chosen = choose(values)
        passed = (values - values_chosen) / 8
        errors[turn % 5] = 0
        for later, aside in ((1, 1), (2, 2), (1, -1), (2, 0), (3, 1), (4, 0)):
            errors[(turn + later) % 5, :, left + aside : right + aside : 2] += passed
    return chosen.T.reshape(height, width, -1).astype(np.intp)
