"""Colour tables out of files: .cube text by the Cube LUT Specification 1.0 (Adobe, 2013), and HaldCLUT pictures."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import Any

import numpy as np
import numpy.typing as npt

from effects.cube import BLACK, FARTHEST, MOST_CURVE_POINTS, MOST_LATTICE_POINTS, UNIT, WHITE, Cube, CubeError, Triple

MOST_BYTES = 20_000_000
"""A lattice of 65 points has 274,625 lines; at 70 bytes each, three numbers of 21 digits, it fits."""

LONGEST_LINE = 250
"""Of bytes, the line's end left out: the specification's limit."""

MOST_LINES = MOST_LATTICE_POINTS**3 + 10_000
"""Lines of numbers, and enough others for any header."""

LARGEST = 32767.0
"""A number further from 0 is taken as this: what it does is long beyond white or black."""

# Possessive throughout: nothing is tried twice, and a hostile line costs no more than a good one.
NUMBER = rb"[+-]?(?>\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?+"
THREE = rb"[ \t]*+(%b)[ \t]++(%b)[ \t]++(%b)[ \t]*+" % (NUMBER, NUMBER, NUMBER)
LINE = rb"%b\r?+(?:\n|\Z)" % THREE
SILENT = rb"[ \t]*+(?:#[^\n]*+|\r?+)(?:\n|\Z)"
BODY = re.compile(rb"(?:(?!\Z)(?:%b|%b))*+" % (SILENT, LINE))
"""Lines of three numbers, comments and blank lines, as many as follow each other."""

SILENCE = re.compile(rb"^%b" % SILENT, re.MULTILINE)
TRIPLE = re.compile(THREE)
TITLE = re.compile(rb'"([^"]*)"')
WHOLE = re.compile(rb"\d{1,9}")

SIZES = {b"LUT_1D_SIZE": MOST_CURVE_POINTS, b"LUT_3D_SIZE": MOST_LATTICE_POINTS}
KEYWORDS = (b"TITLE", b"DOMAIN_MIN", b"DOMAIN_MAX", *SIZES)

Header = dict[bytes, tuple[int, bytes]]
"""Keyword -> its line's number, and what follows it there."""


def read_cube(data: bytes, name: str = "") -> Cube:
    """The table in a .cube file; its title is the file's own, else `name`.

    `CubeError` is one sentence and names the line. Lines end in LF or CRLF; keywords stand before the numbers, in any
    order, each at most once; blank lines and comments may stand anywhere. A mark that says UTF-8 may begin the file.
    """
    data = data.removeprefix(BOM_UTF8)
    if len(data) > MOST_BYTES:
        raise CubeError(f"this .cube file has {len(data) / 1e6:.1f} MB; at most {MOST_BYTES // 1_000_000} are read")
    _check_lines(data)
    header, body, line = scanned(data)
    given = [word for word in SIZES if word in header]
    if not given:
        last = _first_spoken(body, line)
        raise CubeError(f"line {last}: up to here stands neither LUT_1D_SIZE nor LUT_3D_SIZE; a .cube file has one")
    if len(given) == 2:
        last = max(header[word][0] for word in given)
        raise CubeError(f"line {last}: a file has LUT_1D_SIZE or LUT_3D_SIZE, and this one has both")
    size, flat = _size(*header[given[0]], given[0]), given[0] == b"LUT_1D_SIZE"
    low, high = _triple(header, b"DOMAIN_MIN", BLACK), _triple(header, b"DOMAIN_MAX", WHITE)
    if not all(least < most for least, most in zip(low, high, strict=True)):
        last = max(header[word][0] for word in (b"DOMAIN_MIN", b"DOMAIN_MAX") if word in header)
        raise CubeError(f"line {last}: DOMAIN_MIN {_words(low)} is not below DOMAIN_MAX {_words(high)} in each channel")
    title = _title(*header[b"TITLE"]) if b"TITLE" in header else name
    numbers = _numbers(body, line, size if flat else size**3)
    whole = np.rint(np.clip(numbers, -LARGEST, LARGEST) * UNIT).astype(np.int32)
    return Cube(title or "Untitled", whole if flat else whole.reshape(size, size, size, 3), low, high)


def scanned(data: bytes) -> tuple[Header, bytes, int]:
    """The keywords, the lines from the first number on, and the number of the first of these."""
    header: Header = {}
    start, line = 0, 1
    while True:
        found = BODY.match(data, start)
        body = found[0] if found else b""
        if start + len(body) == len(data):
            return header, body, line
        line, start = line + body.count(b"\n"), start + len(body)
        end = data.find(b"\n", start) + 1 or len(data)
        text = data[start:end].strip().replace(b"\t", b" ")
        word, _, rest = text.partition(b" ")
        _check_keyword(line, text, word, header, bool(SILENCE.sub(b"", body)))
        header[word] = line, rest.strip()
        line, start = line + 1, end


def _check_lines(data: bytes) -> None:
    """No line is too long, and there are not too many: what comes after need not fear for time and memory."""
    if data.count(b"\n") > MOST_LINES:
        raise CubeError(f"line {MOST_LINES + 1}: a table that can be read here has at most {MOST_LINES} lines")
    signs = np.frombuffer(data, np.uint8)
    ends = np.append(np.flatnonzero(signs == ord("\n")), len(data))
    returns = (ends > 0) & (signs[np.maximum(ends, 1) - 1] == ord("\r")) if len(data) else 0
    long = np.flatnonzero(np.diff(ends, prepend=-1) - 1 - returns > LONGEST_LINE)
    if long.size:
        raise CubeError(f"line {long[0] + 1}: it has more than the {LONGEST_LINE} bytes that a line may have")


def _numbers(body: bytes, first: int, wanted: int) -> npt.NDArray[np.float64]:
    """The lines x 3 numbers of the body, whose first line has the number `first`."""
    numbers = np.fromstring(SILENCE.sub(b"", body), sep=" ").reshape(-1, 3)
    had = len(numbers)
    if had < wanted:
        last = first + len(body.splitlines()) - 1
        raise CubeError(f"line {last}: the file ends after {had} of the {wanted} lines of numbers its size asks for")
    if had > wanted:
        excess = _line_of(body, first, wanted)
        raise CubeError(f"line {excess}: more than the {wanted} lines of numbers its size asks for")
    wild = np.flatnonzero(~np.isfinite(numbers).all(axis=1))
    if wild.size:
        raise CubeError(f"line {_line_of(body, first, wild[0])}: a number there is too large for any computer's")
    return numbers


def _line_of(body: bytes, first: int, index: int) -> int:
    """The number of the body's line that holds the numbers of this index."""
    spoken = (number for number, text in enumerate(body.split(b"\n"), first) if not SILENCE.match(text))
    return next(number for count, number in enumerate(spoken) if count == index)


def _check_keyword(line: int, text: bytes, word: bytes, header: Header, begun: bool) -> None:
    if word not in KEYWORDS:
        known = ", ".join(key.decode() for key in KEYWORDS)
        raise CubeError(f"line {line}: {_quoted(text)} is not three numbers and begins with none of {known}")
    if word in header:
        raise CubeError(f"line {line}: {word.decode()} stands here for the second time")
    if begun:
        raise CubeError(f"line {line}: {word.decode()} stands after the first numbers")


def _first_spoken(body: bytes, first: int) -> int:
    """The number of the first line of numbers in the body, or of its last line if there is none."""
    lines = body.splitlines() or [b""]
    spoken = (number for number, text in enumerate(lines, first) if not SILENCE.match(text))
    return next(spoken, first + len(lines) - 1)


def _size(line: int, text: bytes, word: bytes) -> int:
    if not WHOLE.fullmatch(text) or not 2 <= int(text) <= SIZES[word]:
        raise CubeError(f"line {line}: {word.decode()} is {_quoted(text)}; 2 to {SIZES[word]} points can be read")
    return int(text)


def _title(line: int, text: bytes) -> str:
    found = TITLE.fullmatch(text)
    if found is None:
        raise CubeError(f"line {line}: the words after TITLE stand in double quotes")
    return "".join(sign for sign in found[1].decode("utf-8", "replace") if sign.isprintable())


def _triple(header: Header, word: bytes, default: Triple) -> Triple:
    if word not in header:
        return default
    line, text = header[word]
    found = TRIPLE.fullmatch(text)
    red, green, blue = map(float, found.groups()) if found else (np.inf,) * 3
    if not max(abs(red), abs(green), abs(blue)) <= FARTHEST:
        raise CubeError(f"line {line}: {word.decode()} is followed by three numbers, not by {_quoted(text)}")
    return red, green, blue


def _quoted(text: bytes) -> str:
    shown = "".join(sign for sign in text[:40].decode("utf-8", "replace") if sign.isprintable())
    return f"'{shown}{'...' if len(text) > 40 else ''}'"


def _words(triple: Triple) -> str:
    return " ".join(f"{value:g}" for value in triple)


def read_hald(image: npt.NDArray[np.unsignedinteger[Any]], name: str = "") -> Cube:
    """The table in a HaldCLUT picture of level 2..16: level ** 3 pixels a side, level ** 2 points along the lattice.

    uint8 or uint16, H x W x 3. More than 65 points are thinned out to 65 by interpolation. Source: Eskil Steenberg,
    HaldCLUT.
    """
    side = image.shape[0]
    level = round(side ** (1 / 3))
    if image.shape[0] != image.shape[1] or level**3 != side or not 2 <= level <= 16:
        size = f"{image.shape[1]} x {image.shape[0]}"
        raise CubeError(f"a HaldCLUT is square, 8, 27, 64 ... 4096 pixels a side, and this picture is {size}")
    points, largest = level**2, np.iinfo(image.dtype).max
    lattice = image.reshape(points, points, points, 3)
    if points <= MOST_LATTICE_POINTS:
        return Cube(name or "Untitled", lattice.astype(np.int32) * (UNIT // largest))
    return Cube(name or "Untitled", np.rint(_thinned(lattice) * (UNIT / largest)).astype(np.int32))


def _thinned(lattice: npt.NDArray[np.unsignedinteger[Any]]) -> npt.NDArray[np.float32]:
    thin: npt.NDArray[np.float32] = lattice  # type: ignore[assignment]
    for axis in range(3):
        place = np.linspace(0, lattice.shape[0] - 1, MOST_LATTICE_POINTS)
        left = np.minimum(place.astype(np.intp), lattice.shape[0] - 2)
        share = (place - left).astype(np.float32).reshape([-1 if index == axis else 1 for index in range(4)])
        # The first cut is made on whole numbers: a level of 16 has 50 million of them.
        thin = thin.take(left, axis) * (1 - share) + thin.take(left + 1, axis) * share
    return thin
