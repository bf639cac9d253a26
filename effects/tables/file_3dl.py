"""Colour tables out of .3dl files: lattices of whole numbers, as Flame, Lustre and Kodak's programs write them."""

from __future__ import annotations

import re
from itertools import islice

import numpy as np

from effects.image import Floats
from effects.tables.cube import MAX_LATTICE_POINTS, UNIT, Cube, CubeError
from effects.tables.lines import COMMENT, MAX_TABLE_BYTES, check_lines, normalize, quote_line, rows

MAX_3DL_LINE_BYTES = 4096
"""Of bytes, as much as others read: a line may hold a number for every point of a side, and a shaper has more."""

DEPTHS = (8, 10, 12, 14, 16)
"""Bits that numbers may have."""

MIN_LARGEST = 128
"""Where all numbers are below this, they are hardly whole numbers of 8 bits or more."""

MAX_WORD_LINES = 1000
"""Lines of words: a header, a trailer and remarks."""

# Compiled when first needed: few who import this open such a file.
WORDS = rb"(?im)^[ \t]*+((?:3DMESH\b|[A-Z_])[^\n]*+)"
MESH = rb"(?i)MESH[ \t]+\d+[ \t]+(\d{1,2})[ \t]*"
GAMMA = rb"(?i)GAMMA\b(?![ \t]+1(?:\.0*)?[ \t]*$)"

FILLED_LINE = rb"[^ \t\n][^\n]*+"
WHOLE_NUMBER = rb"[+-]?\d++"
NUMBER_ROWS = rb"(?:(?!\Z)[ \t]*+(?:%b[ \t]++%b[ \t]++%b[ \t]*+)?+(?:\n|\Z))*+" % (
    WHOLE_NUMBER,
    WHOLE_NUMBER,
    WHOLE_NUMBER,
)


def read_3dl(data: bytes, name: str = "") -> Cube:
    """The table in a .3dl file, titled `name`; `CubeError` is one sentence.

    Rows of three whole numbers, blue changing fastest. Before them may stand a line of other length, the shaper: what
    evenly spaced colours become before they are looked up; where it changes nothing there is none. How many bits the
    rows have is what a line "Mesh" says, else the fewest of 8, 10, 12, 14 and 16 that hold the largest number. A gamma
    other than 1 is refused, other words are passed over. Source: OpenColorIO, FileFormat3DL.

    >>> corners = [(red, green, blue) for red in (0, 1) for green in (0, 1) for blue in (0, 1)]
    >>> rows = "\\n".join(f"{1023 - 1023 * red} {1023 * green} {1023 * blue}" for red, green, blue in corners)
    >>> table = read_3dl(rows.encode(), "Red turned round")
    >>> table.size, table.values[0, 0].tolist()
    (2, [[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    """
    if len(data) > MAX_TABLE_BYTES:
        raise CubeError(f"this .3dl file has {len(data) / 1e6:.1f} MB; at most {MAX_TABLE_BYTES // 1_000_000} are read")
    text = normalize(data)
    check_lines(text, MAX_3DL_LINE_BYTES)
    text = COMMENT.sub(b"", text)
    depth = _stated_depth(text)
    text = re.sub(WORDS, b"", text)
    shaper, start = _first_line(text)
    numbers = _numbers(text, start)
    side = _side(len(numbers))
    if not side and shaper is None and (side := _side(len(numbers) - 1)):
        shaper, numbers = numbers[0], numbers[1:]
    if not side:
        raise CubeError(f"this .3dl file has {len(numbers)} rows of three numbers; it should be 8, 27, 64 ... "
                        f"{MAX_LATTICE_POINTS**3}, for 2 to {MAX_LATTICE_POINTS} points a side")  # fmt: skip
    lattice = numbers.reshape(side, side, side, 3).transpose(2, 1, 0, 3) / _top(numbers, depth, "the rows'")
    title = name or "Untitled"
    return Cube(title, np.rint(lattice * UNIT).astype(np.int32), shaper=_shaper(shaper, title))


def _stated_depth(text: bytes) -> int | None:
    """The bits of the rows' numbers, where the header says so."""
    depth = None
    words = list(islice(re.finditer(WORDS, text), MAX_WORD_LINES + 1))
    if len(words) > MAX_WORD_LINES:
        raise CubeError(f"this .3dl file has more than {MAX_WORD_LINES} lines of words")
    for found in words:
        if re.match(GAMMA, found[1]):
            line = 1 + text.count(b"\n", 0, found.start())
            raise CubeError(f"line {line}: {quote_line(found[1])} changes what the numbers mean; only 1.0 can be read")
        mesh = re.fullmatch(MESH, found[1])
        if mesh and DEPTHS[0] <= int(mesh[1]) <= DEPTHS[-1]:
            depth = int(mesh[1])
    return depth


def _first_line(text: bytes) -> tuple[Floats | None, int]:
    """The shaper that the first line of numbers is, unless it has three; and where the rows begin."""
    found = re.search(FILLED_LINE, text)
    if found is None:
        raise CubeError("this .3dl file holds no numbers")
    parts = found[0].split()
    if len(parts) in (1, 3) or not all(re.fullmatch(WHOLE_NUMBER, part) for part in parts):
        return None, 0
    return np.array([float(part) for part in parts]), found.end()


def _numbers(text: bytes, start: int) -> Floats:
    """The rows from `start` on, n x 3."""
    line = 1 + text.count(b"\n", 0, start)
    body = text[start:]
    found = re.match(NUMBER_ROWS, body)
    end = found.end() if found else 0
    if end < len(body):
        line += body.count(b"\n", 0, end)
        spoken = re.search(FILLED_LINE, body[end:])
        assert spoken is not None
        raise CubeError(
            f"line {line}: {quote_line(spoken[0])} is not three whole numbers, as the rows of a .3dl file are"
        )
    return rows(body, line)


def _side(count: int) -> int:
    """Points a side of a lattice with so many points; 0 if there is none."""
    side = round(max(count, 0) ** (1 / 3))
    return side if side**3 == count and 2 <= side <= MAX_LATTICE_POINTS else 0


def _top(numbers: Floats, depth: int | None, whose: str) -> int:
    """The number that stands for white: the largest of the depth, which may be told or is taken from the numbers.

    Some write a number one above it for white.
    """
    largest = int(np.abs(numbers).max())
    if depth is None and largest < MIN_LARGEST:
        raise CubeError(f"{whose} largest number is {largest}; in a .3dl file white is 255, 1023, 4095 or 65535")
    depths = DEPTHS if depth is None else (depth,)
    for bits in depths:
        if largest <= 2**bits:
            return 2**bits - 1
    raise CubeError(f"{whose} largest number is {largest}, and {depths[-1]} bits hold {2 ** depths[-1] - 1} at most")


def _shaper(line: Floats | None, title: str) -> Cube | None:
    """The shaper as curves, all channels alike; None where it leaves every colour as it is."""
    if line is None:
        return None
    if (np.diff(line) < 0).any() or not 0 <= line[0] < line[-1]:
        raise CubeError("the numbers of the line before the rows do not rise from black to white")
    top = _top(line, None, "the line's before the rows")
    if np.abs(line - np.linspace(0, top, len(line))).max() <= 1:
        return None
    return Cube(title, np.repeat(np.rint(line * (UNIT / top)).astype(np.int32)[:, None], 3, axis=1))
