"""A brush's strokes as a map, drawn on a grid that is no finer than their points are."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Frame
from effects.masks.shapes import Stroke

Plane = npt.NDArray[np.uint8]
"""uint8, h x w: 0 is nowhere, 255 everywhere."""

GRID_PIXELS = 1_500_000
"""The most that strokes are drawn on; larger maps are enlarged from that. Points are thousandths of a side: its pixels
are about as fine, and its floats need as little memory as a preview's."""

MAX_VISITS = 60_000_000
"""How often pixels are looked at in all, a quarter of a second; scrawls that would need more get a coarser grid."""


def brush_plane(strokes: tuple[Stroke, ...], frame: Frame) -> Plane:
    """The strokes on a picture of this size, one after another."""
    coarse = max(1.0, sqrt(frame.height * frame.width / GRID_PIXELS))
    height, width = (max(1, round(side / coarse)) for side in (frame.height, frame.width))
    if (visits := sum(visits_of(stroke, height, width) for stroke in strokes)) > MAX_VISITS:
        height, width = (max(1, int(side * sqrt(MAX_VISITS / visits))) for side in (height, width))
    plane = np.zeros((height, width), np.uint8)
    for stroke in strokes:
        if stroke.points:
            draw(stroke, plane)
    if plane.shape != (frame.height, frame.width):
        plane = cv2.resize(plane, (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
    return plane.reshape(frame.height, frame.width)


def visits_of(stroke: Stroke, height: int, width: int) -> float:
    """How many pixels lie in the boxes around a stroke's straight parts."""
    if not stroke.points:
        return 0.0
    parts, size = np.abs(np.diff(line_of(stroke, height, width), axis=0)), stroke.size * min(height, width)
    return float(np.prod(np.minimum(parts + size, [width, height]), axis=1).sum())


def line_of(stroke: Stroke, height: int, width: int) -> Floats:
    """A stroke's points in pixels, n x 2; a dot is a line from itself to itself."""
    points = stroke.points if len(stroke.points) > 1 else stroke.points * 2
    return np.array(points) * [width, height]


def draw(stroke: Stroke, plane: Plane) -> None:
    """Add a stroke to the plane, or take it away; only the part is touched that it reaches.

    At a distance d from the line it is (r - d) / (r * soft) for a radius r, within 0..1; a harder edge than one pixel
    is one pixel wide, half of it on either side of r.
    """
    height, width = plane.shape
    radius = stroke.size * min(height, width) / 2
    ramp = stroke.soft * radius
    edge, ramp = (radius, ramp) if ramp >= 1 else (radius + 0.5, 1.0)
    line = line_of(stroke, height, width)
    there = box(line, edge, height, width)
    if not plane[there].size:
        return
    away = plane_distances(line - [there[1].start, there[0].start], edge, plane[there].shape)
    level = cv2.convertScaleAbs(np.maximum((edge - away) / ramp, 0), alpha=255).reshape(away.shape)
    plane[there] = cv2.min(plane[there], cv2.bitwise_not(level)) if stroke.erase else cv2.max(plane[there], level)


def box(line: Floats, reach: float, height: int, width: int) -> tuple[slice, slice]:
    """The rows and columns whose pixels can be that near to a line."""
    columns, rows = (
        slice(max(0, int(low - reach)), max(0, min(most, ceil(high + reach))))
        for low, high, most in zip(line.min(axis=0), line.max(axis=0), (width, height), strict=True)
    )
    return rows, columns


def plane_distances(line: Floats, reach: float, shape: tuple[int, ...]) -> Floats:
    """How far each pixel's centre is from a line, where that is less than `reach`; float32."""
    squares = np.full(shape, np.inf, np.float32)
    across, down = (np.arange(count, dtype=np.float32) + np.float32(0.5) for count in (shape[1], shape[0]))
    for start, end in pairwise(line):
        rows, columns = box(np.array([start, end]), reach, *shape)
        right, below = across[columns][None] - np.float32(start[0]), down[rows][:, None] - np.float32(start[1])
        way = (end - start).astype(np.float32)
        along = way / max(float(way @ way), 1e-12)
        share = np.clip(right * along[0] + below * along[1], 0, 1)
        nearest = np.square(right - share * way[0]) + np.square(below - share * way[1])
        np.minimum(squares[rows, columns], nearest, out=squares[rows, columns])
    return np.sqrt(squares)
