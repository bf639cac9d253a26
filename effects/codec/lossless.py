"""The same file again, not decoded: what it said taken out or put in, its compressed pixels copied byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace

from effects.codec.companions import Companions
from effects.codec.containers.chunks import assemble_png, first_of
from effects.codec.containers.exif import PREFIX
from effects.codec.containers.riff import extended_webp, first_riff_chunks
from effects.codec.containers.segments import APP0, APP1, APP2, APP14, COMMENT, END, ICC, START, segment, segments
from effects.codec.header import Header
from effects.codec.metadata import recipe_xmp

JFIF, ADOBE, XMP = b"JFIF\0", b"Adobe", b"http://ns.adobe.com/xap/1.0/\0"

ICC_PART = 65519
"""Bytes of a profile that fit into one segment."""

COLOUR_CHUNKS = (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"cLLI", b"mDCV")


def rewrite(data: bytes, header: Header, beside: Companions, channels: int) -> bytes | None:
    """The file with nothing but its pixels, their colour and `beside`; None where that cannot be done.

    The file must be whole and upright, and of one frame. Its own profile stays, since its pixels do; `beside.icc` is
    for files without one. `channels` are those of the stored picture.
    """
    if header.frames > 1 or header.format not in REWRITERS:
        return None
    return REWRITERS[header.format](data, header, beside, channels)


def rewrite_jpeg(data: bytes, header: Header, beside: Companions, channels: int) -> bytes | None:
    """JPEG: tables, frame and scans stay, and of the application segments those about colour."""
    del header
    front, body, has_profile = [], [], False
    for marker, content in segments(data):
        if marker == APP0 and content.startswith(JFIF):
            # Without the thumbnail that may follow the fixed part.
            front.append(segment(marker, content[:12] + bytes(2)))
        elif (marker == APP2 and content.startswith(ICC)) or (marker == APP14 and content.startswith(ADOBE)):
            has_profile |= marker == APP2
            body.append(segment(marker, content))
        elif not APP0 <= marker <= 0xEF and marker != COMMENT:
            body.append(segment(marker, content))
    try:
        front += companion_segments(beside if channels == 3 and not has_profile else replace(beside, icc=b""))
    except struct.error:  # one is longer than a segment
        return None
    return b"".join([START, *front, *body, END])


def companion_segments(beside: Companions) -> list[bytes]:
    """What goes beside a JPEG's pixels, as it stands after the JFIF segment; struct.error where it does not fit."""
    contents = [(APP1, beside.exif)] if beside.exif else []
    if beside.recipe is not None:
        contents.append((APP1, XMP + recipe_xmp(beside.recipe)))
    parts = [beside.icc[at : at + ICC_PART] for at in range(0, len(beside.icc), ICC_PART)]
    contents += [(APP2, ICC + bytes([number, len(parts)]) + part) for number, part in enumerate(parts, 1)]
    return [segment(marker, content) for marker, content in contents]


def rewrite_png(data: bytes, header: Header, beside: Companions, channels: int) -> bytes | None:
    """PNG: the pixels and the chunks about colour stay."""
    del header, channels
    found = first_of(data)
    if b"acTL" in found:
        return None
    colour = [(kind, found[kind]) for kind in COLOUR_CHUNKS if kind in found]
    return assemble_png(data, colour, beside.exif, beside.recipe)


def rewrite_webp(data: bytes, header: Header, beside: Companions, channels: int) -> bytes | None:
    """WebP: picture, alpha and profile stay, in an extended file that says what is in it."""
    del channels
    found = first_riff_chunks(data)
    if b"ANMF" in found:
        return None
    exif = beside.exif.removeprefix(PREFIX) if beside.exif else None
    recipe = None if beside.recipe is None else recipe_xmp(beside.recipe)
    return extended_webp(found, (header.width, header.height), found.get(b"ICCP", beside.icc), exif, recipe)


def rewrite_avif(data: bytes, header: Header, beside: Companions, channels: int) -> bytes | None:
    """AVIF: only a file that says nothing and is to say nothing is left as it is."""
    del header, channels
    says = any(word in data for word in (b"Exif", b"mime", b"uri ", b"moov", b"irot", b"imir"))
    return None if says or beside.exif or beside.recipe is not None else data


REWRITERS: dict[str, Callable[[bytes, Header, Companions, int], bytes | None]] = {
    "jpeg": rewrite_jpeg,
    "png": rewrite_png,
    "webp": rewrite_webp,
    "avif": rewrite_avif,
}
