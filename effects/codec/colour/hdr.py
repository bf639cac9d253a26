"""HDR pictures on an ordinary screen: how bright their light gets, and the curve that brings it into range.

The curve is the reference white tone mapping operator of SMPTE ST 2094-50, which is what Chromium shows: paper white
becomes darker the brighter the picture may get, and what is brighter than paper follows a parabola up to white.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats

Light = npt.NDArray[np.float32]

PAPER_WHITE = 203.0
"""Candelas per square metre of HDR reference white, ITU-R BT.2408."""

NOMINAL_PEAK = 1000.0
"""Candelas per square metre of the screen that HLG is meant for, and taken where a PQ picture states nothing."""

BRIGHTEST = 10000.0
"""Candelas per square metre at the top of PQ's curve, SMPTE ST 2084."""

DARKEST_PAPER = 0.5
"""Linear light that paper white keeps in pictures of 1000 cd/m2 and more."""

BEND = 0.65
"""How far along the straight line up to white the parabola's control point lies."""

TENTHS = 10000
"""Parts of a candela per square metre in which mastering displays, and all of PNG, are stated."""

BRIGHTNESS = np.array([[0.2627, 0.6780, 0.0593]], np.float32)
"""Luminance of linear BT.2020."""

SYSTEM_GAMMA = 1.2
"""HLG's on a screen of its nominal peak."""

BEYOND_PEAK = 0.1
"""What an averaging scale adds for each doubling of light above the peak."""


def stated_peak(found: Mapping[bytes, bytes]) -> float | None:
    """The brightest light, in cd/m2, by the `clli` and `mdcv` boxes of AVIF and HEIC or PNG's `cLLI` and `mDCV` chunks.

    The content's own maximum counts before that of the screen it was made on; 0 stands for unknown. ISO 14496-12,
    12.1.6 and 12.1.7; PNG specification, third edition, 11.3.2.7 and 11.3.2.8.
    """
    places = ((b"clli", ">H", 4, 0, 1), (b"cLLI", ">I", 8, 0, TENTHS), (b"mdcv", ">I", 24, 16, TENTHS),
              (b"mDCV", ">I", 24, 16, TENTHS))  # fmt: skip
    for kind, number, size, at, parts in places:
        content = found.get(kind, b"")
        if len(content) == size and (light := struct.unpack_from(number, content, at)[0]):
            return float(light / parts)
    return None


def tone_curve(peak: float) -> tuple[Floats, Floats]:
    """Light in multiples of paper white, and the linear light it is shown as, for a picture of this peak in cd/m2."""
    top = peak / PAPER_WHITE
    if top <= 1:
        return np.array([0.0, 1.0]), np.array([0.0, 1.0])
    white = 1 - (1 - DARKEST_PAPER) * min(np.log(top) / np.log(NOMINAL_PEAK / PAPER_WHITE), 1)
    along = np.linspace(0, 1, 257)
    light = bezier(along, 1, (1 - BEND) + BEND / white, top)
    shown = bezier(along, white, (1 - BEND) * white + BEND, 1)
    return np.concatenate([[0], light]), np.concatenate([[0], shown])


def bezier(along: Floats, start: float, control: float, end: float) -> Floats:
    """One coordinate of a quadratic Bezier curve."""
    return np.asarray((1 - along) ** 2 * start + 2 * along * (1 - along) * control + along**2 * end)


def display_light(light: Light) -> Light:
    """HLG's light of the scene, H x W x 3, as that of the screen it is meant for. BT.2100, table 5."""
    luminance = cv2.transform(light, BRIGHTNESS)
    gain = cv2.pow(np.maximum(luminance, np.float32(1e-9)), SYSTEM_GAMMA - 1) * np.float32(NOMINAL_PEAK / PAPER_WHITE)
    return cv2.multiply(light, cv2.merge([gain] * 3))


def display_neutral_light(light: Floats) -> Floats:
    """The same for greys, whose luminance is any channel's."""
    return np.asarray(light**SYSTEM_GAMMA * (NOMINAL_PEAK / PAPER_WHITE))


GAINS = 65536
"""Steps of the tone curve, evenly spaced in the root of light: fine where the curve bends, near paper white."""


def tone_mapper(peak: float) -> Callable[[Light], Light]:
    """A function from linear BT.2020, H x W x 3, to the same within 0..1: hues stay, the brightest channel follows."""
    top = peak / PAPER_WHITE
    steps = np.linspace(0, 1, GAINS) ** 2 * top
    steps[0] = steps[1] / 2
    gains = (np.interp(steps, *tone_curve(peak)) / steps).astype(np.float32)

    def in_range(light: Light) -> Light:
        red, green, blue = cv2.split(light)
        brightest = cv2.max(cv2.max(red, green), blue)
        places = cv2.sqrt(np.maximum(brightest, 0) * np.float32(1 / top)) * np.float32(GAINS - 1)
        gain = gains[np.minimum(places + np.float32(0.5), GAINS - 1).astype(np.uint16)]
        # Above the peak the brightest channel is white.
        gain = gain / np.maximum(brightest * np.float32(1 / top), 1)
        return cv2.multiply(light, cv2.merge([gain] * 3))

    return in_range


def averaging(light: Floats, peak: float) -> Floats:
    """Light as greys of it are shown, and on above the peak, so that the way back is known."""
    above = np.log2(np.maximum(light * (PAPER_WHITE / peak), 1))
    return np.interp(light, *tone_curve(peak)) + BEYOND_PEAK * above
