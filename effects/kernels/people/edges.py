"""Edges of what is in front, cleaned of what is behind: the front's own colours there, and how much of it there is.

A pixel at an edge is share * front + (1 - share) * behind. What is behind it is the mean of what surely is nearby, and
the front's colour is what then is left; so are both in Forte, Approximate Fast Foreground Colour Estimation, 2021. A
share by which no colour could be left is too small, and one of a pixel that is as those behind it is too large.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Alpha, Image
from effects.kernels.enlarging import reduce_to
from effects.kernels.gaussian import gaussian
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

Plane = npt.NDArray[np.float32]

SIDE = 480
"""Pixels of the shorter side of the picture in which colours are averaged: they change little from pixel to pixel."""

REACHES = 0.2, 0.05, 0.025, 0.012, 0.006
"""Standard deviations of averages in shares of the shorter side, the widest first; the nearest that knows counts."""

SURE = 64
"""The power of a share by which it counts in an average: half of what is a per cent from sure, nothing of edges."""

LITTLE = 0.02
"""So much of what counts around a pixel weighs as much as the next wider average does."""

UNKNOWN = np.float32(1e-6)
"""So little of it weighs as much as the picture's own colour: nothing is sure for far around."""

SLACK = 8.0
"""Levels by which a colour may lie beyond black and white before its share counts as too small."""

ALIKE = 0.5
"""A pixel that is so much nearer to what is behind it than its share says has a smaller one."""

CONTRAST = 60.0
"""Levels between the colours of both sides at which half of that is believed: sides that are alike tell nothing."""

COLUMNS = 256
"""In rows of so many points the small picture is looked up at those of edges: `cv2.remap` takes no longer ones."""


def clean_edges(image: Image, plane: Alpha) -> tuple[Image, Alpha]:
    """The picture with its front's own colours where the map (0: behind, 255: in front) is between, and a better map.

    Elsewhere both are as they were.
    """
    small = reduce_to(image, SIDE)
    share = cv2.resize(plane, small.shape[1::-1], interpolation=cv2.INTER_AREA).reshape(small.shape[:2])
    share = share.astype(np.float32) / 255
    sides = cv2.merge([*cv2.split(nearby(small, share)), *cv2.split(nearby(small, 1 - share))])
    colors, better = sheet(image.shape), sheet(plane.shape)

    def work(rows: slice) -> None:
        np.copyto(colors[rows], image[rows])
        np.copyto(better[rows], plane[rows])
        down, across = np.nonzero(cv2.inRange(plane[rows], 1, 254))
        if not down.size:
            return
        found = look_up(sides, down + rows.start, across, plane.shape)
        seen = image[rows][down, across].astype(np.float32)
        front, behind = found[:, :3], found[:, 3:]
        part = better_share(seen, front, behind, plane[rows][down, across].astype(np.float32) / np.float32(255))
        own = behind + (seen - behind) / np.maximum(part, np.float32(1 / 255))[:, None]
        colors[rows][down, across] = np.rint(np.clip(own, 0, 255)).astype(np.uint8)
        better[rows][down, across] = np.rint(part * 255).astype(np.uint8)

    each_band(work, *plane.shape, bytes_per_pixel=60)
    return colors, better


def nearby(small: Image, share: Plane) -> Plane:
    """The colours around each pixel of what is surely in front (`share` 1), in levels; h x w x 3."""
    weight = share**SURE
    known = cv2.merge([*(plane * weight for plane in cv2.split(small)), weight])
    colors: Plane = small.astype(np.float32)
    little = UNKNOWN
    for reach in REACHES:
        mean = gaussian(known, reach * min(share.shape))
        colors = (mean[..., :3] + little * colors) / (mean[..., 3:] + little)
        little = np.float32(LITTLE)
    return colors


def look_up(picture: Plane, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], shape: tuple[int, ...]) -> Plane:
    """The small picture's values at pixels of one of this shape, bilinear: n x channels."""
    room = -len(rows) % COLUMNS
    down, across = (
        np.pad(((at + 0.5) * (own / length) - 0.5).astype(np.float32), (0, room), mode="edge").reshape(-1, COLUMNS)
        for at, own, length in ((rows, picture.shape[0], shape[0]), (columns, picture.shape[1], shape[1]))
    )
    found = [
        cv2.remap(part, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).reshape(-1, 3)[: len(rows)]
        for part in (np.ascontiguousarray(picture[..., :3]), np.ascontiguousarray(picture[..., 3:]))
    ]
    return np.hstack(found)


def better_share(seen: Plane, front: Plane, behind: Plane, share: Plane) -> Plane:
    """How much of each pixel (n x 3) is the front's, better than the map says (n)."""
    off, contrast = distance(seen, behind), distance(front, behind)
    believed = contrast**2 / (contrast**2 + np.float32(CONTRAST**2))
    alike = np.clip(off / np.maximum(ALIKE * share * contrast, 1), 0, 1)
    shrunk = share * (1 - believed * (1 - alike))
    above, below = seen - behind - np.float32(SLACK), behind - seen - np.float32(SLACK)
    least = np.maximum(above / np.maximum(255 - behind, 1), below / np.maximum(behind, 1)).max(axis=1)
    return np.clip(np.maximum(shrunk, least), 0, 1)


def distance(one: Plane, other: Plane) -> Plane:
    """How far colours (n x 3) are apart, in levels."""
    difference = one - other
    return np.sqrt(np.einsum("nc,nc->n", difference, difference))
