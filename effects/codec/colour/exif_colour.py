"""Colour spaces that EXIF names or describes, without a profile: those that are not sRGB, Adobe RGB most of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from effects.codec.colour.light import (
    ADOBE_GAMMA,
    ADOBE_RGB,
    D65,
    SRGB,
    Chromaticities,
    Encoding,
    are_absurd,
    encoding,
    power,
)
from effects.codec.containers.exif import IMAGE, INTEROPERABILITY, PHOTO, exif_ratios, exif_values

WHITE_POINT, PRIMARIES, GAMMA = (IMAGE, 0x013E), (IMAGE, 0x013F), (PHOTO, 0xA500)
USUAL_GAMMA = 2.2
"""TIFF 6.0, TransferFunction: where nothing is said."""
GAMMAS = (1.0, 4.0)
"""What one is believed to be."""
NEAR = 0.005
"""How far primaries and white may be from sRGB's and still be called them."""

COLOUR_SPACE, INDEX = (PHOTO, 0xA001), (INTEROPERABILITY, 1)
EXIF_SRGB, EXIF_ADOBE = 1, 2
"""Values of EXIF's ColorSpace; the second is in no standard, yet some cameras write it."""

OPTIONAL_FILE, BASIC_FILE = b"R03", b"R98"
"""DCF 2.0: files in Adobe RGB, and those in sRGB."""

STATED_FOR = ("rgb", "grey")
"""Models whose numbers EXIF speaks about."""


@dataclass(frozen=True)
class Space:
    """A colour space that EXIF names: what people call it, what its numbers mean, and a sentence about it."""

    title: str
    meaning: Encoding
    note: str


def space_of(exif: bytes | None) -> Space | None:
    """The colour space that an EXIF block names or describes; None for sRGB, and where it says nothing of it."""
    space, index = exif_values(exif, COLOUR_SPACE, INDEX)
    optional = isinstance(index, bytes) and index.startswith(OPTIONAL_FILE) and space != EXIF_SRGB
    if optional or space == EXIF_ADOBE:
        return space_with("Adobe RGB (1998)", ADOBE_RGB, ADOBE_GAMMA)
    if space == EXIF_SRGB:
        return None
    primaries, white, gammas = exif_ratios(exif, PRIMARIES, WHITE_POINT, GAMMA)
    if len(primaries) != 6:
        return None
    red, green, blue = zip(primaries[::2], primaries[1::2], strict=True)
    found = red, green, blue, (white[0], white[1]) if len(white) == 2 else D65
    if are_absurd(found) or np.allclose(found, SRGB, rtol=0, atol=NEAR):
        return None
    gamma = gammas[0] if len(gammas) == 1 and GAMMAS[0] <= gammas[0] <= GAMMAS[1] else USUAL_GAMMA
    return space_with("a space of its own primaries", found, gamma)


def space_with(title: str, primaries: Chromaticities, gamma: float) -> Space:
    """A space of these primaries and this power curve."""
    note = f"Its camera data (EXIF) name {title} as its colour space; its colours are converted to sRGB."
    return Space(title, encoding(primaries, power(gamma)), note)
