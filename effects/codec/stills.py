"""Readers of the formats that Pillow decodes as they are."""

from __future__ import annotations

from PIL import Image as Pictures

from effects.codec.header import Header
from effects.codec.limits import WORTH_REDUCING
from effects.codec.metadata import MAX_RECIPE, RECIPE_KEYWORD, orientation_of, recipe_in_xmp
from effects.codec.opened import Opened, animation
from effects.codec.pillow import embedded, open_picture, raster_of
from effects.codec.raster import Raster, area, fit, from_arrays

SPARE = 1.5
"""How much larger than needed the decoder's own reduction stays: it drops the finest detail instead of averaging it."""


def open_jpeg(data: bytes, header: Header, needed: int | None) -> Opened:
    """JPEG, baseline or progressive, grey, colour or ink; reduced by the decoder itself where much less is needed."""
    picture = open_picture(data, header.format)
    if not needed or max(picture.size) <= needed:
        return opened(picture, raster_of(picture), header)
    size = fit(*picture.size, needed)
    if header.width * header.height > WORTH_REDUCING:
        picture.draft(None, fit(*picture.size, round(needed * SPARE)))
    # Averaged before its profile is applied, which then has a tenth of the pixels to convert.
    whole = raster_of(picture)
    small = area(whole.rows(0, whole.height)[0], size).reshape(size[1], size[0], -1)
    return opened(picture, from_arrays(small, None, whole.model), header)


def open_still(data: bytes, header: Header, needed: int | None) -> Opened:
    """A format whose Pillow plugin gives the first frame as it should be."""
    picture = open_picture(data, header.format)
    return opened(picture, raster_of(picture), header)


def opened(picture: Pictures.Image, raster: Raster, header: Header) -> Opened:
    """Decoded pixels with what Pillow found beside them."""
    exif, xmp = embedded(picture, "exif"), embedded(picture, "xmp")
    text = picture.info.get(RECIPE_KEYWORD)
    recipe = str(text) if isinstance(text, str) and len(text) <= MAX_RECIPE else recipe_in_xmp(xmp)
    icc = embedded(picture, "icc_profile")
    return Opened(raster, orientation_of(exif), icc, None, exif, xmp, recipe, animation(header))
