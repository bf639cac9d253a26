"""Colour tables out of pictures: HaldCLUTs, and lattices laid out in tiles."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from effects.tables.cube import MAX_LATTICE_POINTS, UNIT, Cube, CubeError

Pixels = npt.NDArray[np.unsignedinteger[Any]]

SAMPLE_POINTS = 8
"""Points of red at which the two readings of a picture are compared; they agree on red."""


def read_hald(image: Pixels, name: str = "") -> Cube:
    """The table in a picture of level 2..16: level ** 3 pixels a side, level ** 2 points along the lattice.

    uint8 or uint16, H x W x 3. Either a HaldCLUT, all points in one line that is broken into rows, or a tile of red by
    green for each point of blue, level tiles in a row ("lookup.png", 512 pixels a side): whichever makes the smoother
    table. More than 65 points are thinned out to 65 by interpolation. Sources: Eskil Steenberg, HaldCLUT; Brad Larson,
    GPUImage, GPUImageLookupFilter. `CubeError` for a picture of another shape.

    >>> blue, green, red = np.indices((4, 4, 4)) * 85
    >>> plain = np.stack([red, green, blue], axis=-1).astype(np.uint8).reshape(8, 8, 3)
    >>> read_hald(plain, "Nothing changes").size
    4
    """
    side = image.shape[0]
    level = round(side ** (1 / 3))
    if image.shape[0] != image.shape[1] or level**3 != side or not 2 <= level <= 16:
        size = f"{image.shape[1]} x {image.shape[0]}"
        raise CubeError(f"a HaldCLUT is square, 8, 27, 64 ... 4096 pixels a side, and this picture is {size}")
    points, largest = level**2, np.iinfo(image.dtype).max
    few = image.reshape(side, level, points, 3)[:, :, :: -(-points // SAMPLE_POINTS)]
    in_lines, in_tiles = (reading(few, level) for reading in (_lines, _tiles))
    lattice = _tiles(image, level) if _roughness(in_tiles) < _roughness(in_lines) else _lines(image, level)
    if points <= MAX_LATTICE_POINTS:
        return Cube(name or "Untitled", lattice.astype(np.int32) * (UNIT // largest))
    return Cube(name or "Untitled", np.rint(_thin_out(lattice) * (UNIT / largest)).astype(np.int32))


def _lines(image: Pixels, level: int) -> Pixels:
    """Blue x green x red x 3: each row of the picture is `level` lines of red, for as many greens."""
    return image.reshape(level**2, level**2, -1, 3)


def _tiles(image: Pixels, level: int) -> Pixels:
    """Blue x green x red x 3: each row of the picture cuts through `level` tiles, for as many blues."""
    return image.reshape(level, level**2, level, -1, 3).swapaxes(1, 2).reshape(level**2, level**2, -1, 3)


def _roughness(lattice: Pixels) -> int:
    """How far it is from each point to the next along green and blue, in all."""
    whole = lattice.astype(np.int32)
    return sum(int(np.abs(np.diff(whole, axis=axis)).sum(dtype=np.int64)) for axis in (0, 1))


def _thin_out(lattice: Pixels) -> npt.NDArray[np.float32]:
    thin: npt.NDArray[np.float32] = lattice  # type: ignore[assignment]
    for axis in range(3):
        place = np.linspace(0, lattice.shape[0] - 1, MAX_LATTICE_POINTS)
        left = np.minimum(place.astype(np.intp), lattice.shape[0] - 2)
        share = (place - left).astype(np.float32).reshape([-1 if index == axis else 1 for index in range(4)])
        # The first cut is made on whole numbers: a level of 16 has 50 million of them.
        thin = thin.take(left, axis) * (1 - share) + thin.take(left + 1, axis) * share
    return thin
