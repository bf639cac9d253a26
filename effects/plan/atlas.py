"""A colour change as an atlas: a flat picture of a lattice, in which cv2 looks all three channels up at once.

A page for every one of the 256 values of blue, each a picture of green by red; pages stand below each other. Blue is
then exact and cv2.remap interpolates the other two: 5-15 times as quick as arithmetic on floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Colors, Floats
from effects.memory.scratch import Scratch

scratch = Scratch()

MIN_ATLAS_POINTS = 33
"""Points along red and green: remap places a point to 1/32 of a cell, so that cells must not be wide."""

OVERSHOOT = 1.0
"""How far below black and above white the pages reach; a table that leaves them is looked up in floats."""

PROBES = 128
"""A square of so many random colours a side shows how far an atlas is off."""


Integers = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class Atlas:
    """Pages (256 * points x points x 3), and where each of the 256 values of a channel stands in them.

    `result` is what the pages' values stand for, 1 x 256 or 1 x 65536: colours beyond white are clamped only after
    they have been interpolated.
    """

    pages: Integers
    across: npt.NDArray[np.float32]
    down: npt.NDArray[np.float32]
    page: npt.NDArray[np.float32]
    result: Integers

    def look_up(self, band: npt.NDArray[np.uint8], out: Integers) -> None:
        """Fill `out`, of the result's depth, with what becomes of the colours of `band`, h x w x 3."""
        shape = band.shape[:2]
        x, y, top = (scratch(f"atlas_{name}", shape, np.float32) for name in "xyt")
        red, green, blue = cv2.split(band)
        cv2.LUT(red, self.across, dst=x)
        cv2.LUT(green, self.down, dst=y)
        cv2.LUT(blue, self.page, dst=top)
        cv2.add(y, top, dst=y)
        found = scratch("atlas_found", band.shape, self.pages.dtype)
        cv2.remap(self.pages, x, y, cv2.INTER_LINEAR, dst=found, borderMode=cv2.BORDER_REPLICATE)
        cv2.LUT(found, self.result, dst=out)


def draw_atlas(
    change: Callable[[Colors], Colors], nodes: Floats, entries: Floats, *, depth: npt.DTypeLike, target: npt.DTypeLike
) -> Atlas:
    """The atlas of a change of colours 0..1, straight between its nodes; what it returns may leave 0..1.

    `nodes` are rising positions 0..1 along every axis, points x 3, the first 0 and the last 1; `entries` what stands
    for each of the 256 values of a channel, 256 x 3 in 0..1; `depth` is that of the pages, `target` of the result.
    """
    count = len(nodes)
    green, red = np.meshgrid(nodes[:, 1], nodes[:, 0], indexing="ij")
    slices = np.empty((count, count, count, 3), np.float32)
    for index, blue in enumerate(nodes[:, 2]):
        slices[index] = change(np.stack([red, green, np.full_like(red, blue)], axis=-1))
    places = [np.interp(entries[:, channel], nodes[:, channel], np.arange(count)) for channel in range(3)]
    lower = np.minimum(places[2].astype(np.intp), count - 2)
    share = (places[2] - lower).astype(np.float32)
    slices = np.clip(slices, -OVERSHOOT, 1 + OVERSHOOT)
    low, high = min(0.0, float(slices.min())), max(1.0, float(slices.max()))
    pages = np.empty((256, count, count, 3), depth)
    top = np.iinfo(pages.dtype).max
    for value in range(256):
        page = slices[lower[value]] + share[value] * (slices[lower[value] + 1] - slices[lower[value]])
        pages[value] = np.rint((page - low) * (top / (high - low)))
    stands_for = np.clip(np.linspace(low, high, top + 1), 0, 1) * np.iinfo(np.dtype(target)).max
    tops = np.arange(256) * count
    across, down, page_tops = (line.astype(np.float32)[None] for line in (places[0], places[1], tops))
    return Atlas(
        pages.reshape(256 * count, count, 3), across, down, page_tops, np.rint(stands_for).astype(target)[None]
    )


def refine_positions(positions: Floats) -> Floats:
    """The same positions (points x 3) and evenly spaced ones between them, at least `MIN_ATLAS_POINTS` in all."""
    times = -(-(MIN_ATLAS_POINTS - 1) // (len(positions) - 1))
    fine = np.arange((len(positions) - 1) * times + 1) / times
    columns = [np.interp(fine, np.arange(len(positions)), positions[:, channel]) for channel in range(3)]
    return np.stack(columns, axis=-1)


def largest_error(
    atlas: Atlas,
    change: Callable[[Colors], Colors],
    entries: Floats,
    later: Sequence[Callable[[Colors, None], Colors]] = (),
) -> float:
    """By how many 8-bit levels the atlas is off at most, on random colours and the corners, after what comes later."""
    colors = np.random.default_rng(0).integers(0, 256, (PROBES, PROBES, 3), dtype=np.uint8)
    colors[0, :8] = [[red, green, blue] for red in (0, 255) for green in (0, 255) for blue in (0, 255)]
    looked_up = np.empty(colors.shape, atlas.result.dtype)
    atlas.look_up(colors, looked_up)
    meant = np.stack([entries[colors[..., channel], channel] for channel in range(3)], axis=-1)
    found: Colors = looked_up / np.iinfo(atlas.result.dtype).max
    exact: Colors = np.clip(change(meant), 0, 1)
    for stage in later:
        found, exact = stage(found, None), stage(exact, None)
    return 255 * float(np.abs(found - exact).max())
