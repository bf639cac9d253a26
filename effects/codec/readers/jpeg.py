"""JPEG: libjpeg-turbo's pixels, where nothing is missing; what is missing is told or refused. ITU-T T.81."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from effects.codec.containers.segments import APP2, END, ICC, SOS, START, scan_header, segment, segments
from effects.codec.header import COMMON_FRAMES, Header
from effects.codec.limits import MIN_REDUCED_PIXELS
from effects.codec.raster import Samples, area_means, from_arrays
from effects.codec.readers.contents import Contents
from effects.codec.readers.jpeg_codes import Code, codes_of
from effects.codec.readers.jpeg_ends import Filling, Scan, filled
from effects.codec.readers.jpeg_passes import JpegFrame
from effects.codec.readers.jpeg_pixels import ENDS_EARLY, TOO_MUCH, Size, leniently, strictly
from effects.codec.readers.pillow import MODELS, open_picture
from effects.codec.readers.stills import contents_of
from effects.image import fit

DRAFT_SPARE = 1.5
"""How much larger than needed the decoder's own reduction stays: it drops the finest detail instead of averaging it."""

TABLES, INTERVAL = 0xC4, 0xDD

ICC_HEAD = len(ICC) + 2
"""Bytes before each part of a profile: what it is, and which of how many."""

SHORT_NOTE = "A few bytes of this JPEG file are missing, so small parts of the picture may be wrong."


def open_jpeg(data: bytes, header: Header, needed: int | None) -> Contents:
    """JPEG, baseline or progressive, grey, colour or ink; reduced by the decoder itself where much less is needed."""
    picture = open_picture(data, header.format)
    whole, mode = picture.size, picture.mode
    small = fit(*whole, needed) if needed and max(whole) > needed else None
    if needed and small and header.width * header.height > MIN_REDUCED_PIXELS:
        picture.draft(None, fit(*whole, round(needed * DRAFT_SPARE)))
    parts = take_apart(data)
    notes = parts.frame.verdict()
    try:
        pixels = strictly(data, mode, picture.size)
    except ValueError as error:
        pixels, more = mended(data, parts, mode, (whole, picture.size), str(error))
        if notes and more:
            # Cut off rather than saved without its last passes.
            raise ValueError("the file ends within a pass") from None
        notes += more
    # Pillow puts a profile together at the frame's header, and there are files that have it behind.
    picture.info.setdefault("icc_profile", b"".join(part[ICC_HEAD:] for part in sorted(parts.profile)))
    pixels = pixels.reshape(*pixels.shape[:2], -1)
    if small:
        # Averaged before its profile is applied, which then has a tenth of the pixels to convert.
        pixels = area_means(pixels, small).reshape(small[1], small[0], -1)
    return contents_of(picture, from_arrays(pixels, None, MODELS[mode]), header, notes)


def mended(
    data: bytes, parts: Parts, mode: str, sizes: tuple[Size, Size], words: str
) -> tuple[Samples, tuple[str, ...]]:
    """The pixels of a file that is not quite as it should be, and a sentence where a little of it is missing.

    ValueError where more is. Bytes too many, as some cameras write them, do no harm, but libjpeg's `words` are of them
    then, and say nothing of what may be missing behind them. The file is looked at in its whole size, the first of
    `sizes`, and shown in the other. Arithmetic codes are read as they are: they leave out zeros at an end.
    """
    whole, shown = sizes
    alone = [scan.parts for scan in parts.scans] == [1]
    if parts.frame.arithmetic or (alone and TOO_MUCH in words):
        return leniently(data, mode, shown), ()
    if not parts.scans:
        raise ValueError("no scan")

    if ENDS_EARLY not in words:
        try:
            # As it may be whole but for its end, or with something between its segments.
            return strictly(filled(parts.scans, parts.end, "none"), mode, shown), ()
        except ValueError as error:
            words = str(error)

    def pixels(filling: Filling) -> Samples:
        return leniently(filled(parts.scans, parts.end, filling), mode, whole)

    first = pixels("nothing")
    lacks = ENDS_EARLY in words or not np.array_equal(first, pixels("other"))
    if lacks and not np.array_equal(first, pixels("a little of nothing")):
        raise ValueError("a scan ends early")
    if shown != whole:
        first = leniently(filled(parts.scans, parts.end, "nothing"), mode, shown)
    return first, (SHORT_NOTE,) if lacks else ()


@dataclass
class Parts:
    """A file taken apart: its frame with what its scans bring, those scans, what follows, and its profile's parts."""

    frame: JpegFrame
    scans: list[Scan] = field(default_factory=list)
    profile: list[bytes] = field(default_factory=list)
    end: bytes = END


def take_apart(data: bytes) -> Parts:
    """All of a file up to its end; ValueError where a scan refines what has not come."""
    before, parts, interval = [START], Parts(JpegFrame(0, b"")), 0
    codes: dict[int, Code] = {}
    for marker, content in segments(data):
        before.append(segment(marker, content))
        if marker in COMMON_FRAMES:
            parts.frame = JpegFrame(marker, content)
        elif marker == INTERVAL:
            interval = int.from_bytes(content)
        elif marker == TABLES:
            codes.update(codes_of(content))
        elif marker == APP2 and content.startswith(ICC) and not parts.scans:
            parts.profile.append(content)
        if marker != SOS or parts.frame.arithmetic:
            continue
        scan, header = parts.frame.scan(content), scan_header(content)
        parts.frame.note_scan(scan)
        before[-1] = segment(SOS, content[:header])
        count = -(-parts.frame.units(scan) // interval) if interval else 1
        parts.scans.append(Scan(b"".join(before), content[header:], count, parts.frame.telling(scan, codes)))
        before.clear()
    # A table that was cut off is no table, and so no end.
    parts.end = b"".join([*before, END])
    return parts
