"""What a PNG says about its colours: cICP, iCCP, sRGB, gAMA and cHRM, of which the first that makes sense counts.

PNG specification, third edition, section 4.3; where it leaves open what a nonsensical chunk means, as Chromium does.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from effects.codec.colour.hdr import stated_peak
from effects.codec.colour.light import (
    CURVES,
    PRIMARIES,
    SRGB,
    Chromaticities,
    Encoding,
    are_absurd,
    code_points,
    encoding,
    power,
)
from effects.codec.containers.chunks import inflate_text

Found = Mapping[bytes, bytes]
"""The first chunk of each kind that is as long as its kind is, where it stands in its place."""

ABOUT_SRGB = 45455
INTENTS = 4
MAX_PROFILE_NAME, DEFLATED = 79, b"\0"
WHOLE_RGB = b"\0\1"
"""The end of a cICP chunk: RGB itself, and all of its range."""


def icc_of(found: Found) -> bytes | None:
    """The profile, where no cICP chunk stands above it."""
    name, _, content = found.get(b"iCCP", b"").partition(b"\0")
    if not 1 <= len(name) <= MAX_PROFILE_NAME or not content.startswith(DEFLATED) or codes(found):
        return None
    return inflate_text(content[1:])


def meaning_of(found: Found) -> Encoding | None:
    """What the numbers mean where no profile says it; None for sRGB."""
    if stated := codes(found):
        return code_points(*stated, stated_peak(found))
    if is_named_srgb(found):
        return None
    gamma, corners = gamma_of(found), chromaticities(found.get(b"cHRM"))
    # 1 / 2.2 without primaries is how files called themselves sRGB before there was a chunk for it.
    if not gamma or corners is None or (gamma == ABOUT_SRGB and b"cHRM" not in found):
        return None
    return encoding(corners, power(100000 / gamma))


def says_colour(found: Found) -> bool:
    """Whether a chunk says what the numbers mean, be it sRGB; a profile apart."""
    return bool(codes(found)) or is_named_srgb(found) or gamma_of(found) > 0


def is_named_srgb(found: Found) -> bool:
    """Whether there is an sRGB chunk that makes sense."""
    intent = found.get(b"sRGB", b"")
    return bool(intent) and intent[0] < INTENTS


def gamma_of(found: Found) -> int:
    """The gamma of a gAMA chunk in 100000ths; 0 where there is none that makes sense."""
    return int.from_bytes(found.get(b"gAMA", b""))


def codes(found: Found) -> tuple[int, int] | None:
    """The code points of primaries and transfer; None where either is unknown or the numbers are not plain RGB."""
    stated = found.get(b"cICP", b"")
    if stated[2:] != WHOLE_RGB or stated[0] not in PRIMARIES or stated[1] not in CURVES:
        return None
    return stated[0], stated[1]


def chromaticities(stated: bytes | None) -> Chromaticities | None:
    """White, red, green and blue as the chunk has them, in ours' order; sRGB's without it, None where it is absurd."""
    if stated is None:
        return SRGB
    white, red, green, blue = ((x / 100000, y / 100000) for x, y in struct.iter_unpack(">II", stated))
    found = red, green, blue, white
    return None if are_absurd(found) else found
