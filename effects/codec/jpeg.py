"""JPEG: Pillow's decoder, fed scan by scan, so that data that are missing are missed and not made up. ITU-T T.81.

libjpeg fills in what a damaged file lacks and only warns, which Pillow does not pass on. It does so where a marker
comes too early; where the data merely stop it waits. So each scan is followed by bytes that mean nothing instead of a
marker: a decoder that has all it needs passes over them at once, one that lacks something waits for more.
"""

from __future__ import annotations

import re
import struct

from PIL import Image as Pictures
from PIL import ImageFile, JpegImagePlugin

from effects.codec.header import COMMON_FRAMES, Header
from effects.codec.limits import WORTH_REDUCING
from effects.codec.opened import Opened
from effects.codec.pillow import open_picture, raster_of
from effects.codec.raster import area, from_arrays
from effects.codec.segments import END, SOS, START, segment, segments
from effects.codec.stills import opened
from effects.image import fit

SPARE = 1.5
"""How much larger than needed the decoder's own reduction stays: it drops the finest detail instead of averaging it."""

NOTHING = b"\xff\0"
"""A byte of ones, which no code consists of, as it stands in compressed data."""

AHEAD = 8
"""Bytes that libjpeg-turbo wants to have before it reads a code."""

INTERVAL, RESTART = 0xDD, re.compile(rb"\xff[\xd0-\xd7]")

PROGRESSIVE, ARITHMETIC = 0xC2, (0xC9, 0xCA)
"""Frames. Arithmetic coders leave out zeros at the end of a scan, so there missing data cannot be told."""

ICC_HEAD = 14
"""Bytes before each part of a profile: what it is, and which of how many."""

COEFFICIENTS, UNSEEN = 64, 99
"""Numbers in a block; and the bits of one that are still to come as long as none has."""

COARSE = "This progressive JPEG file lacks its last passes, so its finest detail may be missing."


def open_jpeg(data: bytes, header: Header, needed: int | None) -> Opened:
    """JPEG, baseline or progressive, grey, colour or ink; reduced by the decoder itself where much less is needed."""
    picture = open_picture(data, header.format)
    assert isinstance(picture, JpegImagePlugin.JpegImageFile)
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
    """Decode into the picture; a sentence where its finest detail is missing, ValueError where more is."""
    feed, before, frame, interval = Feed(picture), [START], Frame(0, b""), 0
    for marker, content in segments(data):
        before.append(segment(marker, content))
        if marker in COMMON_FRAMES:
            frame = Frame(marker, content)
        elif marker == INTERVAL:
            interval = int.from_bytes(content[:2])
        if marker != SOS or frame.marker in ARITHMETIC:
            continue
        feed(b"".join([*before, NOTHING * AHEAD]))
        before.clear()
        if feed.finished:
            return ()
        frame.strike_out(content)
        # A scan of all components is shown as it comes; where there are several scans, all is after the last.
        if content[0] == len(frame.lacking) and frame.marker != PROGRESSIVE:
            raise ValueError("the scan ends early")
        for _ in range(2):
            feed(NOTHING)
            if feed.waiting:
                raise ValueError("a scan ends early")
        if interval and len(RESTART.findall(content)) < (frame.blocks(content) - 1) // interval:
            raise ValueError("a scan ends early, and between two of its intervals")
    # Arithmetic codes are read as they are, up to the file's own end, if it has one.
    feed(data if frame.marker in ARITHMETIC else b"".join([*before, END]))
    if not feed.finished:
        raise ValueError("the file ends early")
    return frame.verdict()


class Frame:
    """A JPEG's frame header, and for each component and coefficient how many bits the scans have left out so far."""

    def __init__(self, marker: int, content: bytes) -> None:
        self.marker, self.content = marker, content
        self.lacking = {component: [UNSEEN] * COEFFICIENTS for component in content[6::3]}

    def strike_out(self, scan: bytes) -> None:
        """Take note of what a scan brings."""
        count = scan[0]
        first, last, position = scan[1 + 2 * count : 4 + 2 * count]
        if self.marker != PROGRESSIVE:
            first, last, position = 0, COEFFICIENTS - 1, 0
        for component in scan[1 : 1 + 2 * count : 2]:
            self.lacking[component][first : last + 1] = [position & 15] * (last + 1 - first)

    def blocks(self, scan: bytes) -> int:
        """How many units a scan is coded in: blocks of its only component, or else groups of all of its components'."""
        _, height, width = struct.unpack_from(">BHH", self.content)
        factors = dict(zip(self.lacking, (divmod(both, 16) for both in self.content[7::3]), strict=True))
        across, down = (max(each) for each in zip(*factors.values(), strict=True))
        if scan[0] == 1:
            wide, tall = factors[scan[1]]
            width, height = -(-width * wide // across), -(-height * tall // down)
            across = down = 1
        return -(-width // (8 * across)) * -(-height // (8 * down))

    def verdict(self) -> tuple[str, ...]:
        """A sentence where fine detail never came; ValueError where a component did not."""
        if self.marker in ARITHMETIC:
            return ()
        if any(bits[0] == UNSEEN for bits in self.lacking.values()):
            raise ValueError("a component is missing")
        return (COARSE,) if any(any(bits) for bits in self.lacking.values()) else ()


class Feed:
    """Pillow's decoder of a picture's only tile, given its bytes as they come."""

    def __init__(self, picture: ImageFile.ImageFile) -> None:
        codec, extent, _, settings = picture.tile[0]
        picture.load_prepare()
        picture.tile = []
        self.decoder = Pictures._getdecoder(picture.mode, codec, settings, picture.decoderconfig)
        self.decoder.setimage(picture.im, extent)
        self.waiting = b""
        self.finished = False

    def __call__(self, data: bytes) -> None:
        """Decode as far as these bytes go; ValueError where they are wrong."""
        given = self.waiting + data if self.waiting else data
        taken, error = self.decoder.decode(given)
        self.finished = taken < 0
        if self.finished and error:
            raise ValueError("damaged")
        self.waiting = given[max(taken, 0) :]
