"""Blend modes and gradients written down once more, in float64 NumPy, from the W3C's two documents on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.plain_formulas import Array, centres, swatch

LUM = np.array([0.3, 0.59, 0.11])


def multiply(b: Array, s: Array) -> Array:
    return b * s


def screen(b: Array, s: Array) -> Array:
    return b + s - b * s


def hard_light(b: Array, s: Array) -> Array:
    return np.where(s <= 0.5, multiply(b, 2 * s), screen(b, 2 * s - 1))


def color_dodge(b: Array, s: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b == 0, 0, np.where(s == 1, 1, np.minimum(1, b / (1 - s))))


def color_burn(b: Array, s: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b == 1, 1, np.where(s == 0, 0, 1 - np.minimum(1, (1 - b) / s)))


def soft_light(b: Array, s: Array) -> Array:
    curve = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
    return np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (curve - b))


def lum(color: Array) -> Array:
    return (color @ LUM)[..., None]


def clip_color(color: Array) -> Array:
    light, least, most = lum(color), color.min(axis=-1, keepdims=True), color.max(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        color = np.where(least < 0, light + (color - light) * light / (light - least), color)
        return np.where(most > 1, light + (color - light) * (1 - light) / (most - light), color)


def set_lum(color: Array, light: Array) -> Array:
    return clip_color(color + light - lum(color))


def sat(color: Array) -> Array:
    return np.ptp(color, axis=-1, keepdims=True)


def set_sat(color: Array, saturation: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        stretched = (color - color.min(axis=-1, keepdims=True)) * saturation / sat(color)
    return np.where(sat(color) > 0, stretched, 0)


MODES: dict[str, Callable[[Array, Array], Array]] = {
    "multiply": multiply,
    "screen": screen,
    "overlay": lambda b, s: hard_light(s, b),
    "darken": np.minimum,
    "lighten": np.maximum,
    "color-dodge": color_dodge,
    "color-burn": color_burn,
    "hard-light": hard_light,
    "soft-light": soft_light,
    "difference": lambda b, s: np.abs(b - s),
    "exclusion": lambda b, s: b + s - 2 * b * s,
    "hue": lambda b, s: set_lum(set_sat(s, sat(b)), lum(b)),
    "saturation": lambda b, s: set_lum(set_sat(b, sat(s)), lum(b)),
    "color": lambda b, s: set_lum(s, lum(b)),
    "luminosity": lambda b, s: set_lum(b, lum(s)),
}


def along(picture: Array, **p: Any) -> Array:
    """CSS: 0..1 along the line of a linear gradient, or from a circle's centre to the farthest corner."""
    height, width = picture.shape[:2]
    x, y = centres(picture)
    if p["shape"] == "linear":
        right, up = np.sin(np.radians(p["angle"])), np.cos(np.radians(p["angle"]))
        return 0.5 + ((x - width / 2) * right - (y - height / 2) * up) / (abs(width * right) + abs(height * up))
    centre = p["x"] * width, p["y"] * height
    farthest = max(np.hypot(centre[0] - across, centre[1] - down) for across in (0, width) for down in (0, height))
    return np.hypot(x - centre[0], y - centre[1]) / farthest


def overlay(picture: Array, **p: Any) -> Array:
    """A colour or a gradient over the picture: (1 - a) B + a blend(B, S), stops interpolated premultiplied."""
    first = np.array([*(swatch(p["color"]) * p["opacity"]), p["opacity"]])
    second = np.array([*(swatch(p["color2"]) * p["opacity2"]), p["opacity2"]])
    if p["shape"] == "solid":
        layer = np.broadcast_to(first, (*picture.shape[:2], 4))
    else:
        t, end = along(picture, **p), max(p["start"], p["end"])
        share = np.clip((t - p["start"]) / max(end - p["start"], 1e-12), 0, 1)[..., None]
        layer = first * (1 - share) + second * share
        before, after = p["extend"] in ("both", "before"), p["extend"] in ("both", "after")
        outside = (t < p["start"]) & (not before) | (t >= end) & (not after)
        layer = np.where(outside[..., None], 0, layer)
    alpha = layer[..., 3:]
    source = layer[..., :3] / np.where(alpha > 0, alpha, 1)
    return picture + alpha * (MODES[p["mode"]](picture, source) - picture)
