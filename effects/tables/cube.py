"""A colour table: three curves, a lattice of colours, or both, as one hashable value that a parameter can hold.

Numbers are kept in whole 65535ths, so that a table that went through a recipe file is the same to the last bit.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from effects.image import Floats
from effects.logs import log_unexpected

log = logging.getLogger(__name__)

UNIT = 65535
"""One, in a table's numbers."""

MAX_CURVE_POINTS, MAX_LATTICE_POINTS = 65536, 65
"""How many points a curve may have, and each side of a lattice."""

MAX_TITLE_LETTERS = 100

Triple = tuple[float, float, float]

BLACK: Triple = (0.0, 0.0, 0.0)
WHITE: Triple = (1.0, 1.0, 1.0)

MAX_END = 1e6
"""How far from 0 the first or the last point of a table may stand."""


class CubeError(ValueError):
    """A table that cannot be read: one sentence, which names the line if it is about one.

    >>> from effects import read_cube
    >>> read_cube(b"LUT_1D_SIZE 2\\n0 0 0\\n")
    Traceback (most recent call last):
        ...
    effects.tables.cube.CubeError: line 2: the file ends after 1 of the 2 lines of numbers its size asks for
    """


@dataclass(frozen=True, eq=False)
class Cube:
    """What every colour becomes: its numbers are points x 3 (a curve for each channel), or blue x green x red x 3.

    `numbers` are int32 in 65535ths and may lie outside 0..1; `low` and `high` are the colours of the first and the
    last point. A lattice may have a `shaper`, curves through which colours go before they are looked up in it. Two
    tables with the same numbers are equal, whatever their titles.

    >>> negative = Cube("Negative", np.array([[65535] * 3, [0] * 3], np.int32))
    >>> negative.is_curves, negative.size, negative.values[0].tolist()
    (True, 2, [1.0, 1.0, 1.0])
    """

    title: str
    numbers: npt.NDArray[np.int32] = field(repr=False)
    low: Triple = BLACK
    high: Triple = WHITE
    shaper: Cube | None = None

    def __post_init__(self) -> None:
        kept = np.ascontiguousarray(self.numbers, "<i4")
        kept = kept.copy() if kept is self.numbers else kept
        kept.setflags(write=False)
        object.__setattr__(self, "numbers", kept)
        object.__setattr__(self, "title", self.title[:MAX_TITLE_LETTERS])
        for end in ("low", "high"):
            object.__setattr__(self, end, tuple(float(number) + 0.0 for number in getattr(self, end)))

    def __str__(self) -> str:
        return self.title

    def __reduce__(self) -> tuple[Any, ...]:
        return Cube, (self.title, self.numbers, self.low, self.high, self.shaper)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cube) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    @cached_property
    def sha256(self) -> str:
        """What the numbers are known by in a recipe."""
        head = json.dumps([self.numbers.shape, self.low, self.high])
        before = self.shaper.sha256.encode() if self.shaper else b""
        return hashlib.sha256(head.encode() + self.numbers.tobytes() + before).hexdigest()

    @cached_property
    def untitled(self) -> Cube:
        """The same numbers under no title; itself where it has none."""
        shaper = self.shaper and self.shaper.untitled
        if not self.title and shaper is self.shaper:
            return self
        bare = object.__new__(Cube)
        bare.__dict__.update(self.__dict__, title="", shaper=shaper, sha256=self.sha256)
        return bare

    @property
    def is_curves(self) -> bool:
        """Whether each channel depends on itself alone."""
        return self.numbers.ndim == 2

    @property
    def size(self) -> int:
        """Points of a curve, or along each side of the lattice."""
        return len(self.numbers)

    @property
    def positions(self) -> Floats:
        """Rising colours 0..1 that hold the lattice's points along each axis, points x 3; the first 0, the last 1.

        Where the table begins or ends elsewhere, so many that its points lie near one of them. Where a shaper bends
        the axis, so many between each two points that its bends do not show.
        """
        if self.shaper is not None:
            return self._shaped_positions(self.shaper)
        count = self.size if (self.low, self.high) == (BLACK, WHITE) else MAX_LATTICE_POINTS
        return np.repeat(np.linspace(0, 1, count)[:, None], 3, axis=1)

    def _shaped_positions(self, shaper: Cube) -> Floats:
        colors = np.linspace(0, 1, 4097)
        count = 1 + (self.size - 1) * -(-(MAX_LATTICE_POINTS - 1) // (self.size - 1))
        columns = []
        for channel in range(3):
            points = np.linspace(shaper.low[channel], shaper.high[channel], shaper.size)
            shaped = np.interp(colors, points, shaper.values[:, channel])
            shaped = np.clip(shaped, self.low[channel], self.high[channel])
            rises = shaped[0] < shaped[-1] and (np.diff(shaped) >= 0).all()
            even = np.linspace(shaped[0], shaped[-1], count)
            columns.append(np.interp(even, shaped, colors) if rises else np.linspace(0, 1, count))
            columns[-1][[0, -1]] = 0, 1
        return np.stack(columns, axis=-1)

    @cached_property
    def values(self) -> Floats:
        """The numbers as float32, 1 being white; shaped alike."""
        return (self.numbers / UNIT).astype(np.float32)

    def pack(self) -> dict[str, Any]:
        """The table as JSON: differences of differences of its numbers, their signs last, deflated, in base64.

        >>> table = Cube("Negative", np.array([[65535] * 3, [0] * 3], np.int32))
        >>> unpack(table.pack()) == table
        True
        """
        steps = np.diff(self.numbers, axis=-2, prepend=0)
        rough = np.diff(steps, axis=-2, prepend=0).astype(np.int32)
        folded = (rough << 1) ^ (rough >> 31)
        planes = folded.astype("<i4").reshape(-1, 1).view(np.uint8).T.tobytes()
        packed = {
            "title": self.title,
            "shape": list(self.numbers.shape),
            "low": list(self.low),
            "high": list(self.high),
            "numbers": base64.b64encode(zlib.compress(planes, 6)).decode(),
        }
        return packed | ({"shaper": self.shaper.pack()} if self.shaper else {})


def unpack(packed: Any) -> Cube:
    """The table out of its JSON, whoever wrote it; `CubeError` if it holds none."""
    broken = CubeError("holds no colour table; the recipe file may be damaged")
    if not isinstance(packed, Mapping):
        raise broken
    title, shape = packed.get("title"), packed.get("shape")
    low, high = _triple(packed.get("low")), _triple(packed.get("high"))
    if not isinstance(title, str) or not isinstance(shape, list) or not _is_shape(shape) or low is None or high is None:
        raise broken
    count = int(np.prod(shape)) * 4
    try:
        unpacker = zlib.decompressobj()
        planes = unpacker.decompress(base64.b64decode(packed.get("numbers", ""), validate=True), count + 1)
    except (TypeError, ValueError, binascii.Error, zlib.error) as error:
        log_unexpected(log, "A colour table is called damaged", error)
        raise broken from None
    if len(planes) != count:
        raise broken
    folded = np.ascontiguousarray(np.frombuffer(planes, np.uint8).reshape(4, -1).T).view("<u4").reshape(shape)
    rough = (folded >> 1).astype(np.int32) ^ -(folded & 1).astype(np.int32)
    numbers = rough.cumsum(axis=-2, dtype=np.int32).cumsum(axis=-2, dtype=np.int32)
    if not all(least < most for least, most in zip(low, high, strict=True)):
        raise broken
    if "shaper" not in packed:
        return Cube(title, numbers, low, high)
    # A shaper is curves, and curves have none: nothing is nested deeper than that.
    inner = packed["shaper"]
    if numbers.ndim == 2 or not isinstance(inner, Mapping) or "shaper" in inner:
        raise broken
    shaper = unpack(inner)
    if not shaper.is_curves:
        raise broken
    return Cube(title, numbers, low, high, shaper)


def _is_shape(shape: list[Any]) -> bool:
    if any(isinstance(side, bool) or not isinstance(side, int) for side in shape):
        return False
    curves = len(shape) == 2 and 2 <= shape[0] <= MAX_CURVE_POINTS
    lattice = len(shape) == 4 and 2 <= shape[0] <= MAX_LATTICE_POINTS and shape[0] == shape[1] == shape[2]
    return (curves or lattice) and shape[-1] == 3


def _triple(numbers: Any) -> Triple | None:
    if not isinstance(numbers, list) or len(numbers) != 3:
        return None
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
        return None
    if not all(abs(number) <= MAX_END for number in numbers):
        return None
    red, green, blue = (float(number) for number in numbers)
    return red, green, blue


def identity_cube(size: int = 2) -> Cube:
    """The lattice that leaves every colour as it is."""
    blue, green, red = np.meshgrid(*[np.rint(np.linspace(0, UNIT, size))] * 3, indexing="ij")
    return Cube("Identity", np.stack([red, green, blue], axis=-1).astype(np.int32))


IDENTITY = identity_cube()
"""The table that changes nothing, known to every recipe."""
