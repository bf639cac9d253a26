"""Readers of the formats that Pillow decodes as they are."""

from __future__ import annotations

from PIL import Image as Pictures

from effects.codec.header import Header
from effects.codec.metadata import MAX_RECIPE, RECIPE_KEYWORD, orientation_of, recipe_in_xmp
from effects.codec.opened import Opened, animation
from effects.codec.pillow import embedded, open_picture, raster_of
from effects.codec.raster import Raster


def open_still(data: bytes, header: Header, needed: int | None) -> Opened:
    """A format whose Pillow plugin gives the first frame as it should be."""
    picture = open_picture(data, header.format)
    return opened(picture, raster_of(picture), header)


def opened(picture: Pictures.Image, raster: Raster, header: Header, notes: tuple[str, ...] = ()) -> Opened:
    """Decoded pixels with what Pillow found beside them."""
    exif, xmp = embedded(picture, "exif"), embedded(picture, "xmp")
    text = picture.info.get(RECIPE_KEYWORD)
    recipe = str(text) if isinstance(text, str) and len(text) <= MAX_RECIPE else recipe_in_xmp(xmp)
    icc = embedded(picture, "icc_profile")
    return Opened(raster, orientation_of(exif), icc, None, exif, xmp, recipe, animation(header) + notes)
