"""Bytes to a Photo: the checks, the format's reader, then upright and in sRGB."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from effects.codec.colour.conversion import conversion
from effects.codec.colour.exif_colour import STATED_FOR, space_of
from effects.codec.colour.light import Encoding, averaging_scale
from effects.codec.formats import FORMATS
from effects.codec.header import Header, read_header
from effects.codec.limits import lacks_memory, refuse
from effects.codec.raster import Raster, Samples, assemble, reduce_raster, shrink
from effects.codec.readers.bmp import open_bmp
from effects.codec.readers.contents import Contents
from effects.codec.readers.gif import open_gif
from effects.codec.readers.ico import open_ico
from effects.codec.readers.jp2 import open_jp2
from effects.codec.readers.jpeg import open_jpeg
from effects.codec.readers.media import open_avif, open_heic
from effects.codec.readers.png import open_png
from effects.codec.readers.tiff import open_tiff
from effects.codec.readers.webp import open_webp
from effects.errors import LimitError, PictureError
from effects.image import PREVIEW_SIDE, Metadata, Photo
from effects.logs import log_unexpected

log = logging.getLogger(__name__)

HDR_NOTE = "This is an HDR picture; its brightest parts are brought into the range of an ordinary screen."

Result = TypeVar("Result")

Reader = Callable[[bytes, Header, int | None], Contents]
"""From a file, its header and the longest side that is needed (None: all of it) to its pixels."""

READERS: dict[str, Reader] = {
    "jpeg": open_jpeg,
    "png": open_png,
    "webp": open_webp,
    "avif": open_avif,
    "heic": open_heic,
    "gif": open_gif,
    "bmp": open_bmp,
    "tiff": open_tiff,
    "jp2": open_jp2,
    "ico": open_ico,
}


MODEL_CHANNELS = {"grey": 1, "rgb": 3, "cmyk": 4, "lab": 3}


def decode(data: bytes) -> Photo:
    """The picture in `data`, upright and in sRGB, at full size.

    Its metadata is a `Metadata`. PictureError, one sentence, otherwise: DecodeError for anything that is not a whole
    picture, LimitError for one beyond the limits.

    >>> from effects import encode
    >>> file = encode(Photo(np.full((2, 3, 3), 200, np.uint8)), format="png")
    >>> photo = decode(file)
    >>> photo.image.shape, photo.image[0, 0].tolist(), photo.alpha
    ((2, 3, 3), [200, 200, 200], None)
    """
    return read_picture(data, None, develop)


def open_preview(data: bytes, max_side: int = PREVIEW_SIDE) -> Photo:
    """The same picture with its longer side at most `max_side` pixels, decoded at a reduced size where possible.

    Errors as in `decode`.

    >>> from effects import encode
    >>> file = encode(Photo(np.zeros((200, 300, 3), np.uint8)))
    >>> open_preview(file, max_side=60).image.shape
    (40, 60, 3)
    """
    return shrink(read_picture(data, max_side, lambda contents, header: develop(contents, header, max_side)), max_side)


def decode_numbers(data: bytes) -> Samples:
    """The numbers in `data`, H x W x 3 and all their bits: uint16 where the file has more than 8, else uint8.

    For pictures that are tables, whose numbers are meant as they are: neither profile nor orientation counts.
    Errors as in `decode`.
    """
    return read_picture(data, None, stored_numbers)


def read_picture(data: bytes, needed: int | None, finish: Callable[[Contents, Header], Result]) -> Result:
    """Check, open, turn and convert; `needed` is the longest side worth decoding, in pixels."""
    header = read_header(data)
    title = FORMATS[header.format].title
    try:
        with warnings.catch_warnings():
            # Decoders warn about what the person is told in words, or need not know.
            warnings.simplefilter("ignore")
            return finish(READERS[header.format](data, header, needed), header)
    except PictureError:
        raise
    except Exception as error:  # whatever a decoder raises on a damaged file: Pillow's raise nearly anything
        if lacks_memory(error):
            refuse(f"This {title} picture needs more memory than it may take.", LimitError)
        log_unexpected(log, f"A {title} file is called damaged", error)
        refuse(f"This {title} file is damaged or incomplete and cannot be shown.")


def develop(contents: Contents, header: Header, needed: int | None = None) -> Photo:
    """Stored pixels to an upright sRGB Photo with its metadata; made smaller first where that is worth it."""
    model = contents.raster.model
    space = None if contents.icc or contents.says_colour or model not in STATED_FOR else space_of(contents.exif)
    found = conversion(model, contents.icc, space.meaning if space else contents.meaning)
    raster = contents.raster if needed is None else shrink_early(contents.raster, needed, found.meaning)
    image, alpha = assemble(raster, contents.orientation, found.to_srgb)
    remarks = (space and space.note, HDR_NOTE if found.meaning and found.meaning.hdr else None, found.note)
    metadata = Metadata(
        format=header.format,
        width=header.width,
        height=header.height,
        channels=MODEL_CHANNELS[model],
        notes=contents.notes + tuple(note for note in remarks if note),
        exif=contents.exif,
        icc=contents.icc,
        xmp=contents.xmp,
        recipe=contents.recipe,
        space=space.title if space else None,
    )
    return Photo(image, alpha, metadata)


def shrink_early(raster: Raster, needed: int, meaning: Encoding | None) -> Raster:
    """Pixels that take time to convert, fewer of them; on a scale on which they average as they would afterwards."""
    scale = averaging_scale(meaning) if meaning and max(raster.width, raster.height) > needed else None
    return reduce_raster(raster, needed, scale) if scale else raster


def stored_numbers(contents: Contents, header: Header) -> Samples:
    """Stored RGB or grey as it is, else the upright sRGB picture."""
    if contents.raster.model not in ("rgb", "grey"):
        return develop(contents, header).image
    samples = contents.raster.rows(0, contents.raster.height)[0]
    return np.ascontiguousarray(np.broadcast_to(samples, (*samples.shape[:2], 3)))
