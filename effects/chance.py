"""Chance in time: a seed gives a still its bits, and live video a new throw many times a second."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

SEEDS = 1_000_000
"""A recipe's seeds are below this. A number from here on is a seed together with which throw of it is meant."""

THROWS = 2100
"""After so many throws, 70 seconds at 30 a second, they come again: every number fits into 31 bits, as some generators
ask for, and a video of hours makes no more of them than one of a minute.
"""


def seed_at(seed: int, rate: float, t: float) -> int:
    """What a seed is at `t` seconds where chance is thrown anew `rate` times a second: at 0 seconds the seed itself.

    Throws change halfway between two multiples of 1 / rate, so that a video of that many frames a second has one for
    every frame however its clock trembles.
    """
    beats = t * rate + 0.5
    throw = math.floor(beats) % THROWS if math.isfinite(beats) else 0
    return seed % SEEDS + throw * SEEDS


def seed_and_throw(number: int) -> tuple[int, int]:
    """The seed in a number, and which throw of it is meant: 0 is a still's."""
    throw, seed = divmod(number, SEEDS)
    return seed, throw


STRIDES = (0.7548776662466927, 0.5698402909980532, 0.6180339887498949, 0.4142135623730951)
"""How far the throws of one choice after another lie apart, in turns: each by itself, as no two have a common measure.

Sources: 1 / p and 1 / p^2 of the plastic number p, 1 / the golden ratio, sqrt(2) - 1.
"""


def begin_of(throw: Any, choice: int, count: Any) -> Any:
    """Where a throw begins in `count` things that a seed has made, for one of a few choices; a still begins at 0.

    Arithmetic alone, so that a graphics card can be told without a word of the seed's own chance.

    >>> [int(begin_of(throw, 0, 1024)) for throw in range(5)]
    [0, 772, 19, 812, 79]
    """
    turns = throw * throw * STRIDES[choice]
    return np.floor(count * (turns - np.floor(turns)))
