"""Blend modes: how a source colour is laid over a backdrop.

Source: W3C Compositing and Blending Level 1, section 10. All take floating ... x 3 in 0..1 and return the blended
colour B(backdrop, source); the mixture by the source's alpha is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from effects.image import Colors, Floats
from effects.kernels.extremes import largest, smallest

LUM = (0.3, 0.59, 0.11)

MIN_SATURATION = 1 / 512
"""Channels closer than half an 8-bit level have no hue of their own: what sets them apart is rounding."""


def multiply(backdrop: Colors, source: Colors) -> Colors:
    """Both darken each other."""
    return backdrop * source


def screen(backdrop: Colors, source: Colors) -> Colors:
    """Both lighten each other."""
    return backdrop + source - backdrop * source


def overlay(backdrop: Colors, source: Colors) -> Colors:
    """Multiply or screen, as the backdrop decides."""
    return hard_light(source, backdrop)


def color_dodge(backdrop: Colors, source: Colors) -> Colors:
    """The backdrop brightened to reflect the source."""
    room = 1 - source
    dodged = np.minimum(1, backdrop / np.where(room > 0, room, 1))
    return np.where(backdrop <= 0, 0, np.where(room > 0, dodged, 1))


def color_burn(backdrop: Colors, source: Colors) -> Colors:
    """The backdrop darkened to reflect the source."""
    burnt = 1 - np.minimum(1, (1 - backdrop) / np.where(source > 0, source, 1))
    return np.where(backdrop >= 1, 1, np.where(source > 0, burnt, 0))


def hard_light(backdrop: Colors, source: Colors) -> Colors:
    """Multiply or screen, as the source decides."""
    return np.where(source <= 0.5, multiply(backdrop, 2 * source), screen(backdrop, 2 * source - 1))


def soft_light(backdrop: Colors, source: Colors) -> Colors:
    """Darken or lighten, as by a soft spotlight."""
    # The specification's D in two halves that meet in 0.5 at 0.25: quicker than choosing one for each pixel.
    dark = np.minimum(backdrop, 0.25)
    up = ((16 * dark - 12) * dark + 4) * dark
    up += np.sqrt(np.maximum(backdrop, 0.25)) - 0.5
    up -= backdrop
    down = backdrop - backdrop * backdrop
    # One of the two sides is 0 everywhere; memory asked for anew would cost as much as the arithmetic.
    side = 2 * source - 1
    up *= np.maximum(side, 0)
    down *= np.minimum(side, 0)
    up += down
    up += backdrop
    return up


def difference(backdrop: Colors, source: Colors) -> Colors:
    """How far apart they are."""
    return np.abs(backdrop - source)


def exclusion(backdrop: Colors, source: Colors) -> Colors:
    """As difference, with less contrast."""
    return backdrop + source - 2 * backdrop * source


def hue(backdrop: Colors, source: Colors) -> Colors:
    """The source's hue with the backdrop's saturation and luminosity."""
    return _with_lum(_with_sat(source, _sat(backdrop)), _lum(backdrop))


def saturation(backdrop: Colors, source: Colors) -> Colors:
    """The source's saturation with the backdrop's hue and luminosity."""
    return _with_lum(_with_sat(backdrop, _sat(source)), _lum(backdrop))


def color(backdrop: Colors, source: Colors) -> Colors:
    """The source's hue and saturation with the backdrop's luminosity."""
    return _with_lum(source, _lum(backdrop))


def luminosity(backdrop: Colors, source: Colors) -> Colors:
    """The source's luminosity with the backdrop's hue and saturation."""
    return _with_lum(backdrop, _lum(source))


BLEND_MODES: Mapping[str, Callable[[Colors, Colors], Colors]] = MappingProxyType(
    {
        "multiply": multiply,
        "screen": screen,
        "overlay": overlay,
        "darken": np.minimum,
        "lighten": np.maximum,
        "color-dodge": color_dodge,
        "color-burn": color_burn,
        "hard-light": hard_light,
        "soft-light": soft_light,
        "difference": difference,
        "exclusion": exclusion,
        "hue": hue,
        "saturation": saturation,
        "color": color,
        "luminosity": luminosity,
    }
)
"""CSS name -> B(backdrop, source)."""

MIXING = frozenset({"hue", "saturation", "color", "luminosity"})
"""The modes in which a channel depends on the others."""


def _lum(colors: Colors) -> Floats:
    red, green, blue = LUM
    return red * colors[..., :1] + green * colors[..., 1:2] + blue * colors[..., 2:]


def _sat(colors: Colors) -> Floats:
    return largest(colors) - smallest(colors)


def _with_lum(colors: Colors, lum: Floats) -> Colors:
    moved = colors + (lum - _lum(colors))
    below, above = lum - smallest(moved), largest(moved) - lum
    shrink = np.minimum(_ratio(lum, below), _ratio(1 - lum, above))
    return lum + (moved - lum) * np.minimum(shrink, 1)


def _ratio(room: Floats, needed: Floats) -> Floats:
    return np.where(needed > room, room / np.where(needed > 0, needed, 1), 1)


def _with_sat(colors: Colors, sat: Floats) -> Colors:
    return (colors - smallest(colors)) * (sat / np.maximum(_sat(colors), MIN_SATURATION))
