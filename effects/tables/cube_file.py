"""Colour tables out of .cube files: the Cube LUT Specification 1.0 (Adobe, 2013), and what programs make of it.

These are a range of two numbers in place of a domain, and curves before a lattice in one file (DaVinci Resolve), titles
without quotes, comments behind anything, keywords in small letters or of their own, and lines that end in CR or CRLF.
"""

from __future__ import annotations

import re

import numpy as np

from effects.image import Floats
from effects.tables.cube import (
    BLACK,
    MAX_CURVE_POINTS,
    MAX_END,
    MAX_LATTICE_POINTS,
    UNIT,
    WHITE,
    Cube,
    CubeError,
    Triple,
)
from effects.tables.lines import (
    BODY,
    MAX_LINE_BYTES,
    MAX_TABLE_BYTES,
    NUMBER,
    check_lines,
    line_of,
    normalize,
    printable,
    quote_line,
    rows,
)

MAX_HEADER_LINES = 10_000

MAX_NUMBER = 32767.0
"""A number further from 0 is taken as this: what it does is long beyond white or black."""

SIZES = {b"LUT_1D_SIZE": MAX_CURVE_POINTS, b"LUT_3D_SIZE": MAX_LATTICE_POINTS}
RANGES = {b"LUT_1D_SIZE": b"LUT_1D_INPUT_RANGE", b"LUT_3D_SIZE": b"LUT_3D_INPUT_RANGE"}
DOMAIN = (b"DOMAIN_MIN", b"DOMAIN_MAX")
KEYWORDS = (b"TITLE", *DOMAIN, *SIZES, *RANGES.values())
LATTICE_KEYWORDS = (b"TITLE", *DOMAIN, b"LUT_3D_SIZE", b"LUT_3D_INPUT_RANGE")
"""What may stand between the numbers of the curves and those of the lattice: a header of its own."""

# Compiled when first needed: few who import this open such a file.
BEGINS_NUMBERS = rb"(?i)[0-9.+-]|(?:nan|inf|infinity)\b"
WORD = rb"[A-Za-z][\w.:-]*+"
MEANING = rb"^(?:LUT|DOMAIN)|RANGE|GAMMA"
"""Of a keyword nobody here knows: that it may say how the numbers are meant. Any other says something beside them."""

QUOTES = ("''", "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}")
"""Others around a title, besides those of the specification."""

POINT_COUNT = rb"\d{1,9}"
TITLE = rb'"([^"]*)"[ ]*(?:#.*)?|"(.*)"|(.*?)(?:(?<![^ ])#.*)?'

Keywords = dict[bytes, tuple[int, bytes]]
"""Keyword -> its line's number, and what follows it there."""

Domain = tuple[Triple, Triple]
"""The colours of a table's first and of its last point."""


def read_cube(data: bytes, name: str = "") -> Cube:
    """The table in a .cube file; its title is the file's own, else `name`.

    `CubeError` is one sentence and names the line. Curves and a lattice in one file are a lattice with a shaper, whose
    numbers are kept as they are, to 1/65535. Keywords stand before the numbers, in any order, those of a lattice also
    between them and those of the curves before it, where a domain is the lattice's. A keyword unknown here is passed
    over unless it may change what the numbers mean.

    >>> read_cube(b"LUT_1D_SIZE 2\\n1 1 1\\n0 0 0\\n", "Negative").values.tolist()
    [[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    """
    text = normalize(data[: MAX_TABLE_BYTES + 1])
    header, start, line = _header(text)
    for word in SIZES:
        _size(header, word)
    if len(data) > MAX_TABLE_BYTES:
        raise CubeError(
            f"this .cube file has {len(data) / 1e6:.1f} MB; at most {MAX_TABLE_BYTES // 1_000_000} are read"
        )
    check_lines(text)
    body, between = _body(text, start, line, header)
    curve, side = _size(header, b"LUT_1D_SIZE"), _size(header, b"LUT_3D_SIZE")
    if not curve + side:
        raise CubeError(f"line {line}: up to here stands neither LUT_1D_SIZE nor LUT_3D_SIZE; a .cube file has one")
    spans = _spans(header, between, line)
    numbers = _check_count(rows(body, line), body, line, curve + side**3)
    whole = np.rint(np.clip(numbers, -MAX_NUMBER, MAX_NUMBER) * UNIT).astype(np.int32)
    title = _title(header[b"TITLE"][1]) if b"TITLE" in header else ""
    title = title or name or "Untitled"
    curves = Cube(title, whole[:curve], *spans[b"LUT_1D_SIZE"]) if curve else None
    if not side:
        assert curves is not None
        return curves
    return Cube(title, whole[curve:].reshape(side, side, side, 3), *spans[b"LUT_3D_SIZE"], curves)


def _header(text: bytes) -> tuple[Keywords, int, int]:
    """The keywords before the numbers, where these begin, and the number of their line, or of the last."""
    header: Keywords = {}
    start, line = 0, 1
    while start < len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        spoken = text[start : min(end, start + MAX_LINE_BYTES + 1)].strip()
        if re.match(BEGINS_NUMBERS, spoken):
            return header, start, line
        if end - start > MAX_LINE_BYTES and not spoken.startswith(b"#"):
            raise CubeError(f"line {line}: it has more than the {MAX_LINE_BYTES} bytes that a line may have")
        if line > MAX_HEADER_LINES:
            raise CubeError(f"line {line}: no number up to here; {MAX_HEADER_LINES} lines may come before the first")
        if spoken and not spoken.startswith(b"#"):
            _add_keyword(header, line, spoken)
        start, line = end + 1, line + 1
    return header, len(text), max(line - 1, 1)


def _add_keyword(header: Keywords, line: int, spoken: bytes) -> None:
    """Put the keyword of a line into the header, if it is one that counts."""
    word, _, value = spoken.replace(b"\t", b" ").partition(b" ")
    key = word.upper()
    if key == b"TITLE" and key in header:
        return
    if key in header:
        raise CubeError(f"line {line}: {key.decode()} stands here for the second time")
    if key in KEYWORDS:
        header[key] = line, value.strip() if key == b"TITLE" else value.partition(b"#")[0].strip()
        return
    known = ", ".join(each.decode() for each in KEYWORDS)
    if not re.fullmatch(WORD, word):
        raise CubeError(f"line {line}: {quote_line(spoken)} is not three numbers and begins with none of {known}")
    if re.search(MEANING, key):
        raise CubeError(
            f"line {line}: {quote_line(word)} may change what the numbers mean; what can be read is {known}"
        )


def _body(text: bytes, start: int, line: int, header: Keywords) -> tuple[bytes, Keywords]:
    """The lines from `start` on, numbers all, and the domain of a lattice behind curves.

    Other keywords of such a lattice go into the header.
    """
    pieces = []
    between: Keywords = {}
    late: str | None = None
    while True:
        found = BODY.match(text, start)
        pieces.append(found[0] if found else b"")
        start, line = start + len(pieces[-1]), line + pieces[-1].count(b"\n")
        if start == len(text):
            if late and b"LUT_3D_SIZE" not in header:
                raise CubeError(late)
            return b"".join(pieces), between
        end = text.find(b"\n", start) + 1 or len(text)
        spoken = text[start:end].strip()
        words = spoken.upper().split()
        if not words or words[0] not in KEYWORDS:
            raise CubeError(f"line {line}: {quote_line(spoken)} is not three numbers")
        curve = _size(header, b"LUT_1D_SIZE")
        sentence = f"line {line}: {words[0].decode()} stands after the first numbers"
        if words[0] not in LATTICE_KEYWORDS or not curve or len(rows(b"".join(pieces), 1)) != curve:
            raise CubeError(sentence)
        late = late or sentence
        _add_keyword(between if words[0] in DOMAIN else header, line, spoken)
        # In its place an empty line, so that those after it are counted right.
        pieces.append(b"\n")
        start, line = end, line + 1


def _check_count(numbers: Floats, body: bytes, first: int, wanted: int) -> Floats:
    """The numbers, if there are as many lines of them as wanted."""
    had = len(numbers)
    if had < wanted:
        last = line_of(body, first, had)
        raise CubeError(f"line {last}: the file ends after {had} of the {wanted} lines of numbers its size asks for")
    if had > wanted:
        excess = line_of(body, first, wanted)
        raise CubeError(f"line {excess}: more than the {wanted} lines of numbers its size asks for")
    return numbers


def _size(header: Keywords, word: bytes) -> int:
    """How many points a table has; 0 if the file has none of its kind."""
    if word not in header:
        return 0
    line, text = header[word]
    if not re.fullmatch(POINT_COUNT, text) or not 2 <= int(text) <= SIZES[word]:
        raise CubeError(f"line {line}: {word.decode()} is {quote_line(text)}; 2 to {SIZES[word]} points can be read")
    return int(text)


def _spans(header: Keywords, between: Keywords, first: int) -> dict[bytes, Domain]:
    """Where each table begins and ends: by its own range, or by the domain before its numbers.

    Before the numbers of both, which begin in line `first`, it does not say whose it is: only 0 1 is both of theirs, or
    what the range of the curves says, to which colours come first.
    """
    spans = {word: _range(header, RANGES[word]) for word in SIZES}
    for word, span in spans.items():
        if word not in header and span not in (None, (BLACK, WHITE)):
            line, text = header[RANGES[word]]
            raise CubeError(
                f"line {line}: {RANGES[word].decode()} is {quote_line(text)}, but there is no {word.decode()}"
            )
    present = [word for word in SIZES if word in header]
    apart = bool(between) or header[present[-1]][0] > first
    for keywords, whose in ((header, present[:1] if apart else present), (between, present[-1:])):
        domain = _domain(keywords)
        if domain is None:
            continue
        meant = spans[whose[0]] or (domain if len(whose) == 1 else (BLACK, WHITE))
        if not np.allclose(meant, domain, rtol=0, atol=1e-6):
            line = max(keywords[word][0] for word in DOMAIN if word in keywords)
            words = " and ".join(RANGES[word].decode() for word in whose)
            raise CubeError(
                f"line {line}: the domain is {_domain_words(domain)} where {words} would say {_domain_words(meant)}"
            )
        spans[whose[0]] = meant
    return {word: span or (BLACK, WHITE) for word, span in spans.items()}


def _range(header: Keywords, word: bytes) -> Domain | None:
    """A range of two numbers, the same for each channel."""
    if word not in header:
        return None
    line, text = header[word]
    low, high = _numbers(header, word, 2)
    if not low < high:
        raise CubeError(f"line {line}: {word.decode()} is {quote_line(text)}; its first number is below its second")
    return (low, low, low), (high, high, high)


def _domain(header: Keywords) -> Domain | None:
    """The domain of three numbers each, where either end is given."""
    if not any(word in header for word in DOMAIN):
        return None
    low, high = (_triple(header, word, end) for word, end in zip(DOMAIN, (BLACK, WHITE), strict=True))
    if not all(least < most for least, most in zip(low, high, strict=True)):
        line = max(header[word][0] for word in DOMAIN if word in header)
        words = f"DOMAIN_MIN {_triple_words(low)} is not below DOMAIN_MAX {_triple_words(high)}"
        raise CubeError(f"line {line}: {words} in each channel")
    return low, high


def _triple(header: Keywords, word: bytes, default: Triple) -> Triple:
    if word not in header:
        return default
    red, green, blue = _numbers(header, word, 3)
    return red, green, blue


def _numbers(header: Keywords, word: bytes, count: int) -> tuple[float, ...]:
    line, text = header[word]
    parts = text.split()
    if len(parts) == count and all(re.fullmatch(NUMBER, part) for part in parts):
        numbers = tuple(map(float, parts))
        if max(map(abs, numbers)) <= MAX_END:
            return numbers
    wanted = {2: "two", 3: "three"}[count]
    raise CubeError(f"line {line}: {word.decode()} is followed by {wanted} numbers, not by {quote_line(text)}")


def _title(text: bytes) -> str:
    """A title in quotes or without; what follows a # behind it is a comment."""
    found = re.fullmatch(TITLE, text)
    words = printable(next((part for part in found.groups() if part is not None), b"")).strip(' "') if found else ""
    return words[1:-1] if words[:1] + words[-1:] in QUOTES else words


def _triple_words(triple: Triple) -> str:
    return " ".join(f"{value:g}" for value in triple)


def _domain_words(span: Domain) -> str:
    low, high = span
    alike = len({*low}) == len({*high}) == 1
    return f"{low[0]:g} {high[0]:g}" if alike else f"{_triple_words(low)} to {_triple_words(high)}"
