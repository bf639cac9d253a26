"""Run lengths of BMP pictures: counts and colours, jumps, and stretches of plain numbers. Microsoft's wingdi.h.

Of 4 and 8 bits, and OS/2's of 24, whose numbers are three bytes each.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

END_OF_LINE, END, JUMP = 0, 1, 2


def run_lengths(data: bytes, width: int, height: int, bits: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """Numbers, H x W x bytes of each, rows as stored, and which were drawn: what jumps leave out is transparent.

    ValueError where the data end before the picture does; where all of it is drawn, the end need not be marked.
    """
    each = max(1, bits // 8)
    pixels = np.zeros((width * height, each), np.uint8)
    is_drawn = np.zeros(width * height, np.bool_)
    x = y = at = 0
    while y < height:
        if at + 2 > len(data) and is_drawn.all():
            break
        if at + 2 > len(data):
            raise ValueError("run lengths end early")
        count, value = data[at], data[at + 1]
        at += 2
        if count:
            at += each - 1
            numbers = repeat_number(data[at - each : at], count, bits)
        elif value == END_OF_LINE:
            x, y = 0, y + 1
            continue
        elif value == END:
            break
        elif value == JUMP:
            if at + 2 > len(data):
                raise ValueError("run lengths end early")
            x, y = x + data[at], y + data[at + 1]
            at += 2
            continue
        else:
            size = value * each if bits >= 8 else (value + 1) // 2
            if at + size > len(data):
                raise ValueError("run lengths end early")
            numbers = plain_numbers(data[at : at + size], value, bits)
            at += size + size % 2
        numbers = numbers[: each * max(0, width - x)]
        count = len(numbers) // each
        start = y * width + x
        pixels[start : start + count] = np.frombuffer(numbers, np.uint8).reshape(count, each)
        is_drawn[start : start + count] = True
        x += count
    return pixels.reshape(height, width, each), is_drawn.reshape(height, width)


def repeat_number(value: bytes, count: int, bits: int) -> bytes:
    """A run: one number of 8 or 24 bits, or two 4-bit numbers in turn; ValueError where the data end within it."""
    if len(value) < max(1, bits // 8):
        raise ValueError("run lengths end early")
    if bits >= 8:
        return value * count
    return (bytes((value[0] >> 4, value[0] & 15)) * ((count + 1) // 2))[:count]


def plain_numbers(stretch: bytes, count: int, bits: int) -> bytes:
    """Numbers as they are, whole bytes or two to a byte."""
    if bits >= 8:
        return stretch
    return bytes(half for byte in stretch for half in (byte >> 4, byte & 15))[:count]
