"""Film grain: one tile of soft noise, laid over pictures of every size in grains of the same share of the side."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.chance import begin_of, seed_and_throw
from effects.image import Colors, Image
from effects.kernels.luma import float_luma, luma
from effects.kernels.surroundings import Surroundings
from effects.memory.bands import each_band
from effects.memory.cache import byte_cache
from effects.memory.sheets import sheet

Noise = npt.NDArray[np.uint8]
"""uint8, h x w or h x w x 3: 128 is none, `NOISE_STEPS` more or less is one standard deviation."""

TILE = 1024
"""Cells along a tile's side; a picture with more of them (a size below 0.001) repeats it."""

NOISE_STEPS = 32

MIN_CELL_PIXELS = 0.25
"""Pixels: grains finer than this are made as large, and as much weaker as they would have averaged out."""

LIGHT_DEVIATION = 0.5
"""The standard deviation of the light that falls through, for an amount of 1, in the soft-light layer."""


@byte_cache()
def noise_tile(seed: int, channels: int) -> Noise:
    """Gaussian noise blurred by one cell, wrapping around; 1 or 3 MB."""
    chance = np.random.default_rng(seed)
    noise = chance.standard_normal((TILE, TILE, channels), np.float32)
    edge = 8
    wrapped = np.pad(noise, ((edge, edge), (edge, edge), (0, 0)), mode="wrap")
    soft = cv2.GaussianBlur(wrapped, (0, 0), 1).reshape(wrapped.shape)[edge:-edge, edge:-edge]
    made = np.clip(np.rint(soft / soft.std() * NOISE_STEPS) + 128, 0, 255).astype(np.uint8)
    made.setflags(write=False)
    return made


def tile_corner(seed: int) -> tuple[int, int, int]:
    """A number's seed, and the row and column of the tile at which its throw begins."""
    seed, throw = seed_and_throw(seed)
    # Another part of the same noise: as good as noise of its own, which would take longer than all the rest.
    top, left = np.random.default_rng([seed, throw]).integers(0, TILE, 2).tolist() if throw else (0, 0)
    return seed, top, left


def noise_field(shape: tuple[int, ...], size: float, seed: int, channels: int) -> Noise:
    """Noise for a picture of this shape whose grains are `size` of the shorter side; finer ones average out."""
    height, width = shape[:2]
    seed, top, left = tile_corner(seed)
    wanted = size * min(height, width)
    cell = max(wanted, MIN_CELL_PIXELS)
    down, across = (max(1, round(count / cell)) for count in (height, width))
    rows, columns = range(top, top + down), range(left, left + across)
    cells = np.take(np.take(noise_tile(seed, channels), rows, 0, mode="wrap"), columns, 1, mode="wrap")
    grown = cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC if cell > 1 else cv2.INTER_AREA)
    if wanted < cell:
        cv2.addWeighted(grown, wanted / cell, grown, 0, 128 * (1 - wanted / cell), dst=grown)
    return grown.reshape(height, width, channels)


def through_grains(
    colors: Colors, around: Surroundings, *, amount: float, size: float, seed: int, channels: int
) -> Colors:
    """As of `add_grain`, in floats."""
    seed, *corner = tile_corner(seed)
    top, left = (place + begin_of(around.throw, choice, TILE) for choice, place in enumerate(corner))
    wanted = size * around.frame.short
    cell = np.maximum(wanted, MIN_CELL_PIXELS)
    cells = [np.maximum(1, np.rint(count / cell)) for count in (around.frame.width, around.frame.height)]
    grown = around.part(noise_tile(seed, channels), (cells[0], cells[1]), (left, top), np.where(cell > 1, 2, 0).item())
    level = (np.clip(np.rint(grown), 0, 255) - 128) * np.minimum(wanted / cell, 1)
    swing = np.clip(np.rint(level) / NOISE_STEPS * LIGHT_DEVIATION * amount, -1, 1)
    light = float_luma(colors)[..., None]
    return colors + swing * 4 * light * (1 - light) * colors * (1 - colors)


def add_grain(image: Image, amount: float, size: float, seed: int, channels: int) -> Image:
    """The picture seen through grains: c + n * 4Y(1 - Y) * c(1 - c), n being the noise, 1 channel or 3."""
    noise = noise_field(image.shape, size, seed, channels)
    level = np.linspace(0, 1, 256)
    swing = np.clip((np.arange(256) - 128) / NOISE_STEPS * LIGHT_DEVIATION * amount, -1, 1).astype(np.float32)[None]
    middle, room = (table.astype(np.float32)[None] for table in (4 * level * (1 - level), 255 * level * (1 - level)))
    out = sheet(image.shape)

    def work(rows: slice) -> None:
        band = image[rows]
        shape = band.shape[:2]
        weight = cv2.LUT(luma(band), middle).reshape(shape)
        swings = [cv2.LUT(part, swing).reshape(shape) * weight for part in cv2.split(noise[rows])]
        planes = []
        for index, plane in enumerate(cv2.split(band)):
            shift = cv2.multiply(swings[index % channels], cv2.LUT(plane, room).reshape(shape))
            planes.append(cv2.add(plane, shift, dtype=cv2.CV_8U).reshape(shape))
        cv2.merge(planes, out[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=32)
    return out
