"""What a format's reader hands on: the pixels as stored, and what the file says about them."""

from __future__ import annotations

from dataclasses import dataclass

from effects.codec.colour.light import Encoding
from effects.codec.header import Header
from effects.codec.orientation import UPRIGHT
from effects.codec.raster import Raster


@dataclass(frozen=True)
class Contents:
    """A decoded file before anything is turned or converted.

    `orientation` is EXIF's (1..8); `icc`, `exif` and `xmp` are the bytes found in the file; `meaning` says what the
    numbers mean where no profile does (None: sRGB); `recipe` is the JSON text of an embedded recipe; `notes` are
    sentences for the person whose picture it is; `says_colour` is true where the format itself says what the numbers
    mean, be it sRGB, so that EXIF has no say in it.
    """

    raster: Raster
    orientation: int = UPRIGHT
    icc: bytes | None = None
    meaning: Encoding | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    recipe: str | None = None
    notes: tuple[str, ...] = ()
    says_colour: bool = False


def animation(header: Header) -> tuple[str, ...]:
    """The sentence that says a moving picture is shown as its first frame."""
    if header.frames < 2:
        return ()
    return (f"This is an animation of {header.frames} frames; its first frame is used.",)
