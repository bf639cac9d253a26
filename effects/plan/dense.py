"""A change of tones on floats by a dense table, straight between its entries: many times as quick as the formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Values
from effects.memory.scratch import Scratch

scratch = Scratch()

MAX_TABLE_ERROR = 1e-5
"""The most that a table may be off halfway between its entries, where it is worst: a 400th of an 8-bit level."""

Lines = npt.NDArray[np.float32]
"""3 x 1 x 65536: an entry for each channel and each 65535th of its range."""


@dataclass(frozen=True, eq=False)
class DenseTable:
    """The results for 65536 evenly spaced values 0..1, and how far it is from each to the next."""

    near: Lines
    rise: Lines

    def __call__(self, values: Values, _place: Any = None) -> Values:
        """The results for h x w x 3 float32 values 0..1, in new memory, each channel in a plane of its own."""
        height, width = values.shape[:2]
        result = np.empty((3, height, width), np.float32)
        place, beyond = (scratch(f"dense_{name}", (height, width), np.float32) for name in ("place", "beyond"))
        entry = scratch("dense_entry", (height, width), np.uint16)
        for channel in range(3):
            np.multiply(values[..., channel], np.float32(65535), out=place)
            np.copyto(entry, place, casting="unsafe")
            np.subtract(place, entry, out=place)
            cv2.LUT(entry, self.near[channel], dst=result[channel])
            cv2.LUT(entry, self.rise[channel], dst=beyond)
            np.multiply(beyond, place, out=beyond)
            np.add(result[channel], beyond, out=result[channel])
        return result.transpose(1, 2, 0)


def tabulate(change: Callable[[Values], Values]) -> DenseTable | None:
    """The change as a table; None if it jumps or bends so much that the table would show."""
    values = np.repeat(np.linspace(0, 1, 2 * 65535 + 1)[:, None], 3, axis=1)
    results: Floats = change(values)
    entries, between = results[::2], results[1::2]
    if np.abs(between - (entries[1:] + entries[:-1]) / 2).max() > MAX_TABLE_ERROR:
        return None
    near = np.ascontiguousarray(entries.T, np.float32)
    rise = np.diff(near, axis=1, append=near[:, -1:])
    return DenseTable(near[:, None], rise[:, None])
