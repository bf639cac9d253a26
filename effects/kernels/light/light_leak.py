"""Stray light: soft ellipses of colour, and the screen they are thrown onto."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from effects.chance import THROWS, seed_and_throw
from effects.image import Colors, Floats, Frame, Place
from effects.kernels.smoothstep import smoothstep
from effects.memory.cache import number_cache


@dataclass(frozen=True)
class Glow:
    """An ellipse of light: its centre as a point, its half axes in the same units, its colour and its opacity."""

    centre: tuple[float, float]
    axes: tuple[float, float]
    color: tuple[float, float, float]
    opacity: float


DRIFT = 60
"""Throws, two seconds of them, from one shape of a leak to the next: light that jumped every frame would flash."""

SWAYS = 4
"""Times in all throws that the slowest part of a leak goes up and down where it is drawn: at the pace of `DRIFT`."""

ASIDE = np.array([-0.35, -0.35]), np.array([0.35, 0.35])
AXES = np.array([0.6, 0.9]), np.array([1.0, 1.5])
"""The least and the most, across and down, in shares of the leak's radius."""


@number_cache(maxsize=8)
def leaks(
    frame: Frame, *, x: float, y: float, hue: float, radius: float, amount: float, seed: int, throw: float = 0.0
) -> tuple[Glow, ...]:
    """Three glows that are one leak: a wide deep one, a narrower one and a pale core, each a little out of line."""
    glows = []
    layers = (1.9, -14, 0.5, 0.95), (1.2, 0, 0.55, 0.95), (0.7, 18, 0.7, 0.9)
    for (size, turn, lightness, share), (aside, axes) in zip(layers, swayed(drift(seed), throw), strict=True):
        across, down = frame.at(x, y) + aside * radius
        wide, high = 2 * radius * size * axes
        color = pure_color((hue + turn) % 360 / 360, lightness)
        glows.append(Glow((across.item(), down.item()), (wide.item(), high.item()), color, amount * share))
    return tuple(glows)


def pure_color(hue: float, lightness: float) -> tuple[float, float, float]:
    """The most saturated colour of a hue 0..1 and a lightness: to the bit what `colorsys.hls_to_rgb` says."""
    most = lightness * 2 if lightness <= 0.5 else lightness + 1 - lightness
    least = 2 * lightness - most

    def channel(at: float) -> float:
        rising, falling = least + (most - least) * at * 6, least + (most - least) * (2 / 3 - at) * 6
        return np.where(at < 1 / 6, rising, np.where(at < 1 / 2, most, np.where(at < 2 / 3, falling, least))).item()

    return channel((hue + 1 / 3) % 1), channel(hue % 1), channel((hue - 1 / 3) % 1)


def drift(seed: int) -> tuple[tuple[Floats, Floats], ...]:
    """How far each of the three is out of line and how long its axes are, on the way from one shape to the next."""
    seed, throw = seed_and_throw(seed)
    turn, step = divmod(throw, DRIFT)
    way = smoothstep(step / DRIFT)
    begin, end = shapes(seed, turn), shapes(seed, (turn + 1) % (THROWS // DRIFT))
    return tuple(
        (aside + way * (aside2 - aside), axes + way * (axes2 - axes))
        for (aside, axes), (aside2, axes2) in zip(begin, end, strict=True)
    )


def swayed(layers: tuple[tuple[Floats, Floats], ...], throw: Any) -> list[tuple[Any, Any]]:
    """Those of `drift`, so many throws later: as far and as quickly, by arithmetic alone."""
    return [
        (sway(aside, *ASIDE, place, throw), sway(axes, *AXES, place + 1, throw))
        for place, (aside, axes) in enumerate(layers)
    ]


def sway(begin: Floats, low: Floats, high: Floats, place: int, throw: Any) -> Any:
    """Two numbers between limits that go up and down, the one in other times than the other, from where they begin."""
    phase = np.arcsin(np.clip((2 * begin - low - high) / (high - low), -1, 1))
    speed = 2 * np.pi / THROWS * (SWAYS + np.array([place, place + 1]))
    return begin + (high - low) / 2 * (np.sin(phase + speed * throw) - np.sin(phase))


def shapes(seed: int, turn: int) -> list[tuple[Floats, Floats]]:
    """What chance says of the three ellipses: away from the point, x and y, and half axes, all in shares."""
    chance = np.random.default_rng([seed, turn] if turn else seed)
    return [(chance.uniform(*ASIDE), chance.uniform(*AXES)) for _ in range(3)]


def falloff(distance_squared: Floats) -> Floats:
    """How much light is left at a squared distance from the centre (1 at the rim): (1 - d^2)^2, no edge to be seen."""
    return np.square(1 - np.minimum(distance_squared, 1))


def screen_glows(colors: Colors, place: Place, glows: Sequence[Glow]) -> Colors:
    """The colours with every glow screened onto them: 1 - (1 - c) * (1 - opacity * falloff * color)."""
    dark = np.empty_like(colors, shape=(3, *colors.shape[:2]), order="C")
    np.subtract(1, np.moveaxis(colors, -1, 0), out=dark)
    for glow in glows:
        across = np.square((place.x - glow.centre[0]) / glow.axes[0])
        down = np.square((place.y - glow.centre[1]) / glow.axes[1])
        # An ellipse often covers a part of the picture only: what lies outside its box is left alone.
        box = place.box(across < 1, down < 1)
        if 0 in (box[0].stop, box[1].stop):
            continue
        light = falloff(across[:, box[1]] + down[box[0]]).astype(colors.dtype, copy=False)
        for channel, value in enumerate(glow.color):
            dark[channel, *box] *= 1 - light * (glow.opacity * value)
    return np.moveaxis(np.subtract(1, dark, out=dark), 0, -1)
