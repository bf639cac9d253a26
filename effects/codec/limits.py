"""What a picture may ask of the machine, checked before any decoder sees it."""

from __future__ import annotations

from typing import NoReturn

MAX_BYTES = 25 * 2**20
MAX_PIXELS = 50_500_000
"""50 megapixels: cameras sold under that figure give up to 50.3 million."""

MEGA = 1_000_000

WORTH_REDUCING = 4 * MEGA
"""Pixels from which a decoder's own reduction counts; below, the exact average of all pixels is fast enough."""


class DecodeError(ValueError):
    """A picture cannot be opened or written; the message is one sentence a user can read."""


def refuse(sentence: str) -> NoReturn:
    """Raise DecodeError with a sentence of at most 400 characters."""
    raise DecodeError(sentence if len(sentence) <= 400 else sentence[:399] + "…")


def check_bytes(count: int) -> None:
    """Refuse an empty file and one of more than 25 MB."""
    if count == 0:
        refuse("The file is empty.")
    if count > MAX_BYTES:
        refuse(f"The file has {count / 2**20:.1f} MB; at most {MAX_BYTES // 2**20} MB are taken.")


def check_size(width: int, height: int) -> None:
    """Refuse a picture without pixels and one of more than 50 megapixels."""
    if width < 1 or height < 1:
        refuse(f"The file says it is {width} x {height} pixels, so there is no picture in it.")
    if width * height > MAX_PIXELS:
        size = f"{width * height / MEGA:.1f} megapixels ({width} x {height})"
        refuse(f"The picture has {size}; at most {MAX_PIXELS // MEGA} megapixels are taken.")
