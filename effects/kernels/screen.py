"""Halftone screens: a pattern of thresholds whose dots grow as the picture gets darker."""

from __future__ import annotations

import math

import numpy as np

from effects.image import Colors, Floats, Place

EVEN = (1.6748, -2.2448, 2.9031, -1.3331)
"""sin(x) sin(y) is not spread evenly over -1..1; this odd polynomial of it is, within 0.014 (fitted to 16 M points)."""


def thresholds(place: Place, spacing: float, angle: float, shape: str) -> Floats:
    """Thresholds 0..1, h x W, evenly spread, so that as much paper shows as there is light.

    Dots, lines or squares stand `spacing` shorter sides apart, their rows turned by `angle` degrees, clockwise. The
    dots are those of the dotScreen shader of glfx.js (Evan Wallace), sin(x) * sin(y), turned by 45 degrees.
    """
    cosine, sine = math.cos(math.radians(angle)) / (2 * spacing), math.sin(math.radians(angle)) / (2 * spacing)
    if shape == "dot":
        across = _wave(place, cosine, sine)
        across += _wave(place, -sine, cosine)
        p = across / 2
        squared = p * p
        even = ((EVEN[3] * squared + EVEN[2]) * squared + EVEN[1]) * squared + EVEN[0]
        return 0.5 + 0.5 * p * even
    down = place.y * cosine - place.x * sine
    from_line = 2 * np.abs(down - np.rint(down))
    if shape == "line":
        return 1 - from_line
    across = place.x * cosine + place.y * sine
    from_row = 2 * np.abs(across - np.rint(across))
    return 1 - np.maximum(from_line, from_row) ** 2


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


def inked(colors: Colors, shown: Floats, ink: Floats, paper: Floats) -> Colors:
    """Ink where nothing of the paper is shown; laid out in memory as `colors` are."""
    out = np.empty_like(colors)
    for channel in range(3):
        np.multiply(shown, float(paper[channel] - ink[channel]), out=out[..., channel])
        out[..., channel] += float(ink[channel])
    return out
