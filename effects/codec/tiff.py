"""TIFF: libtiff decompresses, what the samples mean is read here. TIFF 6.0 and Adobe's supplements.

Pillow opens some forty combinations of depth, planes and colour; the format has hundreds. So for the codecs that work
on bytes Pillow is given the file as 8-bit grey (see directory.py), and depth, prediction, planes, colour and alpha are
arithmetic. The codecs that know about pictures (fax, JPEG) stay with Pillow's reading of the whole file.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from PIL import Image as Pictures
from PIL import TiffImagePlugin

from effects.codec import directory as tag
from effects.codec.bits import FLOATS, Numbers, numbers_of, unpredicted
from effects.codec.colour import eight_bits
from effects.codec.directory import Layout, Tags, bytes_only, ends_early, number, read_directory, read_layout
from effects.codec.header import Header
from effects.codec.limits import refuse
from effects.codec.metadata import exif_of_tiff, recipe_in_xmp
from effects.codec.opened import Opened
from effects.codec.orientation import ALL, UPRIGHT
from effects.codec.pillow import open_picture, raster_of
from effects.codec.raster import Model, Raster, Samples, straight
from effects.codec.tiff_webp import rows_of_webp
from effects.image import Alpha

OF_WEBP = 50001
OF_BYTES = {1, 5, 8, 32773, 32946, 34925, 50000, OF_WEBP}
"""No compression, LZW, Deflate (two numbers), PackBits, LZMA, Zstandard; and WebP, put together here."""

OF_PICTURES = {2, 3, 4, 6, 7}
"""Fax (three kinds), JPEG (old and new)."""

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK, INKS, YCBCR, CIELAB, ICCLAB = 0, 1, 2, 3, 4, 5, 6, 8, 9
CHANNELS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, PALETTE: 1, MASK: 1, INKS: 4, CIELAB: 3, ICCLAB: 3}
MODELS: dict[int, Model] = {RGB: "rgb", PALETTE: "rgb", INKS: "cmyk", CIELAB: "lab", ICCLAB: "lab"}
SIGNED, FLOATING = 2, 3
ASSOCIATED, UNASSOCIATED = 1, 2
NEW_SUBFILE, SUB_DIRECTORIES, DNG_VERSION, CFA, LINEAR_RAW = 254, 330, 50706, 32803, 34892


def open_tiff(data: bytes, header: Header, needed: int | None) -> Opened:
    """The first page of a TIFF."""
    del needed
    tags, order = read_directory(data)
    photometric = number(tags, tag.PHOTOMETRIC, BLACK_IS_ZERO)
    thumbnail = number(tags, NEW_SUBFILE, 0) & 1 == 1 and SUB_DIRECTORIES in tags
    canon = data[8:10] == b"CR"
    if thumbnail or canon or DNG_VERSION in tags or photometric in (CFA, LINEAR_RAW):
        refuse("This is a camera's RAW file, which is not read here; developed to JPEG or TIFF it can be opened.")
    orientation = number(tags, tag.ORIENTATION, UPRIGHT)
    notes: tuple[str, ...] = ()
    if number(tags, tag.COMPRESSION, 1) in OF_BYTES and photometric in CHANNELS:
        raster, notes = Reading(data, tags, order, photometric, read_layout(tags)).raster()
    else:
        raster, orientation = by_pillow(data, photometric, number(tags, tag.COMPRESSION, 1)), UPRIGHT
        if number(tags, tag.COMPRESSION, 1) == tag.JPEG and ends_early(data, tags):
            notes = ("A part of this TIFF picture ends early; what is missing there is made up.",)
    pages = (f"This file has {header.frames} pages; its first page is used.",) if header.frames > 1 else ()
    xmp = tags.get(tag.XMP)
    return Opened(
        raster,
        orientation if orientation in ALL else UPRIGHT,
        tags.get(tag.ICC),
        exif=said(data),
        xmp=xmp,
        recipe=recipe_in_xmp(xmp),
        notes=pages + notes,
    )


def said(data: bytes) -> bytes | None:
    """Its EXIF; None where it cannot be read, which is no reason not to show the picture."""
    try:
        return exif_of_tiff(data)
    except (ValueError, LookupError, struct.error, OSError, TypeError):
        return None


def by_pillow(data: bytes, photometric: int, compression: int) -> Raster:
    """Pictures that libtiff itself turns into grey, RGB or ink; Pillow's plugin turns them upright as well."""
    if compression not in OF_PICTURES | OF_BYTES or photometric not in (*CHANNELS, YCBCR):
        refuse("This TIFF file keeps its picture in a way that is not read here; saved as plain RGB it can be opened.")
    # Uncompressed YCbCr of reduced colour resolution is beyond Pillow's own reader, not libtiff's.
    TiffImagePlugin.READ_LIBTIFF = photometric == YCBCR
    try:
        picture = open_picture(data, "tiff")
    finally:
        TiffImagePlugin.READ_LIBTIFF = False
    return raster_of(picture)


@dataclass(frozen=True)
class Reading:
    """One picture being read: the file, its tags, byte order, colour and layout."""

    data: bytes
    tags: Tags
    order: str
    photometric: int
    layout: Layout

    def raster(self) -> tuple[Raster, tuple[str, ...]]:
        """The picture's samples, band by band."""
        layout, channels = self.layout, CHANNELS[self.photometric]
        if layout.samples < channels or (self.photometric == INKS and number(self.tags, tag.INK_SET, 1) != 1):
            refuse("This TIFF picture has channels that cannot be shown; saved as RGB it can be opened.")
        planes = [self.inflated(plane) for plane in range(layout.planes)]
        low, high, notes = self.span(planes)
        extra = self.tags.get(tag.EXTRA, (UNASSOCIATED,) if layout.samples == channels + 1 == 4 else ())
        alphas = [at for at, kind in enumerate(extra) if kind in (ASSOCIATED, UNASSOCIATED)]
        at = channels + alphas[0] if alphas and channels + alphas[0] < layout.samples else None
        associated = at is not None and extra[alphas[0]] == ASSOCIATED

        def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
            numbers = self.band(planes, top, bottom)
            colours = self.colours(numbers[..., :channels], low, high)
            if at is None:
                return colours, None
            opacity = scaled(numbers[..., at], low, high)
            if associated:
                colours = straight(colours, opacity)
            return colours, eight_bits(opacity)

        return Raster(layout.width, layout.height, MODELS.get(self.photometric, "grey"), rows), notes

    def inflated(self, plane: int) -> Pictures.Image:
        """The bytes of one plane's rows, as a grey picture that Pillow holds."""
        if number(self.tags, tag.COMPRESSION, 1) == OF_WEBP:
            return Pictures.fromarray(rows_of_webp(self.data, self.tags, self.layout))
        picture = open_picture(bytes_only(self.data, self.tags, self.layout, plane), "tiff", limited=False)
        picture.load()
        return picture

    def band(self, planes: list[Pictures.Image], top: int, bottom: int) -> Numbers:
        """Rows of numbers as they stand in the file, H x W x samples."""
        layout = self.layout
        each = layout.samples // layout.planes
        parts = []
        for plane in planes:
            rows = np.asarray(plane.crop((0, top, plane.width, bottom))).reshape(-1, layout.block_bytes)
            rows, order = unpredicted(rows, number(self.tags, tag.PREDICTOR, 1), layout.bits, each, self.order)
            numbers = numbers_of(rows, layout.bits, order)[:, : layout.block * each]
            wide = numbers.reshape(bottom - top, layout.blocks * layout.block, each)
            parts.append(wide[:, : layout.width])
        numbers = np.concatenate(parts, axis=-1) if len(parts) > 1 else parts[0]
        return self.typed(numbers)

    def typed(self, numbers: Numbers) -> Numbers:
        """Unsigned numbers as what the file says they are."""
        kind = number(self.tags, tag.FORMAT, 1)
        if kind == FLOATING and self.layout.bits in FLOATS:
            order = numbers.dtype.byteorder
            return np.nan_to_num(numbers.view(np.dtype(FLOATS[self.layout.bits]).newbyteorder(order)))
        if self.is_signed:
            return numbers.view(numbers.dtype.str.replace("u", "i"))
        if kind > FLOATING and kind != 4:
            raise ValueError("complex numbers")
        return numbers

    @property
    def is_signed(self) -> bool:
        """Whether numbers may be below zero (those of Lab are told apart elsewhere)."""
        colours = self.photometric not in (CIELAB, ICCLAB, PALETTE)
        return number(self.tags, tag.FORMAT, 1) == SIGNED and colours and self.layout.bits in (8, 16, 32)

    def span(self, planes: list[Pictures.Image]) -> tuple[float, float, tuple[str, ...]]:
        """The numbers that stand for black and white, and a note where that had to be guessed."""
        bits = self.layout.bits
        floating = number(self.tags, tag.FORMAT, 1) == FLOATING
        if (not floating and not self.is_signed) or self.photometric in (CIELAB, ICCLAB):
            return 0, (1 << bits) - 1, ()
        low, high = 0.0, 1.0
        for top in range(0, self.layout.height, 64):
            numbers = self.band(planes, top, min(top + 64, self.layout.height))[..., : CHANNELS[self.photometric]]
            low, high = min(low, float(numbers.min())), max(high, float(numbers.max()))
        if not floating:
            # Where there are numbers below zero, black is the lowest there can be.
            return -(1 << bits - 1) if low < 0 else 0, (1 << bits - 1) - 1, ()
        if (low, high) == (0, 1):
            return low, high, ()
        return low, high, (f"Its values go from {low:.4g} to {high:.4g}; they are shown from black to white.",)

    def colours(self, numbers: Numbers, low: float, high: float) -> Samples:
        """Numbers as 8- or 16-bit samples."""
        if self.photometric == PALETTE:
            return self.looked_up(numbers[..., 0])
        if self.photometric in (CIELAB, ICCLAB):
            return lab(numbers, self.layout.bits, self.photometric == CIELAB)
        samples = scaled(numbers, low, high)
        if self.photometric == WHITE_IS_ZERO:
            return np.asarray(np.iinfo(samples.dtype).max - samples)
        return samples

    def looked_up(self, indices: Numbers) -> Samples:
        """Colours of a palette: 16 bits each, or 8 where a careless encoder wrote them so."""
        table = np.array(self.tags[tag.COLOUR_MAP], np.uint16).reshape(3, -1).T
        if table.max() < 256:
            table = table * 257
        return table[np.minimum(indices, len(table) - 1)]


def scaled(numbers: Numbers, low: float, high: float) -> Samples:
    """`low` to `high` as 0..255 where that is exact enough, else 0..65535."""
    if numbers.dtype == np.uint8 and high == 255:
        return numbers
    if numbers.dtype.kind == "u" and numbers.dtype.itemsize == 2 and high == 65535:
        return numbers.astype(np.uint16)
    if high < 256 and numbers.dtype.kind == "u":
        return np.rint(numbers * np.float32(255 / high)).astype(np.uint8)
    share = (numbers.astype(np.float64) - low) * (65535 / (high - low))
    return np.clip(np.rint(share), 0, 65535).astype(np.uint16)


def lab(numbers: Numbers, bits: int, signed: bool) -> Samples:
    """CIE L*a*b* as Pillow's raw Lab: L* on 0..255, a* and b* as signed bytes (ICCLab counts them from 128).

    Floats are L*, a* and b* themselves.
    """
    if numbers.dtype.kind != "f" and bits not in (8, 16):
        raise ValueError("Lab of this depth")
    values = numbers.astype(np.float64)
    lightness, others = values[..., :1], values[..., 1:]
    if numbers.dtype.kind == "f":
        lightness, others = lightness * 2.55, others + 128
    elif signed:
        others = (others + (1 << bits - 1)) % (1 << bits)
    if bits == 16 and numbers.dtype.kind != "f":
        lightness, others = lightness / (257 if signed else 256), others / 256
    bytes_ = np.clip(np.rint(np.concatenate([lightness, others], axis=-1)), 0, 255).astype(np.uint8)
    return bytes_ ^ np.array([0, 128, 128], np.uint8)
