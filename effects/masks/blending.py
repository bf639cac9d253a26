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

BLEND_BYTES = 3
"""Of a band's pixel: it holds more, but in bands of a third of a million pixels the calls cost less than the cache
saves: with 80,000 two threads wait for each other's turn at the interpreter for half of their time."""


def blend(before: Picture, after: Picture, plane: Plane) -> Picture:
    """before + plane / 255 * (after - before), rounded to nearest; a new array."""
    out: Picture = sheet(before.shape)
    each_band(
        lambda rows: blend_band(before[rows], after[rows], plane[rows], out[rows]),
        *plane.shape,
        bytes_per_pixel=BLEND_BYTES,
    )
    return out


def blend_band(before: Picture, after: Picture, plane: Plane, out: Picture) -> None:
    """Fill rows of `out`, which may be `after`: mixed only in those columns that have to be.

    Most of most masks is all of the one or of the other."""
    for part, level in parts_of(plane):
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
"""Of a band's columns: where fewer are copied, all are mixed. Three quarters of each row take as long as whole rows,
which follow each other in memory, and half of each row takes three quarters of the time."""

MAX_PARTS = 32
"""Of a band: where more of them would be plain and mixed by turns, all between the outermost mixed ones are mixed."""


def parts_of(plane: Plane) -> list[tuple[slice, int]]:
    """A band's columns from left to right, in parts that are nowhere, mixed or everywhere."""
    top, bottom, count = plane[0], plane[-1], plane.shape[1]
    whole, fewest = [(slice(0, count), MIXED)], MIN_PLAIN_SHARE * count
    # Two rows tell of most bands that they are mixed: looking at all of them costs a tenth of mixing.
    if np.count_nonzero((top == bottom) & ((top == 0) | (top == 255))) < fewest:
        return whole
    levels = (plane.max(axis=0) > 0).astype(np.uint8) + (plane.min(axis=0) == 255)
    edges = edges_of(levels)
    if len(edges) > MAX_PARTS:
        mixed = np.flatnonzero(levels == MIXED)
        if len(mixed):
            levels[mixed[0] : mixed[-1] + 1] = MIXED
            edges = edges_of(levels)
    parts: list[tuple[slice, int]] = []
    for start, stop in pairwise(edges):
        level = MIXED if stop - start < min(count, MIN_PLAIN_COLUMNS) else int(levels[start])
        begun = parts.pop()[0].start if parts and parts[-1][1] == level else start
        parts.append((slice(begun, stop), level))
    plain = sum(part.stop - part.start for part, level in parts if level != MIXED)
    return parts if plain >= fewest else whole


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
