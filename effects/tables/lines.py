"""Colour tables as text: its letters and line ends whoever wrote it, its lines of numbers, and a line in a sentence."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import numpy as np

from effects.image import Floats
from effects.tables.cube import MAX_CURVE_POINTS, MAX_LATTICE_POINTS, CubeError

MAX_TABLE_BYTES = 24_000_000
"""A lattice of 65 points and curves of 65,536 have 340,161 lines; at 70 bytes each, three numbers of 21 digits, they
fit."""

MAX_LINE_BYTES = 250
"""Of bytes, the line's end left out: the limit of the Cube LUT Specification. Comments may be longer."""

MAX_LINES = MAX_LATTICE_POINTS**3 + MAX_CURVE_POINTS + 10_000
"""Lines of numbers, and enough others for any header."""

# Possessive throughout: nothing is tried twice, and a hostile line costs no more than a good one.
NUMBER = rb"[+-]?(?>\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?+"
LINE = rb"[ \t]*+%b[ \t]++%b[ \t]++%b[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)" % (NUMBER, NUMBER, NUMBER)
EMPTY_LINE = rb"[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)"
BODY = re.compile(rb"(?:(?!\Z)(?:%b|%b))*+" % (EMPTY_LINE, LINE))
"""Lines of three numbers, comments and blank lines, as many as follow each other."""

EMPTY_LINES = re.compile(rb"^%b" % EMPTY_LINE, re.MULTILINE)
COMMENT = re.compile(rb"#[^\n]*+")

FILLING = b"\0\x1a"
UNMARKED_UTF_16 = rb"(?:\0[\t\n\r -~]){4}|(?:[\t\n\r -~]\0){4}"
UTF_16 = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}


def normalize(data: bytes) -> bytes:
    """The text in bytes whose digits and keywords are ASCII, its lines ending in LF.

    Without the mark before it, and without what fills up a file's last block or ends texts of old systems.
    """
    if data[:2] in UTF_16:
        data = data[2:].decode(UTF_16[data[:2]], "replace").encode()
    elif re.match(UNMARKED_UTF_16, data):
        data = data.decode(f"utf-16-{'be' if data[0] == 0 else 'le'}", "replace").encode()
    data = data.removeprefix(BOM_UTF8).rstrip(FILLING)
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def printable(text: bytes) -> str:
    """Words out of a file: UTF-8, else Windows' Latin letters; only what can be printed."""
    try:
        words = text.decode()
    except UnicodeDecodeError:
        words = text.decode("cp1252", "replace")
    return "".join(sign for sign in words if sign.isprintable())


def quote_line(text: bytes) -> str:
    """A line's beginning as a sentence can carry it."""
    words = printable(text[:MAX_LINE_BYTES])
    return f"'{words[:40]}{'...' if len(words) > 40 else ''}'"


def check_lines(text: bytes, longest: int = MAX_LINE_BYTES) -> None:
    """No line is too long, and there are not too many: what comes after need not fear for time and memory."""
    if text.count(b"\n") > MAX_LINES:
        raise CubeError(f"line {MAX_LINES + 1}: a table that can be read here has at most {MAX_LINES} lines")
    ends = np.append(np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")), len(text))
    lengths = np.diff(ends, prepend=-1) - 1
    for index in np.flatnonzero(lengths > longest):
        start = ends[index] - lengths[index]
        if not text[start : start + longest].lstrip().startswith(b"#"):
            raise CubeError(f"line {index + 1}: it has more than the {longest} bytes that a line may have")


def rows(body: bytes, first: int) -> Floats:
    """The lines x 3 numbers of a body that holds only these, comments and blank lines, and begins at line `first`."""
    numbers = np.fromstring(COMMENT.sub(b"", body) if b"#" in body else body, sep=" ").reshape(-1, 3)
    wild = np.flatnonzero(~np.isfinite(numbers).all(axis=1))
    if wild.size:
        raise CubeError(f"line {line_of(body, first, wild[0])}: a number there is too large for any computer's")
    return numbers


def line_of(body: bytes, first: int, index: int) -> int:
    """The number of the body's line that holds the numbers of this index; of its last line if there are fewer."""
    lines = body.splitlines() or [b""]
    spoken = [number for number, text in enumerate(lines, first) if not EMPTY_LINES.match(text)]
    return spoken[index] if index < len(spoken) else first + len(lines) - 1
