"""Stray light: soft ellipses of colour, and the screen they are thrown onto."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from effects.chance import THROWS, seed_and_throw
from effects.image import Colors, Floats, Frame, Place
from effects.kernels.smoothstep import smoothstep


@dataclass(frozen=True)
class Glow:
    """An ellipse of light: its centre as a point, its half axes in the same units, its colour and its opacity."""

    centre: tuple[float, float]
    axes: tuple[float, float]
    color: tuple[float, float, float]
    opacity: float


DRIFT = 60
"""Throws, two seconds of them, from one shape of a leak to the next: light that jumped every frame would flash."""


@lru_cache(maxsize=8)
def leaks(frame: Frame, *, x: float, y: float, hue: float, radius: float, amount: float, seed: int) -> tuple[Glow, ...]:
    """Three glows that are one leak: a wide deep one, a narrower one and a pale core, each a little out of line."""
    glows = []
    layers = (1.9, -14, 0.5, 0.95), (1.2, 0, 0.55, 0.95), (0.7, 18, 0.7, 0.9)
    for (size, turn, lightness, share), (aside, axes) in zip(layers, drift(seed), strict=True):
        across, down = frame.at(x, y) + aside * radius
        wide, high = 2 * radius * size * axes
        color = colorsys.hls_to_rgb((hue + turn) % 360 / 360, lightness, 1.0)
        glows.append(Glow((float(across), float(down)), (float(wide), float(high)), color, amount * share))
    return tuple(glows)


def drift(seed: int) -> list[tuple[Floats, Floats]]:
    """How far each of the three is out of line and how long its axes are, on the way from one shape to the next."""
    seed, throw = seed_and_throw(seed)
    turn, step = divmod(throw, DRIFT)
    way = smoothstep(step / DRIFT)
    begin, end = shapes(seed, turn), shapes(seed, (turn + 1) % (THROWS // DRIFT))
    return [
        (aside + way * (aside2 - aside), axes + way * (axes2 - axes))
        for (aside, axes), (aside2, axes2) in zip(begin, end, strict=True)
    ]


def shapes(seed: int, turn: int) -> list[tuple[Floats, Floats]]:
    """What chance says of the three ellipses: away from the point, x and y, and half axes, all in shares."""
    chance = np.random.default_rng([seed, turn] if turn else seed)
    return [(chance.uniform(-0.35, 0.35, 2), chance.uniform((0.6, 0.9), (1.0, 1.5))) for _ in range(3)]


def falloff(distance_squared: Floats) -> Floats:
    """How much light is left at a squared distance from the centre (1 at the rim): (1 - d^2)^2, no edge to be seen."""
    return np.square(1 - np.minimum(distance_squared, 1))


def screen_glows(colors: Colors, place: Place, glows: Sequence[Glow]) -> Colors:
    """The colours with every glow screened onto them: 1 - (1 - c) * (1 - opacity * falloff * color)."""
    dark = np.empty((3, *colors.shape[:2]), colors.dtype)
    np.subtract(1, np.moveaxis(colors, -1, 0), out=dark)
    for glow in glows:
        across = np.square((place.x - glow.centre[0]) / glow.axes[0])
        down = np.square((place.y - glow.centre[1]) / glow.axes[1])
        columns, rows = np.flatnonzero(across < 1), np.flatnonzero(down < 1)
        if not (columns.size and rows.size):
            continue
        # An ellipse often covers a part of the picture only: what lies outside its box is left alone.
        box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        light = falloff(across[:, box[1]] + down[box[0]]).astype(colors.dtype, copy=False)
        for channel, value in enumerate(glow.color):
            dark[channel, *box] *= 1 - light * (glow.opacity * value)
    return np.moveaxis(np.subtract(1, dark, out=dark), 0, -1)
