"""EXIF that travels on with a picture that was edited: what it says of the taking stays, of the pixels becomes true.

Tags are those of CIPA DC-008 (EXIF), DCF 2.0 and TIFF 6.0.
"""

from __future__ import annotations

import logging
import struct

from effects.codec.colour.exif_colour import BASIC_FILE, COLOUR_SPACE, EXIF_SRGB, INDEX, OPTIONAL_FILE
from effects.codec.containers.exif import IMAGE, INTEROPERABILITY, PHOTO, PREFIX, Change, Tag, change_exif, exif_values
from effects.codec.metadata import MAKER_NOTE, parse_exif
from effects.codec.orientation import UPRIGHT
from effects.logs import log_unexpected

log = logging.getLogger(__name__)

MAX_EXIF_BYTES = 65533 - len(PREFIX)
"""Bytes that fit into a segment of a JPEG."""

ORIENTATION = (IMAGE, 0x0112)

WIDTHS: tuple[Tag, ...] = ((IMAGE, 0x0100), (PHOTO, 0xA002), (INTEROPERABILITY, 0x1001))
HEIGHTS: tuple[Tag, ...] = ((IMAGE, 0x0101), (PHOTO, 0xA003), (INTEROPERABILITY, 0x1002))
"""ImageWidth, PixelXDimension, RelatedImageWidth; and of the height."""

OF_STRIPS = (*range(0x00FE, 0x0100), 0x0102, 0x0103, 0x0106, 0x0107, 0x010A, 0x0111, 0x0115, 0x0116, 0x0117, 0x011C,
             0x0120, 0x0121, 0x013D, 0x0140, *range(0x0142, 0x0146), 0x014A, 0x0152, 0x0153, 0x015B,
             *range(0x0200, 0x020A), 0x0212)  # fmt: skip
"""How a TIFF keeps its pixels, other pictures in it, and old JPEGs; not to be said of a compressed picture."""

PACKETS = (0x02BC, 0x8649, 0x8773)
"""XMP, Photoshop's resources and a profile: they tell of the old picture, some with a small copy of it."""

OF_PLACES: tuple[Tag, ...] = ((PHOTO, 0x9102), (PHOTO, 0x9214), (PHOTO, 0xA214))
"""CompressedBitsPerPixel, SubjectArea and SubjectLocation: true of the old pixels alone."""

OF_SENSOR: tuple[Tag, ...] = ((PHOTO, 0xA20E), (PHOTO, 0xA20F), (PHOTO, 0xA210))
"""FocalPlaneXResolution, -YResolution and -ResolutionUnit: pixels of the old size a length."""

OF_COLOUR: tuple[Tag, ...] = ((IMAGE, 0x012D), (IMAGE, 0x013E), (IMAGE, 0x013F), (IMAGE, 0x0211), (IMAGE, 0x0214),
                              (PHOTO, 0xA500))  # fmt: skip
"""TransferFunction, WhitePoint, PrimaryChromaticities, YCbCrCoefficients, ReferenceBlackWhite, Gamma."""

Size = tuple[int, int]
"""Width and height in pixels."""


def exif_for(exif: bytes | None, size: Size, before: Size | None) -> bytes | None:
    """The EXIF of a file for an upright sRGB picture of this size made of it; `before` is the size its pixels had.

    Sizes, orientation and colour space are those of the new picture, where the file had them; its thumbnail and what
    cannot be known any more are gone. None where nothing is left, or too much for a JPEG even without a maker's note.
    """
    out = [*OF_PLACES, *OF_COLOUR] if size == before else [*OF_PLACES, *OF_COLOUR, *OF_SENSOR]
    changes: dict[Tag, Change] = dict.fromkeys(out)
    changes[COLOUR_SPACE] = EXIF_SRGB
    index = exif_values(exif, INDEX)[0]
    if isinstance(index, bytes) and index.startswith(OPTIONAL_FILE):
        changes[INDEX] = BASIC_FILE + b"\0"
    return with_changes(exif, size, changes)


def exif_untouched(exif: bytes | None, size: Size) -> bytes | None:
    """The EXIF of a file whose compressed pixels stay as they are: without its thumbnail, its sizes put right."""
    return with_changes(exif, size, {})


def with_changes(exif: bytes | None, size: Size, changes: dict[Tag, Change]) -> bytes | None:
    """The block with these changes, and with those that every upright picture of this size needs."""
    if not exif:
        return None
    more: dict[Tag, Change] = dict.fromkeys((IMAGE, tag) for tag in (*OF_STRIPS, *PACKETS))
    more[ORIENTATION] = UPRIGHT
    more |= dict.fromkeys(WIDTHS, size[0]) | dict.fromkeys(HEIGHTS, size[1])
    block = change_exif(exif, more | changes)
    return block if block is None or len(block) <= MAX_EXIF_BYTES else without_makers_note(block)


def without_orientation(exif: bytes) -> bytes | None:
    """The same block without a word on how the picture was held, for formats that say it elsewhere."""
    return change_exif(exif, {ORIENTATION: None})


def without_makers_note(exif: bytes) -> bytes | None:
    """The same block put together anew without its maker's note; None where it still is too long for a JPEG."""
    found = parse_exif(exif)
    try:
        found.get_ifd(PHOTO).pop(MAKER_NOTE, None)
        block = found.tobytes()
    except (ValueError, LookupError, struct.error, OSError, TypeError) as error:
        log_unexpected(log, "An EXIF block cannot be put together anew", error, logging.DEBUG)
        return None
    return block if len(block) <= MAX_EXIF_BYTES else None
