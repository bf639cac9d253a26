"""A picture and what a step made of it, mixed by a map: 0 keeps every bit of the one, 255 of the other."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Alpha, Image
from effects.masks.brush import Plane
from effects.memory.bands import each_band
from effects.memory.scratch import Scratch
from effects.memory.sheets import sheet

scratch = Scratch()

Picture = npt.NDArray[Any]
"""uint8, h x w x 3 or h x w."""

BLEND_BYTES = 6
"""Of a band's pixel: it holds more, but in bands of a sixth of a million pixels the calls cost less than the cache
saves: with 80,000 two threads wait for each other's turn at the interpreter for half of their time. Twice as many leave
the cache of one core."""


def blend(before: Picture, after: Picture, plane: Plane, out: Picture | None = None) -> Picture:
    """before + plane / 255 * (after - before), rounded to nearest; a new array, or `out`, which may be `after`."""
    out = sheet(before.shape) if out is None else out
    each_band(
        lambda rows: blend_band(before[rows], after[rows], plane[rows], out[rows]),
        *plane.shape,
        bytes_per_pixel=BLEND_BYTES,
    )
    return out


def blend_band(before: Picture, after: Picture, plane: Plane, out: Picture, inside: slice | None = None) -> None:
    """Fill rows of `out`, which may be `after`: mixed only in those columns that have to be.

    Most of most masks is all of the one or of the other. `inside` is what `columns_where` says, if that was asked.
    """
    for part, level in parts_of(plane, columns_where(plane) if inside is None else inside):
        if level == MIXED:
            mix(before[:, part], after[:, part], plane[:, part], out[:, part])
        elif level == NOWHERE:
            np.copyto(out[:, part], before[:, part])
        elif after is not out:
            np.copyto(out[:, part], after[:, part])


NOWHERE, MIXED, EVERYWHERE = range(3)
"""What columns of a map are from top to bottom."""

MIN_PLAIN_COLUMNS = 128
"""That are copied: fewer are mixed with those beside them for less."""

MIN_PLAIN_SHARE = 0.5
"""Of a band's columns between the first and the last where the map is anything: where fewer are plain, none of these
are copied. To look at all of them costs a tenth of mixing."""

MIN_BESIDE_SHARE = 0.1
"""Of a band's columns, those beside them: these are found at once, but parts of rows do not follow each other in memory
as whole ones do."""

MAX_PARTS = 32
"""Of a band: where more of them would be plain and mixed by turns, all between the outermost mixed ones are mixed."""


def parts_of(plane: Plane, inside: slice) -> list[tuple[slice, int]]:
    """A band's columns from left to right, in parts that are nowhere, mixed or everywhere."""
    count = plane.shape[1]
    if inside.stop == 0:
        return [(slice(0, count), NOWHERE)]
    if count - (inside.stop - inside.start) < MIN_BESIDE_SHARE * count:
        inside = slice(0, count)
    levels = levels_of(plane[:, inside])
    if levels is None:
        edges, found = [0, inside.start, inside.stop, count], [NOWHERE, MIXED, NOWHERE]
    else:
        levels = np.pad(levels, (inside.start, count - inside.stop))
        edges = edges_of(levels)
        if len(edges) > MAX_PARTS:
            mixed = np.flatnonzero(levels == MIXED)
            if len(mixed):
                levels[mixed[0] : mixed[-1] + 1] = MIXED
                edges = edges_of(levels)
        found = levels[edges[:-1]].tolist()
    parts: list[tuple[slice, int]] = []
    for (start, stop), each in zip(pairwise(edges), found, strict=True):
        level = MIXED if stop - start < min(count, MIN_PLAIN_COLUMNS) else each
        begun = parts.pop()[0].start if parts and parts[-1][1] == level else start
        parts.append((slice(begun, stop), level))
    return parts


def columns_where(plane: Plane) -> slice:
    """The columns from the first to the last in which a band of a map is anything; none at all: 0 to 0."""
    left, _, width, _ = cv2.boundingRect(plane)
    return slice(left, left + width)


def levels_of(plane: Plane) -> npt.NDArray[np.uint8] | None:
    """What each column of a band is; None where few of them are plain: then all are mixed."""
    top, bottom, fewest = plane[0], plane[-1], MIN_PLAIN_SHARE * plane.shape[1]
    # Two rows tell of most bands that they are mixed.
    if np.count_nonzero((top == bottom) & (top + np.uint8(1) < 2)) < fewest:
        return None
    levels = (plane.max(axis=0) > 0).astype(np.uint8) + (plane.min(axis=0) == 255)
    return levels if np.count_nonzero(levels != MIXED) >= fewest else None


def edges_of(levels: Plane) -> list[int]:
    """Where columns of another level begin, the first and the end among them."""
    return [0, *(np.flatnonzero(np.diff(levels)) + 1).tolist(), len(levels)]


def mix(before: Picture, after: Picture, plane: Plane, out: Picture) -> None:
    """The blend itself, to nearest.

    Seven calls on bytes: the darker of both, and so much of their difference as the map says; where the picture came in
    lighter that is the map turned over, bit by bit. A product by 255 is never half way between two levels: it is exact.
    Floats (cv2.blendLinear) take three times as long, 16 bits in NumPy twice.
    """
    weight, turned = (scratch(name, before.shape, np.uint8) for name in ("weight", "turned"))
    if before.ndim == 3:
        cv2.cvtColor(plane, cv2.COLOR_GRAY2RGB, dst=weight)
    else:
        np.copyto(weight, plane)
    cv2.compare(before, after, cv2.CMP_GT, dst=turned)
    cv2.bitwise_xor(weight, turned, dst=weight)
    difference = cv2.absdiff(before, after, dst=turned)
    share = cv2.multiply(difference, weight, dst=turned, scale=1 / 255)
    cv2.min(before, after, dst=out)
    cv2.add(out, share, dst=out)


def blend_as_seen(before: Image, seen: Alpha, after: Image, seen_after: Alpha, plane: Plane) -> Image:
    """As `blend`, of pictures with transparency: each colour counts for what is seen of it."""
    out: Image = sheet(before.shape)

    def work(rows: slice) -> None:
        weight = np.multiply(plane[rows], np.float32(1 / 255))
        old = np.multiply(seen[rows], 1 - weight)
        new = np.multiply(seen_after[rows], weight)
        total = np.maximum(old + new, np.float32(1e-6))
        mixed = before[rows] * (old / total)[..., None] + after[rows] * (new / total)[..., None]
        cv2.convertScaleAbs(mixed, dst=out[rows])
        np.copyto(out[rows], before[rows], where=(plane[rows] == 0)[..., None])
        np.copyto(out[rows], after[rows], where=(plane[rows] == 255)[..., None])

    each_band(work, *plane.shape, bytes_per_pixel=50)
    return out
