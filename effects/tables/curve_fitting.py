"""Curves through few points, so placed that as many of 256 levels as can be come out between them as they should.

Source: Bellman and Roth, Curve fitting by segmented straight lines, 1969.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from effects.image import Floats

LEVELS = np.arange(256)

OFFSETS = (8 * np.sinh(np.linspace(-4, 4, 81)) / np.sinh(4), np.linspace(-0.4, 0.4, 41))
"""How far, in levels, a point is moved: as far as a clamp bends a curve between two, then by little."""

HAIR = 0.02
"""By how many levels another program may be off in looking up a point's neighbourhood, and still round as is meant."""

NEARNESS = 0.02
"""What a level counts that no rounding shows, beside one that is seen."""

END_WEIGHT = 8.0
"""What black and white count beside any other level: no photo has more of one than of these."""


def fit_curve(meant: Floats, sampled: Floats) -> Floats:
    """The points, evenly from black to white, of a curve whose 256 levels are `meant` (0..1); at first, `sampled`."""
    points = 255 * sampled
    if not misses_of(between(points), 255 * meant).any():
        return sampled
    for offsets in OFFSETS:
        points = placed(255 * meant, points, offsets)
    fitted: Floats = points / 255
    return fitted


def between(points: Floats) -> Floats:
    """What 256 levels become by straight lines from point to point."""
    left, share = parts(len(points))
    found: Floats = (1 - share) * points[left] + share * points[left + 1]
    return found


def parts(count: int) -> tuple[npt.NDArray[np.intp], Floats]:
    """For 256 levels, which point each lies behind, and which share of the way to the next one."""
    along = LEVELS / 255 * (count - 1)
    left = np.minimum(along.astype(np.intp), count - 2)
    return left, along - left


def misses_of(found: Floats, meant: Floats) -> Floats:
    """By how many levels results are off once they are rounded, though they were looked up a hair off."""
    rounded = (np.rint(np.clip(found + side, 0, 255)) for side in (-HAIR, HAIR))
    misses: Floats = sum((np.abs(each - np.rint(meant)) / 2 for each in rounded), np.zeros(()))
    return misses


def placed(meant: Floats, points: Floats, offsets: Floats) -> Floats:
    """The points, each moved by one of the offsets: those that cost least, of all there are.

    From point to point the least that leads to each choice is kept, and where it came from.
    """
    left, share = parts(len(points))
    weight = np.where((LEVELS == 0) | (LEVELS == 255), END_WEIGHT, 1.0)[:, None, None]
    choices = points[:, None] + offsets
    least, ways = np.zeros(len(offsets)), []
    for index in range(len(points) - 1):
        here = left == index
        way, wanted = share[here, None, None], meant[here, None, None]
        found = (1 - way) * choices[index][:, None] + way * choices[index + 1]
        cost = misses_of(found, wanted) + NEARNESS * np.abs(np.clip(found, 0, 255) - wanted)
        leads = least[:, None] + (weight[here] * cost).sum(axis=0)
        ways.append(leads.argmin(axis=0))
        least = leads.min(axis=0)
    path = [int(least.argmin())]
    for way in reversed(ways):
        path.append(int(way[path[-1]]))
    return points + offsets[path[::-1]]
