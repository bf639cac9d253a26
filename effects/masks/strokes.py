"""Strokes of a brush: lines of points as a hand drew them, thinned to what can be told apart, and their short form.

Points are whole thousandths of the picture's width and height. In a link a stroke is a text: differences from point to
point as Rice codes (Golomb's for powers of two: the quotient in ones, a zero, then so many low bits), and a letter for
every six bits.
Source: Rice, Some practical universal noiseless coding techniques, 1979.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any

import numpy as np

from effects.image import Floats

Point = tuple[float, float]
"""Across and down, in shares of the picture's width and height, to three decimals."""

PARTS = 1000
"""Into how many parts a side is divided: nothing finer is kept of a stroke."""

MIN_PLACE, MAX_PLACE = -1, 2
"""How far beside the picture a point may lie, in its widths and heights."""

MAX_DRAWN_POINTS = 5000
"""Of one stroke as it was drawn: half a minute of a pen that tells its place 160 times a second."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

BITS = str.maketrans({letter: f"{number:06b}" for number, letter in enumerate(LETTERS)})

BROKEN = "is no line of points: its short form has been cut or changed"
TOO_LONG = f"stands for more than the {MAX_DRAWN_POINTS} points that a stroke may have"


def thinned(points: Iterable[Point]) -> tuple[Point, ...]:
    """The line with the fewest of its points that stays within a thousandth of it; thinned again it is the same.

    Source: Douglas and Peucker, 1973.
    """
    whole = [(round(x * PARTS), round(y * PARTS)) for x, y in points]
    line = [point for index, point in enumerate(whole) if index == 0 or point != whole[index - 1]]
    if not line:
        return ()
    places, stays, left = np.array(line, np.float64), {0, len(line) - 1}, [(0, len(line) - 1)]
    while left:
        first, last = left.pop()
        if last - first < 2:
            continue
        away = distances(places[first + 1 : last], places[first], places[last])
        if away.max() > 1:
            middle = first + 1 + int(away.argmax())
            stays.add(middle)
            left += [(first, middle), (middle, last)]
    return tuple((line[index][0] / PARTS, line[index][1] / PARTS) for index in sorted(stays))


def distances(points: Floats, start: Floats, end: Floats) -> Floats:
    """How far points, n x 2, lie from the straight line between two others."""
    way = end - start
    share = np.clip((points - start) @ way / max(float(way @ way), 1.0), 0, 1)
    away: Floats = np.hypot(*(points - start - share[:, None] * way).T)
    return away


def pack_points(points: Sequence[Point]) -> str:
    """The points as a text, about two letters a coordinate; the first letter says how many low bits a code has."""
    whole = [(round(x * PARTS), round(y * PARTS)) for x, y in points]
    steps = [end - start for two in pairwise([(0, 0), *whole]) for start, end in zip(*two, strict=True)]
    codes = [2 * step if step >= 0 else -2 * step - 1 for step in steps]
    low_bits = min(range(12), key=lambda bits: sum((code >> bits) + 1 + bits for code in codes))
    parts = ["1" * (code >> low_bits) + "0" + _low(code, low_bits) for code in codes]
    bits = "".join(parts)
    # Filled up with ones, which are no whole code: a code ends with its zero and what follows that.
    bits += "1" * (-len(bits) % 6)
    return LETTERS[low_bits] + "".join(LETTERS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


def _low(code: int, bits: int) -> str:
    return f"{code & ((1 << bits) - 1):0{bits}b}" if bits else ""


def unpack_points(text: str) -> list[Point]:
    """The points of a text that `pack_points` wrote; ValueError for any other, and before more are read than may be."""
    codes = list(islice(_codes(text), 2 * MAX_DRAWN_POINTS + 1))
    if len(codes) > 2 * MAX_DRAWN_POINTS:
        raise ValueError(TOO_LONG)
    if len(codes) % 2:
        raise ValueError(BROKEN)
    points: list[Point] = []
    x = y = 0
    for across, down in zip(codes[::2], codes[1::2], strict=True):
        x, y = x + _signed(across), y + _signed(down)
        points.append((x / PARTS, y / PARTS))
    return points


def _codes(text: str) -> Iterator[int]:
    if not text or not set(text) <= set(LETTERS) or (low_bits := LETTERS.index(text[0])) > 11:
        raise ValueError(BROKEN)
    bits = text[1:].translate(BITS)
    at = 0
    while (zero := bits.find("0", at)) >= 0 and zero + low_bits < len(bits):
        end = zero + 1 + low_bits
        yield ((zero - at) << low_bits) + (int(bits[zero + 1 : end], 2) if low_bits else 0)
        at = end
    if len(bits) - at >= 6 or "0" in bits[at:]:
        raise ValueError(BROKEN)


def _signed(code: int) -> int:
    return -(code + 1) // 2 if code % 2 else code // 2


def count_points(strokes: Any, most: int) -> int:
    """How many points a recipe says of these strokes, as they were drawn; where they are more than `most`, one more.

    What can be none has none: whoever reads it tells. Nothing is thinned to know it.
    """
    count = 0
    for stroke in strokes if isinstance(strokes, Sequence) else ():
        points = stroke.get("points") if isinstance(stroke, Mapping) else None
        if isinstance(points, str):
            count += _count_packed(points, most - count)
        elif isinstance(points, Sequence):
            count += len(points)
        if count > most:
            return most + 1
    return count


def _count_packed(text: str, most: int) -> int:
    try:
        return sum(1 for _ in islice(_codes(text), 2 * most + 2)) // 2
    except ValueError:
        return 0
