"""What a picture may ask of the machine, checked before any decoder sees it."""

from __future__ import annotations

from typing import NoReturn

import cv2

from effects.errors import DecodeError, LimitError, PictureError
from effects.settings import SETTINGS

MAX_MEGABYTES = SETTINGS.megabytes
"""Of 2**20 bytes each, that a file may have; `.streamlit/config.toml` says the same to the browser."""

MAX_BYTES = MAX_MEGABYTES * 2**20
MEGA = 1_000_000

MAX_PIXELS = SETTINGS.megapixels * MEGA + MEGA // 2
"""Half a million more than is said: cameras sold under 50 megapixels give up to 50.3 million."""

MIN_REDUCED_PIXELS = 4 * MEGA
"""Pixels from which a decoder's own reduction counts; below, the exact average of all pixels is fast enough."""


OUT_OF_MEMORY = "out of memory"
"""Words of Pillow's decoders and of libavif, which have no error of its own for it."""


def refuse(sentence: str, error: type[PictureError] = DecodeError) -> NoReturn:
    """Raise an error of the family with a sentence of at most 400 characters."""
    raise error(sentence if len(sentence) <= 400 else sentence[:399] + "…")


def lacks_memory(error: BaseException) -> bool:
    """Whether a library's error says that there was no memory, in whichever way it says so."""
    if isinstance(error, cv2.error):
        return bool(error.code == cv2.Error.StsNoMem)
    is_said = isinstance(error, OSError | RuntimeError) and OUT_OF_MEMORY in str(error).lower()
    return is_said or isinstance(error, MemoryError)


def check_bytes(count: int) -> None:
    """Refuse an empty file, and (LimitError) one of more than `MAX_BYTES`."""
    if count == 0:
        refuse("The file is empty.")
    if count > MAX_BYTES:
        refuse(f"The file has {count / 2**20:.1f} MB; at most {MAX_MEGABYTES} MB are taken.", LimitError)


def check_size(width: int, height: int) -> None:
    """Refuse a picture without pixels, and (LimitError) one of more than `MAX_PIXELS`."""
    if width < 1 or height < 1:
        refuse(f"The file says it is {width} x {height} pixels, so there is no picture in it.")
    if width * height > MAX_PIXELS:
        size = f"{width * height / MEGA:.1f} megapixels ({width} x {height})"
        refuse(f"The picture has {size}; at most {MAX_PIXELS // MEGA} megapixels are taken.", LimitError)
