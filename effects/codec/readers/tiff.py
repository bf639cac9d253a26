"""TIFF: libtiff decompresses, what the samples mean is read here. TIFF 6.0 and Adobe's supplements.

Pillow opens some forty combinations of depth, planes and colour; the format has hundreds. So for the codecs that work
on bytes Pillow is given the file as 8-bit grey (tiff_directory), and depth, prediction, planes, colour and alpha are
arithmetic. The codecs that know about pictures (fax, JPEG) stay with Pillow's reading of the whole file.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image as PILImage
from PIL import UnidentifiedImageError

from effects.codec.colour.conversion import eight_bits
from effects.codec.containers import tiff_directory as tag
from effects.codec.containers.tiff_directory import (
    Layout,
    Tags,
    as_grey_bytes,
    deflated,
    ends_early,
    first_number,
    is_empty,
    read_directory,
    read_layout,
)
from effects.codec.header import Header
from effects.codec.limits import refuse
from effects.codec.metadata import exif_of_tiff, recipe_in_xmp
from effects.codec.orientation import ORIENTATIONS, UPRIGHT
from effects.codec.raster import Raster, Samples, unpremultiply
from effects.codec.readers.bits import Numbers, numbers_of, undo_prediction
from effects.codec.readers.contents import Contents
from effects.codec.readers.pillow import open_picture, raster_of
from effects.codec.readers.tiff_samples import (
    BLACK_IS_ZERO,
    CHANNELS,
    CIELAB,
    INKS,
    LAB,
    MODELS,
    PALETTE,
    RGB,
    WHITE_IS_ZERO,
    YCBCR,
    Span,
    as_floats,
    lab_samples,
    look_up_palette,
    span_of,
)
from effects.codec.readers.tiff_webp import rows_of_webp
from effects.image import Alpha
from effects.logs import log_unexpected

log = logging.getLogger(__name__)

OF_WEBP = 50001
OF_BYTES = {1, 5, 8, 32773, 32946, 34925, 50000, OF_WEBP}
"""No compression, LZW, Deflate (two numbers), PackBits, LZMA, Zstandard; and WebP, put together here."""

PREDICTED = {5, 8, 32946, 34925, 50000}
"""Those of them that prediction goes with; beside the others its tag counts for nothing, as in libtiff."""

OF_PICTURES = {2, 3, 4, 6, 7}
"""Fax (three kinds), JPEG (old and new)."""

ASSOCIATED, UNASSOCIATED = 1, 2
NEW_SUBFILE, SUB_DIRECTORIES, DNG_VERSION, CFA, LINEAR_RAW = 254, 330, 50706, 32803, 34892

IN_ANOTHER_WAY = "This TIFF file keeps its picture in a way that is not read here; saved as plain RGB it can be opened."

ROWS_AT_ONCE = 64
"""Read at a time to see what range the numbers have."""


def open_tiff(data: bytes, header: Header, needed: int | None) -> Contents:
    """The first page of a TIFF."""
    del needed
    tags, order = read_directory(data)
    photometric = photometric_of(tags)
    thumbnail = first_number(tags, NEW_SUBFILE, 0) & 1 == 1 and SUB_DIRECTORIES in tags
    canon = data[8:10] == b"CR"
    if thumbnail or canon or DNG_VERSION in tags or photometric in (CFA, LINEAR_RAW):
        refuse("This is a camera's RAW file, which is not read here; developed to JPEG or TIFF it can be opened.")
    orientation = first_number(tags, tag.ORIENTATION, UPRIGHT)
    notes: tuple[str, ...] = ()
    if first_number(tags, tag.COMPRESSION, 1) in OF_BYTES and photometric in CHANNELS:
        raster, notes = TiffPicture(data, tags, order, photometric, read_layout(tags)).raster()
    else:
        raster, orientation = read_by_pillow(data, tags, order), UPRIGHT
        if first_number(tags, tag.COMPRESSION, 1) == tag.JPEG and ends_early(data, tags):
            notes = ("A part of this TIFF picture ends early; what is missing there is made up.",)
    pages = (f"This file has {header.frames} pages; its first page is used.",) if header.frames > 1 else ()
    xmp = tags.get(tag.XMP)
    return Contents(
        raster,
        orientation if orientation in ORIENTATIONS else UPRIGHT,
        tags.get(tag.ICC),
        exif=exif_or_none(data),
        xmp=xmp,
        recipe=recipe_in_xmp(xmp),
        notes=pages + notes,
    )


def photometric_of(tags: Tags) -> int:
    """What the samples mean; where that is not said, three are colour, as in libtiff, and others begin with grey."""
    colours = first_number(tags, tag.SAMPLES, 1) - len(tags.get(tag.EXTRA, ()))
    return first_number(tags, tag.PHOTOMETRIC, RGB if colours == 3 else BLACK_IS_ZERO)


def exif_or_none(data: bytes) -> bytes | None:
    """Its EXIF; None where it cannot be read, which is no reason not to show the picture."""
    try:
        return exif_of_tiff(data)
    except (ValueError, LookupError, struct.error, OSError, TypeError) as error:
        log_unexpected(log, "What a TIFF file says of its taking is passed over", error, logging.DEBUG)
        return None


def read_by_pillow(data: bytes, tags: Tags, order: str) -> Raster:
    """Pictures that libtiff itself turns into grey, RGB or ink; Pillow's plugin turns them upright as well."""
    compression, photometric = first_number(tags, tag.COMPRESSION, 1), photometric_of(tags)
    deep = compression == tag.JPEG and first_number(tags, tag.BITS, 8) > 8
    if deep or compression not in OF_PICTURES | OF_BYTES or photometric not in (*CHANNELS, YCBCR):
        refuse(IN_ANOTHER_WAY)
    if photometric == YCBCR and compression == tag.PLAIN:
        if tag.COMPRESSION not in tags:
            # There is no place in the directory to say how the strips are packed then.
            refuse(IN_ANOTHER_WAY)
        # Of reduced colour resolution it is beyond Pillow's own reader, not libtiff's.
        data = deflated(data, tags, order)
    try:
        picture = open_picture(data, "tiff")
    except UnidentifiedImageError:
        # Its tags are whole, or it would not have come so far; Pillow knows no such combination of them.
        refuse(IN_ANOTHER_WAY)
    return raster_of(picture)


@dataclass(frozen=True)
class TiffPicture:
    """One picture being read: the file, its tags, byte order, colour and layout."""

    data: bytes
    tags: Tags
    order: str
    photometric: int
    layout: Layout

    def raster(self) -> tuple[Raster, tuple[str, ...]]:
        """The picture's samples, band by band, and what is to be said of them."""
        layout, channels = self.layout, CHANNELS[self.photometric]
        if layout.samples < channels or (self.photometric == INKS and first_number(self.tags, tag.INK_SET, 1) != 1):
            refuse("This TIFF picture has channels that cannot be shown; saved as RGB it can be opened.")
        at, associated = self.opacity(channels)
        wanted = (*range(channels), *(() if at is None else (at,)))
        planes = [self.inflate_plane(plane) for plane in (wanted if layout.planes > 1 else (0,))]

        def bands() -> Iterator[Numbers]:
            for top in range(0, layout.height, ROWS_AT_ONCE):
                yield self.band(planes, wanted, top, min(top + ROWS_AT_ONCE, layout.height))

        span = span_of(bands, first_number(self.tags, tag.FORMAT, 1), layout.bits, self.photometric)

        def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
            numbers = self.band(planes, wanted, top, bottom)
            colours = self.colours(numbers[..., :channels], span)
            if at is None:
                return colours, None
            opacity = span.scale_numbers(numbers[..., channels])
            if associated:
                colours = unpremultiply(colours, opacity)
            return colours, eight_bits(opacity)

        return Raster(layout.width, layout.height, MODELS.get(self.photometric, "grey"), rows), span.notes

    def opacity(self, channels: int) -> tuple[int | None, bool]:
        """Which sample is alpha, if any is, and whether it is multiplied in. A plane of no bytes is none."""
        layout = self.layout
        extra = self.tags.get(tag.EXTRA, (UNASSOCIATED,) if layout.samples == channels + 1 == 4 else ())
        for at, kind in enumerate(extra[: layout.samples - channels], channels):
            if kind in (ASSOCIATED, UNASSOCIATED) and not is_empty(self.tags, layout, at):
                return at, kind == ASSOCIATED
        return None, False

    def inflate_plane(self, plane: int) -> PILImage.Image:
        """The bytes of one plane's rows, as a grey picture that Pillow holds."""
        if first_number(self.tags, tag.COMPRESSION, 1) == OF_WEBP:
            return PILImage.fromarray(rows_of_webp(self.data, self.tags, self.layout))
        picture = open_picture(as_grey_bytes(self.data, self.tags, self.layout, plane), "tiff", limited=False)
        picture.load()
        return picture

    def band(self, planes: list[PILImage.Image], wanted: tuple[int, ...], top: int, bottom: int) -> Numbers:
        """Rows of the wanted samples as they stand in the file, H x W x wanted; planes are those of them alone."""
        layout = self.layout
        each = layout.samples // layout.planes
        predictor = (
            first_number(self.tags, tag.PREDICTOR, 1) if first_number(self.tags, tag.COMPRESSION, 1) in PREDICTED else 1
        )
        parts = []
        for plane in planes:
            rows = np.asarray(plane.crop((0, top, plane.width, bottom))).reshape(-1, layout.block_bytes)
            rows, order = undo_prediction(rows, predictor, layout.bits, each, self.order)
            numbers = numbers_of(rows, layout.bits, order)[:, : layout.block * each]
            wide = numbers.reshape(bottom - top, layout.blocks * layout.block, each)
            parts.append(wide[:, : layout.width])
        numbers = np.concatenate(parts, axis=-1) if len(parts) > 1 else parts[0]
        if each > len(wanted):
            numbers = numbers[..., wanted]
        return as_floats(numbers, first_number(self.tags, tag.FORMAT, 1), layout.bits)

    def colours(self, numbers: Numbers, span: Span) -> Samples:
        """Numbers as 8- or 16-bit samples."""
        if self.photometric == PALETTE:
            return look_up_palette(numbers[..., 0], self.tags[tag.COLOUR_MAP])
        if self.photometric in LAB:
            return lab_samples(numbers, self.layout.bits, self.photometric == CIELAB)
        samples = span.scale_numbers(numbers)
        if self.photometric == WHITE_IS_ZERO:
            return np.asarray(np.iinfo(samples.dtype).max - samples)
        return samples
