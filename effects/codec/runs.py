"""Run lengths of BMP pictures: counts and colours, jumps, and stretches of plain numbers. Microsoft's wingdi.h."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

END_OF_LINE, END, JUMP = 0, 1, 2


def run_lengths(
    data: bytes, width: int, height: int, bits: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """Indices, rows as stored, and which were drawn at all: jumps leave pixels out, and those are transparent.

    ValueError where the data end before the picture does; where all of it is drawn, the end need not be marked.
    """
    pixels = np.zeros(width * height, np.uint8)
    drawn = np.zeros(width * height, np.bool_)
    x = y = at = 0
    while y < height:
        if at + 2 > len(data) and drawn.all():
            break
        if at + 2 > len(data):
            raise ValueError("run lengths end early")
        count, value = data[at], data[at + 1]
        at += 2
        if count:
            numbers = alternating(value, count, bits)
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
            size = value if bits == 8 else (value + 1) // 2
            if at + size > len(data):
                raise ValueError("run lengths end early")
            numbers = plain(data[at : at + size], value, bits)
            at += size + size % 2
        numbers = numbers[: max(0, width - x)]
        start = y * width + x
        pixels[start : start + len(numbers)] = np.frombuffer(numbers, np.uint8)
        drawn[start : start + len(numbers)] = True
        x += len(numbers)
    return pixels.reshape(height, width), drawn.reshape(height, width)


def alternating(value: int, count: int, bits: int) -> bytes:
    """A run: one 8-bit number, or two 4-bit numbers in turn."""
    if bits == 8:
        return bytes((value,)) * count
    return (bytes((value >> 4, value & 15)) * ((count + 1) // 2))[:count]


def plain(stretch: bytes, count: int, bits: int) -> bytes:
    """Numbers as they are, 8 bits or two to a byte."""
    if bits == 8:
        return stretch
    return bytes(half for byte in stretch for half in (byte >> 4, byte & 15))[:count]
