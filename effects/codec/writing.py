"""A Photo to bytes: JPEG, PNG, WebP or AVIF, with an sRGB profile and what was asked to travel along."""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Callable
from dataclasses import replace
from numbers import Integral
from typing import get_args

import cv2
import numpy as np
from PIL import Image as PILImage

from effects.codec.colour.profiles import srgb_profile
from effects.codec.companions import Companions, MetadataWish, companions, companions_untouched
from effects.codec.containers.chunks import assemble_png, profile_chunk
from effects.codec.formats import DEFAULT_FORMAT, DEFAULT_QUALITY, WRITTEN_FORMATS, titles
from effects.codec.header import read_header
from effects.codec.kept_exif import without_orientation
from effects.codec.limits import MEGA, lacks_memory, refuse
from effects.codec.lossless import companion_segments, rewrite
from effects.codec.metadata import fits, orientation_of, recipe_xmp
from effects.codec.orientation import UPRIGHT
from effects.errors import EncodeError, EncodeLimitError, PictureError
from effects.image import Alpha, Image, Photo, check_picture
from effects.logs import log_unexpected

log = logging.getLogger(__name__)

MAX_HALF_COLOUR_QUALITY = 90
"""Above this quality JPEG and AVIF keep colour at full resolution (4:4:4)."""

JFIF_BYTES = 20
"""What stands first in a JPEG as libjpeg writes it: its start, and a JFIF segment without a thumbnail."""

WEBP_EFFORT = 2
AVIF_SPEED = 9
"""Of libwebp's 0..6 and libavif's 0..10: where more time buys little."""

MAX_AVIF_FULL_COLOUR_PIXELS = 12 * MEGA
"""Pixels up to which AVIF keeps full colour: its encoder takes most memory for that."""

ENCODER_ERRORS = (OSError, RuntimeError, ValueError, LookupError, MemoryError, struct.error, cv2.error)
"""What encoders raise."""


def encode(
    photo: Photo,
    format: str = DEFAULT_FORMAT,
    quality: int = DEFAULT_QUALITY,
    metadata: MetadataWish = "strip",
    recipe: str | None = None,
) -> bytes:
    """The photo as a file: `format` is jpeg, png, webp or avif, `quality` 1..100 (PNG is lossless and ignores it).

    Transparency becomes white in JPEG. `metadata="strip"` leaves nothing of what the original file said; `"keep"`
    keeps its EXIF, in which sizes, orientation and colour space become those of the new picture and the thumbnail
    goes, and its profile where that is sRGB. A recipe's JSON text is embedded where `decode` finds it again.
    EncodeError, one sentence, for what cannot be written (it is a LimitError, too, where that is too large for the
    format or for the memory there is), TypeError for arrays that are no picture.

    >>> import numpy as np
    >>> photo = Photo(np.full((2, 3, 3), 200, np.uint8))
    >>> encode(photo, format="png")[:4], encode(photo, format="jpeg", quality=80)[:2]
    (b'\\x89PNG', b'\\xff\\xd8')
    """
    check_wishes(format, quality, metadata)
    if recipe is not None and not fits(recipe):
        words = f"The recipe has {len(recipe)} characters, which is too much to be embedded in a picture."
        refuse(words, EncodeLimitError)
    check_picture(photo.image, photo.alpha)
    height, width = photo.image.shape[:2]
    if found := obstacle(format, width, height):
        refuse(found, EncodeLimitError)
    full = has_full_colour(format, quality, height * width)
    try:
        return write_photo(photo, format, quality, full, companions(photo, metadata, recipe))
    except PictureError:
        raise
    except ENCODER_ERRORS as error:
        if lacks_memory(error):
            refuse(f"Writing this picture as {format} needs more memory than it may take.", EncodeLimitError)
        log_unexpected(log, f"A picture could not be written as {format}", error)
        refuse(f"This picture could not be written as {format}.", EncodeError)


def has_full_colour(format: str, quality: int, pixels: int) -> bool:
    """Whether a JPEG or AVIF file of so many pixels keeps colour at full resolution (4:4:4)."""
    return quality > MAX_HALF_COLOUR_QUALITY and not (format == "avif" and pixels > MAX_AVIF_FULL_COLOUR_PIXELS)


def write_photo(photo: Photo, format: str, quality: int, full_colour: bool, beside: Companions) -> bytes:
    """The file of a picture that can be written, or of a piece of one, as the whole of it is written."""
    return WRITERS[format](photo, quality, full_colour, beside)


def check_wishes(format: str, quality: int, metadata: MetadataWish) -> None:
    """EncodeError for what no file can be written with, whatever its picture; a quality is one, used or not."""
    if format not in WRITERS:
        refuse(f"The format {format!r} cannot be written; it is one of {', '.join(WRITERS)}.", EncodeError)
    if not isinstance(quality, Integral) or not 1 <= quality <= 100:
        refuse(f"The quality {quality} is no whole number from 1 to 100.", EncodeError)
    if metadata not in get_args(MetadataWish):
        refuse(f"The choice for metadata is {metadata!r}; it is strip or keep.", EncodeError)


def obstacle(format: str, width: int, height: int) -> str:
    """Why a picture of this size cannot be written in a format, in a sentence; nothing where it can."""
    form = WRITTEN_FORMATS[format]
    limit, most = form.longest_side, form.most_pixels
    if max(height, width) > limit:
        return f"A {format} file holds at most {limit} pixels a side; this picture is {width} x {height}."
    if most is not None and height * width > most:
        size = f"{height * width / MEGA:.0f} megapixels"
        others = titles((other for other in WRITTEN_FORMATS.values() if other.most_pixels is None), "or")
        return f"A picture of {size} takes too much memory to write as {form.title}; as {others} it can be written."
    return ""


def encode_untouched(
    data: bytes, photo: Photo, metadata: MetadataWish = "strip", recipe: str | None = None
) -> bytes | None:
    """The file that `photo` was decoded from as `encode` would write it, but with its compressed pixels untouched.

    None where that cannot be done: another format than is written here, turned by its EXIF or in a colour space that
    only its EXIF names, or moving.
    """
    said = photo.metadata
    if orientation_of(said.exif) != UPRIGHT or said.space is not None:
        return None
    return rewrite(data, read_header(data), companions_untouched(photo, metadata, recipe), said.channels)


def write_jpeg(photo: Photo, quality: int, full_colour: bool, beside: Companions) -> bytes:
    """Baseline JPEG; alpha becomes white paper.

    By the same library as Pillow's, to the same byte, but from the picture itself and not from a copy of four bytes a
    pixel, which takes as long again as half of the writing.
    """
    image = photo.image if photo.alpha is None else on_white(photo.image, photo.alpha)
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444 if full_colour else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
    settings = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    file = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), settings)[1].tobytes()
    return b"".join([file[:JFIF_BYTES], *companion_segments(beside), file[JFIF_BYTES:]])


def write_webp(photo: Photo, quality: int, full_colour: bool, beside: Companions) -> bytes:
    """Lossy WebP, alpha kept; its colour is always at half resolution."""
    del full_colour
    return save_by_pillow(with_alpha(photo), "webp", beside, quality=quality, method=WEBP_EFFORT)


def write_avif(photo: Photo, quality: int, full_colour: bool, beside: Companions) -> bytes:
    """AVIF, 8 bits, alpha kept."""
    # An orientation would be written as the container's own, and the rest of the EXIF put together anew for that.
    beside = replace(beside, exif=without_orientation(beside.exif) if beside.exif else None)
    subsampling = "4:4:4" if full_colour else "4:2:0"
    return save_by_pillow(with_alpha(photo), "avif", beside, quality=quality, speed=AVIF_SPEED, subsampling=subsampling)


def write_png(photo: Photo, quality: int, full_colour: bool, beside: Companions) -> bytes:
    """PNG by zlib's fastest level on rows predicted from the row above, which is as small as its slow ones on photos.

    `quality` and `full_colour` have no meaning here: nothing is lost.
    """
    del quality, full_colour
    if photo.alpha is None:
        pixels = cv2.cvtColor(photo.image, cv2.COLOR_RGB2BGR)
    else:
        pixels = cv2.merge([photo.image[..., 2], photo.image[..., 1], photo.image[..., 0], photo.alpha])
    settings = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
    settings += [cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP]
    compressed = cv2.imencode(".png", pixels, settings)[1].tobytes()
    colour = [profile_chunk(beside.icc)] if beside.icc != srgb_profile() else []
    return assemble_png(compressed, colour, beside.exif, beside.recipe)


def save_by_pillow(picture: PILImage.Image, format: str, beside: Companions, **settings: object) -> bytes:
    """What Pillow's encoder makes of a picture and its companions."""
    if beside.exif:
        settings["exif"] = beside.exif
    if beside.recipe is not None:
        settings["xmp"] = recipe_xmp(beside.recipe)
    file = io.BytesIO()
    picture.save(file, WRITTEN_FORMATS[format].plugin, icc_profile=beside.icc, **settings)
    return file.getvalue()


def with_alpha(photo: Photo) -> PILImage.Image:
    """The photo as Pillow's RGB or RGBA."""
    if photo.alpha is None:
        return PILImage.fromarray(photo.image)
    return PILImage.fromarray(cv2.merge([*cv2.split(photo.image), photo.alpha]))


def on_white(image: Image, alpha: Alpha) -> Image:
    """The picture laid on white paper: 255 - (255 - image) * alpha / 255, rounded once."""
    shade = cv2.bitwise_not(image)
    cv2.multiply(shade, cv2.cvtColor(alpha, cv2.COLOR_GRAY2RGB), dst=shade, scale=1 / 255)
    return np.asarray(cv2.bitwise_not(shade, dst=shade), np.uint8)


Writer = Callable[[Photo, int, bool, Companions], bytes]

WRITERS: dict[str, Writer] = {"jpeg": write_jpeg, "png": write_png, "webp": write_webp, "avif": write_avif}
