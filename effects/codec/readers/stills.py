"""Decoded pixels with what Pillow found beside them, for the formats whose plugins look for all of it."""

from __future__ import annotations

from PIL import Image as PILImage

from effects.codec.header import Header
from effects.codec.metadata import MAX_RECIPE, RECIPE_KEYWORD, orientation_of, recipe_in_xmp
from effects.codec.raster import Raster
from effects.codec.readers.contents import Contents, animation
from effects.codec.readers.pillow import embedded_bytes


def contents_of(picture: PILImage.Image, raster: Raster, header: Header, notes: tuple[str, ...] = ()) -> Contents:
    """The pixels in `raster` with profile, EXIF, XMP and recipe."""
    exif, xmp = embedded_bytes(picture, "exif"), embedded_bytes(picture, "xmp")
    text = picture.info.get(RECIPE_KEYWORD)
    recipe = str(text) if isinstance(text, str) and len(text) <= MAX_RECIPE else recipe_in_xmp(xmp)
    icc = embedded_bytes(picture, "icc_profile")
    return Contents(raster, orientation_of(exif), icc, None, exif, xmp, recipe, animation(header) + notes)
