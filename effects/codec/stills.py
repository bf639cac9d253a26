"""Readers of the formats that Pillow decodes as they are."""

from __future__ import annotations

from PIL import Image as Pictures

from effects.codec.header import Header
from effects.codec.limits import MEGA
from effects.codec.metadata import MAX_RECIPE, RECIPE_KEYWORD, orientation_of, recipe_in_xmp
from effects.codec.opened import Opened, animation
from effects.codec.pillow import embedded, open_picture, raster_of
from effects.codec.raster import fit

WORTH_REDUCING = 4 * MEGA
"""Pixels from which the decoder's own reduction counts; below, the exact average of all pixels is fast enough."""


def open_jpeg(data: bytes, header: Header, needed: int | None) -> Opened:
    """JPEG, baseline or progressive, grey, colour or ink; reduced by the decoder itself where less is needed."""
    picture = open_picture(data, header.format)
    if needed and max(picture.size) > needed:
        size = fit(*picture.size, needed)
        if header.width * header.height > WORTH_REDUCING:
            picture.draft(None, size)
        picture = keep_info(picture, picture.resize(size, Pictures.Resampling.BOX))
    return opened(picture, header)


def open_still(data: bytes, header: Header, needed: int | None) -> Opened:
    """A format whose Pillow plugin gives the first frame as it should be."""
    return opened(open_picture(data, header.format), header)


def opened(picture: Pictures.Image, header: Header) -> Opened:
    """What Pillow found in a file, decoded."""
    raster = raster_of(picture)
    exif, xmp = embedded(picture, "exif"), embedded(picture, "xmp")
    text = picture.info.get(RECIPE_KEYWORD)
    recipe = str(text) if isinstance(text, str) and len(text) <= MAX_RECIPE else recipe_in_xmp(xmp)
    icc = embedded(picture, "icc_profile")
    return Opened(raster, orientation_of(exif), icc, None, exif, xmp, recipe, animation(header))


def keep_info(before: Pictures.Image, after: Pictures.Image) -> Pictures.Image:
    """`after` with what the file said, which Pillow's transformations may drop."""
    after.info = dict(before.info)
    after.format = before.format
    return after
