"""Looking colours up in a table: three curves, or a lattice between whose points they are interpolated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from effects.image import Colors, Floats

Triple = tuple[float, float, float]

Index = npt.NDArray[np.intp]


def along_curves(curves: Floats, low: Triple, high: Triple, colors: Colors) -> Colors:
    """Each channel of colours ... x 3 along its own curve (points x 3), straight between points, flat outside."""
    result = np.empty_like(colors)
    for channel in range(3):
        points = np.linspace(low[channel], high[channel], len(curves))
        result[..., channel] = np.interp(colors[..., channel], points, curves[:, channel])
    return result


def trilinear(lattice: Floats, low: Triple, high: Triple, colors: Colors) -> Colors:
    """Colours ... x 3 in a lattice (blue x green x red x 3): the eight points around each, weighed along each axis."""
    corner, (red, green, blue) = _cells(lattice, low, high, colors)
    right, up, back = _strides(lattice)
    result = np.empty_like(colors)
    for channel in range(3):
        values = _flat(lattice, channel)

        def line(start: Index, values: Floats = values) -> Floats:
            near = values.take(start, mode="clip")
            return near + red * (values.take(start + right, mode="clip") - near)

        front = line(corner)
        front += green * (line(corner + up) - front)
        behind = line(corner + back)
        behind += green * (line(corner + back + up) - behind)
        result[..., channel] = front + blue * (behind - front)
    return result


def tetrahedral(lattice: Floats, low: Triple, high: Triple, colors: Colors) -> Colors:
    """As `trilinear`, between the four points of the tetrahedron around each colour; greys then stay on the diagonal.

    From the cell's corner along the axis of the largest share, then that of the next, then the last. Source: Kasson,
    Nin, Plouffe and Hafner, Performing Color Space Conversions with Three-Dimensional Linear Interpolation, 1995.
    """
    corner, (red, green, blue) = _cells(lattice, low, high, colors)
    right, up, back = _strides(lattice)
    most, least = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    middle = red + green + blue - most - least
    first = corner + np.where(red == most, right, np.where(green == most, up, back))
    second = corner + (right + up + back) - np.where(red == least, right, np.where(green == least, up, back))
    last = corner + (right + up + back)
    result = np.empty_like(colors)
    for channel in range(3):
        values = _flat(lattice, channel)
        result[..., channel] = (
            (1 - most) * values.take(corner, mode="clip")
            + (most - middle) * values.take(first, mode="clip")
            + (middle - least) * values.take(second, mode="clip")
            + least * values.take(last, mode="clip")
        )
    return result


INTERPOLATIONS: Mapping[str, Callable[[Floats, Triple, Triple, Colors], Colors]] = MappingProxyType(
    {"trilinear": trilinear, "tetrahedral": tetrahedral}
)
"""Name -> how to look colours up in a lattice."""


def _cells(lattice: Floats, low: Triple, high: Triple, colors: Colors) -> tuple[Index, list[Floats]]:
    """The flat index of each colour's cell (its corner nearest black), and the shares 0..1 across it for each axis."""
    last = len(lattice) - 1
    corner: Index = np.zeros(colors.shape[:-1], np.intp)
    shares = []
    for channel, stride in enumerate(_strides(lattice)):
        scale = last / (high[channel] - low[channel])
        place = np.clip((colors[..., channel] - low[channel]) * scale, 0, last)
        cell = np.minimum(place.astype(np.intp), last - 1)
        corner += cell * stride
        shares.append(place - cell.astype(place.dtype))
    return corner, shares


def _strides(lattice: Floats) -> tuple[int, int, int]:
    """How far apart neighbours along red, green and blue stand in a flat channel."""
    size = len(lattice)
    return 1, size, size * size


def _flat(lattice: Floats, channel: int) -> Floats:
    return np.ascontiguousarray(lattice[..., channel]).ravel()
