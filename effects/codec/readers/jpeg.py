"""JPEG: Pillow's decoder, fed scan by scan, so that what is missing is told or refused. ITU-T T.81."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from PIL import ImageFile

from effects.codec.containers.segments import END, SOS, START, scan_header, segment, segments
from effects.codec.header import COMMON_FRAMES, Header
from effects.codec.limits import MEGA, WORTH_REDUCING
from effects.codec.raster import area, from_arrays
from effects.codec.readers.contents import Opened
from effects.codec.readers.jpeg_codes import Code, codes_of
from effects.codec.readers.jpeg_ends import Ends, Feed, Verdict, feed_scan
from effects.codec.readers.jpeg_passes import Frame
from effects.codec.readers.pillow import open_picture, raster_of
from effects.codec.readers.stills import opened
from effects.image import fit

if TYPE_CHECKING:  # importing a plugin of Pillow's registers it for the whole process
    from PIL.JpegImagePlugin import JpegImageFile

SPARE = 1.5
"""How much larger than needed the decoder's own reduction stays: it drops the finest detail instead of averaging it."""

WORTH_DECODING_TWICE = 2 * MEGA
"""Pixels up to which a picture is decoded twice where only that shows for certain whether its scans are whole."""

TABLES, INTERVAL = 0xC4, 0xDD

ICC_HEAD = 14
"""Bytes before each part of a profile: what it is, and which of how many."""

SHORT = "A few bytes of this JPEG file are missing, so small parts of the picture may be wrong."


def open_jpeg(data: bytes, header: Header, needed: int | None) -> Opened:
    """JPEG, baseline or progressive, grey, colour or ink; reduced by the decoder itself where much less is needed."""
    picture = cast("JpegImageFile", open_picture(data, header.format))
    small = fit(*picture.size, needed) if needed and max(picture.size) > needed else None
    if needed and small and header.width * header.height > WORTH_REDUCING:
        picture.draft(None, fit(*picture.size, round(needed * SPARE)))
    notes = decode_scans(picture, data)
    # Pillow puts a profile together at the frame's header, and there are files that have it behind.
    picture.info.setdefault("icc_profile", b"".join(part[ICC_HEAD:] for part in sorted(picture.icclist)))
    whole = raster_of(picture)
    if not small:
        return opened(picture, whole, header, notes)
    # Averaged before its profile is applied, which then has a tenth of the pixels to convert.
    pixels = area(whole.rows(0, whole.height)[0], small).reshape(small[1], small[0], -1)
    return opened(picture, from_arrays(pixels, None, whole.model), header, notes)


def decode_scans(picture: ImageFile.ImageFile, data: bytes) -> tuple[str, ...]:
    """Decode into the picture; sentences where a little is missing, ValueError where more is."""
    notes, found = fed(Feed(picture), data)
    if found == {"whole"} or "short" in found:
        short = "short" in found
    elif picture.width * picture.height <= WORTH_DECODING_TWICE:
        short = not comes_out_alike(picture, data)
    else:
        short = "probably short" in found
    return notes + ((SHORT,) if short else ())


def comes_out_alike(picture: ImageFile.ImageFile, data: bytes) -> bool:
    """Whether it is the same picture with other bits behind its scans, from which what is really missing is read."""
    other = open_picture(data, "jpeg")
    assert isinstance(other, ImageFile.ImageFile)
    try:
        fed(Feed(other), data, again=True)
    except ValueError:
        return False
    return np.array_equal(np.asarray(picture), np.asarray(other))


def fed(feed: Feed, data: bytes, again: bool = False) -> tuple[tuple[str, ...], set[Verdict]]:
    """Decode scan by scan; a sentence where passes are missing, and what is to be said of the scans' ends.

    What is missing at their ends is read as other bits when it is done `again`. ValueError where it is much.
    """
    before, frame, interval = [START], Frame(0, b""), 0
    found: set[Verdict] = set()
    codes: dict[int, Code] = {}
    for marker, content in segments(data):
        before.append(segment(marker, content))
        if marker in COMMON_FRAMES:
            frame = Frame(marker, content)
        elif marker == INTERVAL:
            interval = int.from_bytes(content[:2])
        elif marker == TABLES:
            codes.update(codes_of(content))
        if marker != SOS or frame.arithmetic:
            continue
        scan, header = frame.scan(content), scan_header(content)
        frame.take(scan)
        before[-1] = segment(SOS, content[:header])
        counts = portions(frame.units(scan), interval)
        ends = Ends(counts, None, frame.behind(scan, codes)) if again else Ends(counts, frame.unit(scan, codes))
        found |= feed_scan(feed, b"".join(before), content[header:], ends)
        before.clear()
        if feed.finished:
            break
        # A scan of all components is shown as it comes; where there are several scans, all is after the last.
        if frame.whole(scan) and not frame.progressive:
            raise ValueError("the scan ends early")
    # Arithmetic codes are read as they are, up to the file's own end, if it has one.
    if not feed.finished:
        feed(data if frame.arithmetic else b"".join([*before, END]))
    if not feed.finished:
        raise ValueError("the file ends early")
    return frame.verdict(), found


def portions(count: int, interval: int) -> list[int]:
    """How many of a scan's units stand between restarts: an interval's in each part, and in the last what is left."""
    if not interval:
        return [count]
    return [min(interval, count - done) for done in range(0, count, interval)]
