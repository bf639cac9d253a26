"""Colour spaces that cameras name in EXIF, without a profile: of those that are not sRGB, Adobe RGB."""

from __future__ import annotations

from dataclasses import dataclass

from effects.codec.colour.light import ADOBE_GAMMA, ADOBE_RGB, Encoding, encoding, power
from effects.codec.containers.exif import INTEROPERABILITY, PHOTO, exif_values

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
    """The colour space that an EXIF block names; None for sRGB, and where it names none."""
    space, index = exif_values(exif, COLOUR_SPACE, INDEX)
    optional = isinstance(index, bytes) and index.startswith(OPTIONAL_FILE) and space != EXIF_SRGB
    if not optional and space != EXIF_ADOBE:
        return None
    title = "Adobe RGB (1998)"
    note = f"Its camera data (EXIF) name {title} as its colour space; its colours are converted to sRGB."
    return Space(title, encoding(ADOBE_RGB, power(ADOBE_GAMMA)), note)
