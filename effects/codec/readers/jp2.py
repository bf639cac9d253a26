"""JPEG 2000, as a file or a bare codestream; Pillow decodes by OpenJPEG. ISO 15444-1, annexes A and I."""

from __future__ import annotations

import struct

import numpy as np

from effects.codec.containers.boxes import boxes, find
from effects.codec.header import Header
from effects.codec.limits import refuse
from effects.codec.metadata import orientation_of, recipe_in_xmp
from effects.codec.raster import Raster, Samples
from effects.codec.readers.contents import Contents
from effects.codec.readers.jp2_channels import read_channels
from effects.codec.readers.pillow import open_picture, raster_of
from effects.image import Alpha

CODESTREAM = b"\xff\x4f\xff\x51"
CODING, QUANTIZATION, COMPONENT_QUANTIZATION, START_OF_TILE = 0x52, 0x5C, 0x5D, 0x90
EXIF_BOX, XMP_BOX = b"JpgTiffExif->JP2", bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
MAX_COMPONENTS = 4
"""That Pillow's decoder gives."""

RESTRICTED_PROFILE, ANY_PROFILE = 2, 3


def open_jp2(data: bytes, header: Header, needed: int | None) -> Contents:
    """JPEG 2000 of every depth, with the profile, EXIF and XMP that a file may hold in its boxes.

    A preview is not read from fewer wavelet levels: those lie up to half a pixel beside the picture.
    """
    del header, needed
    if is_uneven(data):
        refuse("This JPEG 2000 picture keeps its colours coarser than its light, in a size that they do not divide, "
               "which is not read here; saved as PNG it can be opened.")  # fmt: skip
    depths = component_depths(data)
    if len(depths) > MAX_COMPONENTS:
        refuse(f"This JPEG 2000 picture has {len(depths)} components, of which at most {MAX_COMPONENTS} are read; "
               "saved as PNG it can be opened.")  # fmt: skip
    icc = boxed_profile(data)
    channels = read_channels(data, depths, icc)
    if channels is None:
        raster = decode_components(data, depths)
        if depths[0] < 8:
            raster = full_range(raster, depths[0])
    else:
        if is_coarse(data):
            refuse("This JPEG 2000 picture keeps some of its channels coarser than others, in an order of its own, "
                   "which is not read here; saved as PNG it can be opened.")  # fmt: skip
        # Without its boxes, so that Pillow leaves the components as they are.
        raster = channels.raster(decode_components(data[data.index(CODESTREAM) :], depths), depths)
    exif, xmp = box_content(data, EXIF_BOX), box_content(data, XMP_BOX)
    # Every file without a profile names one of the standard's colour spaces; a codestream has no EXIF.
    return Contents(raster, orientation_of(exif), icc, None, exif, xmp, recipe_in_xmp(xmp), says_colour=True)


def decode_components(data: bytes, depths: list[int]) -> Raster:
    """The components as Pillow gives them, at 8 bits unless there is but one."""
    raster = raster_of(open_picture(data, "jp2"))
    if max(depths) > 8 and len(depths) > 1:
        return mend_overflow(raster, raster_of(open_picture(halve_contrast(data), "jp2")))
    return raster


def component_depths(data: bytes) -> list[int]:
    """Bits of each component, from the codestream's SIZ marker."""
    siz = data.index(CODESTREAM)
    count = int.from_bytes(data[siz + 40 : siz + 42])
    return [(depth & 0x7F) + 1 for depth in data[siz + 42 : siz + 42 + 3 * count : 3]]


def is_coarse(data: bytes) -> bool:
    """Whether a component has fewer samples than the picture."""
    siz = data.index(CODESTREAM)
    return any(
        data[siz + at + 3 * component] != 1 for component in range(len(component_depths(data))) for at in (43, 44)
    )


def is_uneven(data: bytes) -> bool:
    """Whether a component of fewer samples does not divide the picture or its tiles; Pillow then shows it skewed."""
    siz = data.index(CODESTREAM)
    right, bottom, left, top, *tile = struct.unpack_from(">8I", data, siz + 8)
    across = [left, right] + ([tile[0], tile[2]] if tile[0] + tile[2] < right else [])
    down = [top, bottom] + ([tile[1], tile[3]] if tile[1] + tile[3] < bottom else [])
    for component in range(len(component_depths(data))):
        wide, tall = data[siz + 43 + 3 * component : siz + 45 + 3 * component]
        if any(edge % wide for edge in across) or any(edge % tall for edge in down):
            return True
    return False


def full_range(raster: Raster, bits: int) -> Raster:
    """Pillow shifts shallow samples up, so that white is 240 where there are 4 bits; here it is 255."""
    table = np.rint((np.arange(256) >> (8 - bits)) * (255 / ((1 << bits) - 1))).astype(np.uint8)

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        samples, alpha = raster.rows(top, bottom)
        return table[samples], alpha if alpha is None else table[alpha]

    return Raster(raster.width, raster.height, raster.model, rows)


def mend_overflow(raster: Raster, coarse: Raster) -> Raster:
    """Pillow rounds deep samples to 8 bits without a limit: the brightest become 256, and that is 0.

    In a second decoding at half the contrast they are bright, and what is really black is dark.
    """

    def mend(values: Samples, half: Samples) -> Samples:
        return np.where((values == 0) & (half >= 128), np.uint8(255), values)

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        (samples, alpha), (half, half_alpha) = raster.rows(top, bottom), coarse.rows(top, bottom)
        return mend(samples, half), None if alpha is None or half_alpha is None else mend(alpha, half_alpha)

    return Raster(raster.width, raster.height, raster.model, rows)


def halve_contrast(data: bytes) -> bytes:
    """The same picture at half the contrast around mid-grey, by changing what the codestream's main header says.

    Where the wavelet is reversible the samples are told to be one bit deeper; where it is not, all quantisation steps
    are halved (exponents up by one) and one guard bit goes, so that the coded bits stay what they are.
    """
    halved = bytearray(data)
    at = data.index(CODESTREAM) + 2
    components = len(component_depths(data))
    reversible = False
    while data[at] == 0xFF and data[at + 1] != START_OF_TILE:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == CODING:
            reversible = data[at + 13] == 1
        elif marker in (QUANTIZATION, COMPONENT_QUANTIZATION):
            skip = 0 if marker == QUANTIZATION else 1 if components < 257 else 2
            if data[at + 4 + skip] & 31 and not reversible:
                halved[at + 4 + skip] -= 0x20
                for step in range(at + 5 + skip, at + 2 + size, 2):
                    halved[step] += 0x08
        at += 2 + size
    if reversible:
        first = data.index(CODESTREAM) + 42
        for component in range(components):
            halved[first + 3 * component] += 1
    return bytes(halved)


def boxed_profile(data: bytes) -> bytes | None:
    """The ICC profile in the colour box, where the file has one."""
    place = find(data, b"jp2h")
    for kind, start, end in boxes(data, *place) if place else ():
        if kind == b"colr" and data[start] in (RESTRICTED_PROFILE, ANY_PROFILE):
            return data[start + 3 : end]
    return None


def box_content(data: bytes, name: bytes) -> bytes | None:
    """What stands in the `uuid` box of this name."""
    for kind, start, end in boxes(data):
        if kind == b"uuid" and data[start : start + 16] == name:
            return data[start + 16 : end]
    return None
