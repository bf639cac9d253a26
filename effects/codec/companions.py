"""What goes into a written file beside its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from effects.codec.metadata import upright_exif
from effects.codec.profiles import is_srgb, srgb_profile
from effects.image import Photo

Metadata = Literal["strip", "keep"]


@dataclass(frozen=True)
class Companions:
    """A profile, and EXIF and a recipe's JSON text where they are wanted."""

    icc: bytes
    exif: bytes | None
    recipe: str | None


def companions(photo: Photo, metadata: Metadata, recipe: str | None) -> Companions:
    """What goes beside the pixels, which are sRGB whatever the original was."""
    if metadata == "strip":
        return Companions(srgb_profile(), None, recipe)
    icc = photo.metadata.get("icc")
    kept = icc if icc and is_srgb(icc) else srgb_profile()
    return Companions(kept, upright_exif(photo.metadata.get("exif")), recipe)
