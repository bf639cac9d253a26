"""Colour tables made by formulas, and .cube files of them."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from effects.tables.cube import IDENTITY, Cube, Triple
from effects.tables.files import read_cube

Change = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]


def warm(colors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A film-like grade that bends every axis and mixes them; leaves 0..1 at both ends."""
    red, green, blue = colors[..., 0], colors[..., 1], colors[..., 2]
    grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    curve = 1.16 * (colors - 0.5) + 0.5 + 0.05 * np.sin(2 * np.pi * colors)
    tint = np.stack([0.10 * grey, 0.02 * np.sin(3 * grey), -0.09 * grey + 0.05], axis=-1)
    return curve + tint + 0.15 * (colors - grey[..., None])


def swapped(colors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Red, green and blue change places: an axis mixed up shows."""
    return colors[..., [1, 2, 0]]


def bent(colors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Each channel by a curve of its own."""
    return colors ** np.array([0.8, 1.0, 1.4])


def cube_text(
    change: Change, size: int, low: Triple = (0, 0, 0), high: Triple = (1, 1, 1), *, curves: bool = False
) -> str:
    """The change as a .cube file, six decimals."""
    axes = [np.linspace(first, last, size) for first, last in zip(low, high, strict=True)]
    if curves:
        colors = np.stack(axes, axis=-1)
    else:
        blue, green, red = np.meshgrid(axes[2], axes[1], axes[0], indexing="ij")
        colors = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    head = [
        'TITLE "Made by a formula"',
        f"LUT_{1 if curves else 3}D_SIZE {size}",
        "DOMAIN_MIN " + " ".join(f"{number:g}" for number in low),
        "DOMAIN_MAX " + " ".join(f"{number:g}" for number in high),
    ]
    return "\n".join(head + ["{:.6f} {:.6f} {:.6f}".format(*numbers) for numbers in change(colors).tolist()]) + "\n"


def cube(change: Change, size: int, *, low: Triple = (0, 0, 0), high: Triple = (1, 1, 1), curves: bool = False) -> Cube:
    """The change as a table."""
    return read_cube(cube_text(change, size, low, high, curves=curves).encode())


def shaped_text(size: int, points: int) -> str:
    """A warm grade in log light as a .cube file: curves that brighten shadows, and a lattice that expects them to."""
    light = np.linspace(-0.1, 1.2, points)[:, None] + [0, 0.01, 0.02]
    curves = np.log2(np.clip(light, 0, None) * 15 + 1) / 4
    lattice = cube_text(warm, size).splitlines()[4:]
    head = [f"LUT_1D_SIZE {points}", "LUT_1D_INPUT_RANGE -0.1 1.2", f"LUT_3D_SIZE {size}", "LUT_3D_INPUT_RANGE 0.0 1.0"]
    return "\n".join([*head, "", *["{:.6f} {:.6f} {:.6f}".format(*row) for row in curves.tolist()], *lattice]) + "\n"


def shaped(size: int, points: int = 100) -> Cube:
    """The same as a table."""
    return read_cube(shaped_text(size, points).encode())


def noise(size: int) -> Cube:
    """A lattice without any order: the worst that an interpolation can be asked for."""
    numbers = np.random.default_rng(size).integers(-9000, 75000, (size, size, size, 3))
    return Cube("Noise", numbers.astype(np.int32))


TABLES = (
    IDENTITY,
    cube(warm, 33),
    cube(swapped, 2),
    cube(bent, 16, curves=True),
    cube(warm, 17, low=(-0.2, 0, 0.1), high=(1.5, 0.9, 1)),
    noise(4),
    shaped(17),
)
"""One of each sort."""


def cost(read: Callable[[], object]) -> tuple[float, int]:
    """The processor time of a call in seconds, and the most memory it takes in bytes."""
    tracemalloc.start()
    read()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    started = time.process_time()
    read()
    return time.process_time() - started, most
