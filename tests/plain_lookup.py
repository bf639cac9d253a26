"""Looking colours up as one would write it down, in float64: to compare with whatever reads and applies a table."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def along(curves: Array, low: float, high: float, colors: Array) -> Array:
    """Each channel along its own curve, points x 3."""
    points = np.linspace(low, high, len(curves))
    return np.stack([np.interp(colors[..., index], points, curves[:, index]) for index in range(3)], axis=-1)


def within(lattice: Array, low: float, high: float, colors: Array, interpolation: str) -> Array:
    """Colours in a lattice that is red x green x blue x 3: over corners, or along the six ways between two of them."""
    last = len(lattice) - 1
    place = np.clip((colors - low) / (high - low), 0, 1) * last
    corner = np.minimum(place.astype(int), last - 1)
    share = place - corner
    result = np.zeros(colors.shape)
    if interpolation == "trilinear":
        for offset in product((0, 1), repeat=3):
            weight = np.where(offset, share, 1 - share).prod(axis=-1)
            result += weight[..., None] * lattice[tuple(np.moveaxis(corner + offset, -1, 0))]
        return result
    found = np.zeros(colors.shape[:-1], bool)
    for way in permutations(range(3)):
        falling = share[..., list(way)]
        here = (falling[..., 0] >= falling[..., 1]) & (falling[..., 1] >= falling[..., 2]) & ~found
        found |= here
        point = corner[here]
        value = lattice[tuple(point.T)]
        for axis in way:
            further = point + np.eye(3, dtype=int)[axis]
            step = lattice[tuple(further.T)] - lattice[tuple(point.T)]
            value, point = value + share[here][:, axis, None] * step, further
        result[here] = value
    return result


def axes(size: int, low: float = 0, high: float = 1) -> Array:
    """The colours of a lattice's points, red x green x blue x 3."""
    line = np.linspace(low, high, size)
    return np.stack(np.meshgrid(line, line, line, indexing="ij"), axis=-1)
