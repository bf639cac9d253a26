"""Photographs given other exposure, light and contrast, each alone or all together, and how many Auto brings nearer.

`python -m tests.spoilt` prints a table of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from skimage import data
from skimage.color import rgb2lab

from effects import auto_steps
from effects.image import Image, fit
from effects.kernels.transfer import from_linear, to_linear
from tests.pictures import difference

LOOKED_AT = ("astronaut", "chelsea", "coffee", "motorcycle", "rocket")
"""Photographs that scikit-image brings along: a portrait, a cat, a cup on a table, a garage, a night."""

FAULTS = ("exposure", "cast", "contrast", "together")

CASES = 40
"""Of each fault."""

LONGER_SIDE = 320

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Tally:
    """How many of `CASES` come nearer, by levels and by Lab, and how far off they are in levels before and after."""

    nearer: int
    nearer_in_lab: int
    before: float
    after: float


@cache
def photo(name: str) -> Image:
    """One of the photographs as it is."""
    image: Image = data.stereo_motorcycle()[0] if name == "motorcycle" else getattr(data, name)()
    return np.ascontiguousarray(image)


def spoilt(image: Image, stops: float, gains: list[float], contrast: float) -> Image:
    """Another exposure and colour of light in linear light, then another contrast around the middle."""
    light = to_linear(np.arange(256) / 255)[:, None] * 2**stops * np.array(gains)
    values = (from_linear(np.clip(light, 0, 1)) - 0.5) * contrast + 0.5
    table = np.rint(255 * np.clip(values, 0, 1)).astype(np.uint8)
    return np.stack([table[image[..., channel], channel] for channel in range(3)], axis=-1)


@cache
def cases(fault: str) -> list[tuple[Image, Image]]:
    """Parts of the photographs, good and bad: up to 1.2 stops, a whole one between red and blue, 0.6 to 1.4."""
    found = []
    for number in range(CASES):
        chance = np.random.default_rng([number, FAULTS.index(fault)])
        whole = photo(LOOKED_AT[number % len(LOOKED_AT)])
        height, width = (int(side * share) for side, share in zip(whole.shape, chance.uniform(0.7, 1, 2), strict=False))
        top, left = (int(chance.integers(0, more + 1)) for more in (whole.shape[0] - height, whole.shape[1] - width))
        part = whole[top : top + height, left : left + width]
        good = cv2.resize(part, fit(width, height, LONGER_SIDE), interpolation=cv2.INTER_AREA)
        stops = chance.choice([-1, 1]) * chance.uniform(0.4, 1.2)
        warm, tint = chance.choice([-1, 1]) * chance.uniform(0.15, 0.5), chance.uniform(-0.1, 0.1)
        contrast = chance.choice([chance.uniform(0.6, 0.85), chance.uniform(1.15, 1.4)])
        gains = [2**warm, 2**tint, 2**-warm]
        bad = spoilt(
            np.asarray(good, np.uint8),
            stops if fault in ("exposure", "together") else 0,
            gains if fault in ("cast", "together") else [1, 1, 1],
            contrast if fault in ("contrast", "together") else 1,
        )
        found.append((np.asarray(good, np.uint8), bad))
    return found


@cache
def tally(fault: str) -> Tally:
    """What Auto makes of the cases of a fault."""
    rows = []
    for good, bad in cases(fault):
        new = auto_steps(bad)(bad)
        rows.append(
            [difference(bad, good)[0], difference(new, good)[0], lab_distance(bad, good), lab_distance(new, good)]
        )
    before, after, before_in_lab, after_in_lab = np.array(rows).T
    nearer, in_lab = (after < before).sum(), (after_in_lab < before_in_lab).sum()
    return Tally(int(nearer), int(in_lab), float(before.mean()), float(after.mean()))


def lab_distance(one: Image, other: Image) -> float:
    """How far two pictures are from each other on average in Lab, by every third pixel, which says the same."""
    away: Array = rgb2lab(one[::3, ::3]) - rgb2lab(other[::3, ::3])
    return float(np.linalg.norm(away, axis=-1).mean())


if __name__ == "__main__":
    print(f"{'':10} nearer  in Lab   levels off")
    for name in FAULTS:
        row = tally(name)
        shares = f"{row.nearer / CASES:6.0%}  {row.nearer_in_lab / CASES:6.0%}"
        print(f"{name:10} {shares}   {row.before:.1f} -> {row.after:.1f}")
    for name in LOOKED_AT:
        moved = difference(auto_steps(photo(name))(photo(name)), photo(name))[0]
        print(f"{name:10} as it is moves by {moved:.1f} levels")
