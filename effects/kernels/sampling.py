"""Looking up a picture at points: between pixel positions and points, reflection at the edges, resampling."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Frame, Points

Maps = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
"""Column and row positions, each h x W float32; 0 is the centre of the first pixel."""

MAX_REMAP_SIDE = 32_766
"""cv2.remap keeps positions in 16 bits; a picture with a longer side is looked up by arithmetic of our own."""


def pixel_axis(count: int, short: int) -> Floats:
    """The coordinates of `count` pixel centres along one side, in the units of `Points`, float64."""
    return (2 * np.arange(count) + 1 - count) / short


def pixel_points(frame: Frame, rows: slice) -> Points:
    """The points of all pixel centres in these rows, float32, h x W x 2 (x and y are each contiguous)."""
    points = np.empty((2, rows.stop - rows.start, frame.width), np.float32)
    points[0] = pixel_axis(frame.width, frame.short)
    points[1] = pixel_axis(frame.height, frame.short)[rows, None]
    return points.transpose(1, 2, 0)


def reflect(points: Points, frame: Frame) -> Points:
    """Points outside the picture brought inside by mirrors on the outermost pixel centres (reflect101)."""
    axes = [
        _fold_coordinates(points[..., axis], points.dtype.type((count - 1) / frame.short))
        for axis, count in enumerate((frame.width, frame.height))
    ]
    return np.stack(axes).transpose(*range(1, points.ndim), 0)


def _fold_coordinates(along: Floats, half: Any) -> Floats:
    """Coordinates brought within -half..half by mirrors there; seldom more than one, which is 20 times as quick."""
    reach = np.abs(along).max(initial=0)
    if reach <= half:
        return along
    if reach <= 3 * half:
        return 2 * np.clip(along, -half, half) - along
    if half == 0:
        return np.zeros_like(along)
    return half - np.abs(np.mod(along + half, 4 * half) - 2 * half)


def pixel_maps(points: Points, frame: Frame) -> Maps:
    """Where points lie in the pixel grid."""
    scale = frame.short / 2
    columns = points[..., 0] * scale + (frame.width - 1) / 2
    rows = points[..., 1] * scale + (frame.height - 1) / 2
    return columns.astype(np.float32, copy=False), rows.astype(np.float32, copy=False)


def resample(picture: npt.NDArray[Any], maps: Maps, out: npt.NDArray[Any]) -> None:
    """Fill `out` (h x W or h x W x 3) with the picture at the maps' positions, which lie inside it; bilinear.

    Both are of 8 bits or both of 16.
    """
    if max(*picture.shape[:2], *out.shape[:2]) <= MAX_REMAP_SIDE:
        cv2.remap(picture, maps[0], maps[1], cv2.INTER_LINEAR, dst=out, borderMode=cv2.BORDER_REFLECT_101)
        return
    columns, rows = (np.clip(axis, 0, count - 1) for axis, count in zip(maps, picture.shape[1::-1], strict=True))
    left, top = columns.astype(np.intp), rows.astype(np.intp)
    right, bottom = np.minimum(left + 1, picture.shape[1] - 1), np.minimum(top + 1, picture.shape[0] - 1)
    layers = (1,) * (picture.ndim - 2)
    across, down = (columns - left).reshape(left.shape + layers), (rows - top).reshape(top.shape + layers)
    upper = picture[top, left] * (1 - across) + picture[top, right] * across
    lower = picture[bottom, left] * (1 - across) + picture[bottom, right] * across
    out[...] = np.rint(upper * (1 - down) + lower * down).astype(out.dtype)
