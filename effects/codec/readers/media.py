"""AVIF and HEIC: pictures in ISO media boxes, decoded by libavif and libheif. ISO 23008-12, ISO 14496-12."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import pillow_heif

from effects.codec.colour.hdr import stated_peak
from effects.codec.colour.light import Encoding, code_points
from effects.codec.containers.boxes import primary_first, primary_kind, properties
from effects.codec.header import Header
from effects.codec.limits import check_size, refuse
from effects.codec.metadata import orientation_of, recipe_in_xmp
from effects.codec.raster import Model, Raster, Samples, from_arrays, unpremultiply
from effects.codec.readers.contents import Contents, animation
from effects.codec.readers.pillow import embedded_bytes, open_picture, raster_of
from effects.image import Alpha

VIDEO_TRANSFERS = (1, 6, 14, 15)
SRGB_TRANSFER, UNSPECIFIED = 13, 2
MONOCHROME = 0x10

MODES: dict[str, tuple[Model, int, int]] = {
    "L": ("grey", 1, 1),
    "I;16": ("grey", 1, 1),
    "LA": ("grey", 1, 2),
    "RGB": ("rgb", 3, 3),
    "RGBA": ("rgb", 3, 4),
    "RGBa": ("rgb", 3, 4),
}
"""What libheif gives: how many channels are colour, and how many there are. Only grey stays deeper than 8 bits."""

AVIF_KINDS, HEIC_KINDS = {b"av01", b"grid"}, {b"hvc1", b"grid", b"iden", b"iovl"}
"""How the picture itself may be coded: by a codec, or put together of other pictures."""

UNKNOWN_MATRIX = ("Reformat failed", "color conversion", "NCLX matrix")
UNSUPPORTED = ("Unsupported", "Not implemented", "not been built in")
"""Words of libavif and libheif."""

MULTIPLIED = "RGBa"
"""Colours that the file keeps multiplied by their alpha (`prem`); ISO 23008-12, 6.4.4."""


def open_avif(data: bytes, header: Header, needed: int | None) -> Contents:
    """AVIF. Pillow tells its rotation and mirroring as an EXIF orientation, and not its colour code points."""
    del needed
    try:
        picture = open_picture(data, "avif")
        raster = raster_of(picture)
    except (OSError, RuntimeError) as error:
        refuse_what_is_not_read(data, "AVIF", AVIF_KINDS, error)
        raise
    icc, exif, xmp = (embedded_bytes(picture, key) for key in ("icc_profile", "exif", "xmp"))
    colour = stated_colour(data)
    return Contents(
        one_channel(raster) if raster.model == "rgb" and is_monochrome(data) else raster,
        orientation_of(exif),
        icc,
        colour.meaning,
        exif,
        xmp,
        recipe_in_xmp(xmp),
        animation(header),
        colour.is_stated,
    )


def refuse_what_is_not_read(data: bytes, title: str, kinds: set[bytes], error: Exception) -> None:
    """Say so where a decoder failed at what it does not know, which is no damage; what it knows is in `kinds`."""
    kind = primary_kind(data)
    if kind and kind.isalnum() and kind not in kinds:
        refuse(f"This {title} picture is coded as {kind.decode('ascii')}, which is not read here; "
               "saved as JPEG or PNG it can be opened.")  # fmt: skip
    if any(words in str(error) for words in UNKNOWN_MATRIX):
        refuse(f"This {title} picture keeps its colours by a matrix that is not read here; "
               "saved as JPEG or PNG it can be opened.")  # fmt: skip
    if any(words in str(error) for words in UNSUPPORTED):
        refuse(f"This {title} picture is of a rare kind that is not read here; saved as JPEG or PNG it can be opened.")


def is_monochrome(data: bytes) -> bool:
    """Whether all of a file's pictures are of light alone; `av1C`'s third byte says so. AV1 in ISOBMFF, 2.3.3."""
    settings = [data[start + 2] for kind, start, end in properties(data) if kind == b"av1C" and end - start >= 4]
    return bool(settings) and all(setting & MONOCHROME for setting in settings)


def one_channel(raster: Raster) -> Raster:
    """Grey as grey, which Pillow gives in three equal channels where there is alpha; a grey profile needs it so."""

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        samples, alpha = raster.rows(top, bottom)
        return samples[..., :1], alpha

    return Raster(raster.width, raster.height, "grey", rows)


def open_heic(data: bytes, header: Header, needed: int | None) -> Contents:
    """HEIC and HEIF. libheif turns the picture itself, and its EXIF orientation says how it was before."""
    del needed
    try:
        container = pillow_heif.open_heif(data, convert_hdr_to_8bit=True)
        picture = container[container.primary_index]
        pixels = np.asarray(picture)
    except (SyntaxError, LookupError, ValueError, RuntimeError) as error:
        refuse_what_is_not_read(data, "HEIC", HEIC_KINDS, error)
        raise
    if not picture.info.get("primary", True):
        # The others are thumbnails and parts of it.
        raise ValueError("the picture itself cannot be read")
    check_size(*picture.size)
    mode = picture.mode
    if mode not in MODES:
        refuse(f"This HEIC picture keeps its pixels as {mode}, which cannot be shown.")
    model, channels, samples = MODES[mode]
    pixels = pixels.reshape(picture.size[1], -1, samples)[:, : picture.size[0]]
    alpha = pixels[..., -1] if samples > channels else None
    colours = pixels[..., :channels]
    if mode == MULTIPLIED and alpha is not None:
        colours = unpremultiply(colours, alpha)
    found: dict[str, Any] = picture.info
    icc, exif, xmp = (found.get(key) or None for key in ("icc_profile", "exif", "xmp"))
    colour = stated_colour(data)
    return Contents(
        from_arrays(colours, alpha, model),
        icc=icc,
        meaning=colour.meaning,
        exif=exif,
        xmp=xmp,
        recipe=recipe_in_xmp(xmp),
        notes=animation(header),
        says_colour=colour.is_stated,
    )


@dataclass(frozen=True)
class StatedColour:
    """What a file's boxes say of its numbers (None: sRGB), and whether they say anything."""

    meaning: Encoding | None = None
    is_stated: bool = False


def stated_colour(data: bytes) -> StatedColour:
    """The picture's `nclx` colour property, and how bright an HDR picture gets.

    Still pictures that call their curve a video's (encoders' default) are shown as sRGB, as browsers do.
    """
    found: dict[bytes, bytes] = {}
    for kind, start, end in primary_first(data):
        is_code = kind == b"colr" and data[start : start + 4] == b"nclx" and end - start >= 10
        if is_code or kind in (b"clli", b"mdcv"):
            found.setdefault(kind, data[start:end])
    if b"colr" not in found:
        return StatedColour()
    primaries, transfer = struct.unpack_from(">HH", found[b"colr"], 4)
    meaning = code_points(primaries, SRGB_TRANSFER if transfer in VIDEO_TRANSFERS else transfer, stated_peak(found))
    return StatedColour(meaning, (primaries, transfer) != (UNSPECIFIED, UNSPECIFIED))
