"""What goes into a written file beside its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from effects.codec.colour.profiles import is_srgb, srgb_profile
from effects.codec.kept_exif import exif_for, exif_untouched
from effects.image import Photo

MetadataWish = Literal["strip", "keep"]
"""What becomes of what the original file said."""


@dataclass(frozen=True)
class Companions:
    """A profile, and EXIF and a recipe's JSON text where they are wanted."""

    icc: bytes
    exif: bytes | None
    recipe: str | None


def companions(photo: Photo, metadata: MetadataWish, recipe: str | None) -> Companions:
    """What goes beside the pixels, which are sRGB whatever the original was."""
    if metadata == "strip":
        return Companions(srgb_profile(), None, recipe)
    said = photo.metadata
    exif = exif_for(said.exif, size_of(photo), (said.width, said.height))
    return Companions(said.icc if said.icc and is_srgb(said.icc) else srgb_profile(), exif, recipe)


def companions_untouched(photo: Photo, metadata: MetadataWish, recipe: str | None) -> Companions:
    """What goes beside a file's own compressed pixels; the profile is for those that have none."""
    exif = exif_untouched(photo.metadata.exif, size_of(photo)) if metadata == "keep" else None
    return Companions(srgb_profile(), exif, recipe)


def size_of(photo: Photo) -> tuple[int, int]:
    """Width and height in pixels."""
    height, width = photo.image.shape[:2]
    return width, height
