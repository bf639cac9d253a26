"""A picture and what a step made of it, mixed by a map: 0 keeps every bit of the one, 255 of the other."""

from __future__ import annotations

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

BLEND_BYTES = 18
"""What a band of a blend holds of each pixel."""


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
    """Fill rows of `out`, which may be those of `after`; most bands of most masks are all of the one or the other."""
    least, most, *_ = cv2.minMaxLoc(plane)
    if most == 0:
        np.copyto(out, before)
    elif least == 255:
        if out is not after:
            np.copyto(out, after)
    else:
        # cv2 divides by the sum of both weights and 1e-5: whole weights up to 255 leave every bit as it is.
        weight, rest = (scratch(name, plane.shape, np.float32) for name in ("weight", "rest"))
        np.copyto(weight, plane)
        np.subtract(np.float32(255), weight, out=rest)
        mixed = cv2.blendLinear(before, after, rest, weight)
        np.copyto(out, mixed.reshape(out.shape))


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
