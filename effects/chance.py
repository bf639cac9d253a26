"""Chance in time: a seed gives a still its bits, and live video a new throw many times a second."""

from __future__ import annotations

import math

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
