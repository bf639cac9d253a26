"""A JPEG's pixels by libjpeg-turbo, which stops where anything is not as it should be, or goes on as well as it can.

Pillow's own decoder always goes on: libjpeg makes up what is missing in a damaged file and warns, and Pillow does not
pass that on. Asked to stop at a warning it misses a single bit.
"""

from __future__ import annotations

import cv2
import numpy as np
import simplejpeg

from effects.codec.raster import Samples
from effects.codec.readers.pillow import open_picture

SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}
"""What libjpeg-turbo calls Pillow's modes."""

Size = tuple[int, int]


ENDS_EARLY, TOO_MUCH = "premature end of data segment", "extraneous bytes before marker 0xd9"
"""libjpeg's words for a scan that lacks as much as a bit, and for what stands behind a whole one at a file's end."""


def strictly(file: bytes, mode: str, size: Size) -> Samples:
    """The pixels of a file in which nothing is missing, wrong or too much; ValueError, in its words, for any other.

    `size` is the picture's own, or that of it reduced to a half, a quarter or an eighth.
    """
    return turbo(file, mode, size, strict=True)


def leniently(file: bytes, mode: str, size: Size) -> Samples:
    """The pixels of a file, with whatever libjpeg puts in place of what is missing; OSError where it cannot.

    Some rare ratios of colour to light are known to Pillow's own libjpeg alone.
    """
    try:
        return turbo(file, mode, size, strict=False)
    except ValueError:
        picture = open_picture(file, "jpeg")
        picture.draft(None, size)
        return np.asarray(picture)


def turbo(file: bytes, mode: str, size: Size, strict: bool) -> Samples:
    """Either of both."""
    try:
        samples: Samples = simplejpeg.decode_jpeg(
            file, SPACES[mode], min_width=size[0], min_height=size[1], min_factor=1, strict=strict
        )
    except ValueError as error:
        if "memory" in str(error):
            raise MemoryError from None
        raise
    # Ink stands inverted in all files, as Adobe's programs began to write it.
    return cv2.bitwise_not(samples, dst=samples) if mode == "CMYK" else samples
