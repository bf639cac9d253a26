"""Matrix profiles read by hand: curves and colorants, for samples of 16 bits. ICC.1:2022, sections 10.6 and 10.18.

Pillow passes 8 bits to littleCMS, which is too few where a profile's curve is far from sRGB's (linear light, most of
all); with curves and a matrix the arithmetic is short enough to do in full.
"""

from __future__ import annotations

import struct

import numpy as np

from effects.codec.colour.light import Curve, Encoding, to_linear_srgb
from effects.image import Floats

LOOK_UP_TAGS = {b"A2B0", b"A2B1", b"A2B2", b"D2B0"}
COLORANT_TAGS, CURVE_TAGS = (b"rXYZ", b"gXYZ", b"bXYZ"), (b"rTRC", b"gTRC", b"bTRC")
GREY_CURVE_TAG = b"kTRC"
MIN_COLORANT_VOLUME = 1e-4
"""The least volume that colorants span; sRGB's span 0.16."""


def matrix_profile(icc: bytes) -> Encoding | None:
    """What a profile of curves and a matrix, or of one grey curve, says; None for all others and for broken ones."""
    try:
        tags = read_tags(icc)
        if LOOK_UP_TAGS & tags.keys():
            return None
        if GREY_CURVE_TAG in tags:
            return Encoding((curve_of(tags[GREY_CURVE_TAG]),) * 3, np.eye(3))
        return Encoding(tuple(curve_of(tags[name]) for name in CURVE_TAGS), to_linear_srgb(colorants(tags)))
    except (KeyError, ValueError, struct.error, np.linalg.LinAlgError):
        return None


def is_flat(icc: bytes) -> bool:
    """Whether a profile's colorants lie in one plane, so that its numbers cannot name a colour each."""
    try:
        tags = read_tags(icc)
        return not LOOK_UP_TAGS & tags.keys() and abs(float(np.linalg.det(colorants(tags)))) < MIN_COLORANT_VOLUME
    except (KeyError, struct.error):
        return False


def colorants(tags: dict[bytes, bytes]) -> Floats:
    """XYZ of red, green and blue, in columns."""
    return np.array([struct.unpack_from(">3i", tags[name], 8) for name in COLORANT_TAGS]).T / 65536


def read_tags(icc: bytes) -> dict[bytes, bytes]:
    """The tagged elements, by signature."""
    count = min(struct.unpack_from(">I", icc, 128)[0], 100)
    entries = (struct.unpack_from(">4sII", icc, 132 + 12 * index) for index in range(count))
    return {name: icc[start : start + size] for name, start, size in entries}


def curve_of(element: bytes) -> Curve:
    """A sampled curve, a power, or one of the five parametric forms; ValueError for anything else."""
    if element[:4] == b"curv":
        count = struct.unpack_from(">I", element, 8)[0]
        if count == 0:
            return lambda values: values
        if count == 1:
            exponent = struct.unpack_from(">H", element, 12)[0] / 256
            return lambda values: np.asarray(values**exponent)
        table = np.array(struct.unpack_from(f">{count}H", element, 12)) / 65535
        return lambda values: np.interp(values, np.linspace(0, 1, count), table)
    if element[:4] == b"para":
        kind = struct.unpack_from(">H", element, 8)[0]
        count = (1, 3, 4, 5, 7)[kind] if kind < 5 else 0
        if count:
            given = [number / 65536 for number in struct.unpack_from(f">{count}i", element, 12)]
            return lambda values: parametric(values, kind, given)
    raise ValueError("no such curve")


def parametric(values: Floats, kind: int, given: list[float]) -> Floats:
    """`(a x + b) ** g + e` from `d` on, `c x + f` below it; the shorter forms leave some of the letters out."""
    g, a, b, c, d, e, f = (*given, *(1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)[len(given) :])
    if kind in (1, 2):
        # Their straight part is level (c = 0), begins at -b / a, and the third letter they have is the offset.
        offset = given[3] if kind == 2 else 0.0
        c, d, e, f = 0.0, -b / a, offset, offset
    above = np.maximum(a * values + b, 0) ** g + e
    return np.clip(np.where(values >= d, above, c * values + f), 0, None)
