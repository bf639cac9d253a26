"""What a format's reader hands on: the pixels as stored, and what the file says about them."""

from __future__ import annotations

from dataclasses import dataclass

from effects.codec.orientation import UPRIGHT
from effects.codec.raster import Raster


@dataclass(frozen=True)
class Opened:
    """A decoded file before anything is turned or converted.

    `orientation` is EXIF's (1..8); `icc`, `exif` and `xmp` are the bytes found in the file; `recipe` the JSON text of
    an embedded recipe; `notes` are sentences for the person whose picture it is.
    """

    raster: Raster
    orientation: int = UPRIGHT
    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    recipe: str | None = None
    notes: tuple[str, ...] = ()
