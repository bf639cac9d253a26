"""Halftone screens: a pattern of thresholds whose dots grow as the picture gets darker."""

from __future__ import annotations

import math

import numpy as np

from effects.image import Colors, Floats, Place
from effects.kernels.turn import direction

EVEN = (1.6748, -2.2448, 2.9031, -1.3331)
"""sin(x) sin(y) is not spread evenly over -1..1; this odd polynomial of it is, within 0.014 (fitted to 16 M points)."""


def paper_shown(light: Floats, place: Place, spacing: float, angle: float, shape: str) -> Floats:
    """How much paper shows at each place, 0..1: on average as much as there is light, edges a pixel wide.

    Dots, lines or squares stand `spacing` shorter sides apart, their rows turned by `angle` degrees, clockwise.
    """
    pitch = spacing * place.frame.short
    if shape == "square":
        return _beside_squares(light, *_lattice(place, spacing, angle), 1 / np.maximum(1.0, pitch).item())
    threshold = thresholds(place, spacing, angle, shape).astype(light.dtype, copy=False)
    return screened_light(light, threshold, np.maximum(1.0, pitch / 2).item())


def _lattice(place: Place, spacing: float, angle: float) -> tuple[Floats, Floats]:
    """How far each pixel is from the nearest column and row of the screen, 0..0.5 of their distance; each h x W."""
    cosine, sine = (part / (2 * spacing) for part in direction(angle))
    across, down = place.x * cosine + place.y * sine, place.y * cosine - place.x * sine
    return np.abs(across - np.rint(across)), np.abs(down - np.rint(down))


def _beside_squares(light: Floats, across: Floats, down: Floats, pixel: float) -> Floats:
    """What squares of ink leave free of a pixel: the part of it that two bands cover which cross each other.

    Squares of so even a shape have no thresholds that would do: a whole row of pixels has the same.
    """
    half = np.sqrt(1 - light) / 2

    def covered(away: Floats) -> Floats:
        to_edge, from_other = (half - away) / pixel + 0.5, (half + away) / pixel + 0.5
        own = np.clip(to_edge, 0, 1) + np.clip(from_other, 0, 1) - 1
        return own + np.clip(from_other - 1 / pixel, 0, 1)  # and by the band beside it

    return (1 - covered(across) * covered(down)).astype(light.dtype, copy=False)


def thresholds(place: Place, spacing: float, angle: float, shape: str) -> Floats:
    """Thresholds 0..1, h x W, evenly spread, of a screen of dots or lines.

    The dots are those of the dotScreen shader of glfx.js (Evan Wallace), sin(x) * sin(y), turned by 45 degrees.
    """
    if shape == "dot":
        cosine, sine = (part / (2 * spacing) for part in direction(angle))
        across = _wave(place, cosine, sine)
        across += _wave(place, -sine, cosine)
        p = across / 2
        squared = p * p
        even = ((EVEN[3] * squared + EVEN[2]) * squared + EVEN[1]) * squared + EVEN[0]
        return 0.5 + 0.5 * p * even
    return 1 - 2 * _lattice(place, spacing, angle)[1]


def _wave(place: Place, across: float, down: float) -> Floats:
    """cos(2 pi (across * x + down * y)), from the cosines and sines of the rows and columns alone."""
    x, y = (2 * math.pi * across) * place.x, (2 * math.pi * down) * place.y
    wave = np.cos(y) * np.cos(x)
    wave -= np.sin(y) * np.sin(x)
    return wave


def screened_light(light: Floats, threshold: Floats, sharpness: float) -> Floats:
    """How much paper shows, 0..1: an edge as wide as 1 / `sharpness` thresholds, on average as much as there is light.

    The edge would lift black and dim white; within half its width of either end, light is bent to 2 sqrt(half * light)
    - half, so that the average stays.
    """
    half = 0.5 / sharpness
    level = light - 0.5
    from_end = 0.5 - np.abs(level)
    near = np.clip(from_end, 0, half)
    bent = from_end - near
    bent += np.sqrt(near * (4 * half))
    level = np.copysign((0.5 + half) - bent, level)
    level -= threshold
    level *= sharpness
    level += 0.5 + 0.5 * sharpness
    return np.clip(level, 0, 1, out=level)


def ink_unless_shown(colors: Colors, shown: Floats, ink: Floats, paper: Floats) -> Colors:
    """Ink where nothing of the paper is shown; laid out in memory as `colors` are."""
    out = np.empty_like(colors)
    for channel in range(3):
        np.multiply(shown, (paper[channel] - ink[channel]).item(), out=out[..., channel])
        out[..., channel] += ink[channel].item()
    return out
