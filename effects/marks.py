"""The marks that stand in an effect's signature: each says all there is to know about a parameter but name and default.

Card, flag, recipe check and tests are read from it: what a mark knows is a method here; what another library wants of
it is a `singledispatch` over there.
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from effects.backdrop import NO_BACKDROP, Backdrop, BackdropError
from effects.backdrop import unpack as unpack_backdrop
from effects.chance import SEEDS
from effects.tables.cube import IDENTITY, Cube, CubeError
from effects.tables.cube import unpack as unpack_table

Kept = Cube | Backdrop
"""A value of many numbers: a recipe names it by their SHA-256, and its title; the numbers travel beside."""

NOTHING = ""
"""What goes by this name in a recipe is not there: the value that a parameter holds before one is chosen."""

Value = bool | int | float | str | Kept
"""What a parameter may hold: it is hashable, immutable, and the same after a trip through a recipe."""


class ParamError(ValueError):
    """A value that a mark refuses: the rest of the sentence after the parameter's name."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What every mark has: the value at which the effect changes nothing, and a sentence for whoever sets it."""

    neutral: Value | None = None
    help: str = ""

    def check(self, value: Any) -> Value:
        """The value in its one canonical form; `ParamError` says what is allowed otherwise."""
        raise NotImplementedError

    def to_json(self, value: Value) -> Any:
        """The value as JSON."""
        return value

    def from_json(self, json_value: Any, tables: Mapping[str, Any]) -> Any:
        """What JSON holds as a value, not checked yet; `tables` holds what goes by its sha256 and is at hand."""
        return json_value


Lies = Literal["", "around", "across", "clockwise", "anticlockwise", "from_top", "turned", "aside"]


@dataclass(frozen=True)
class Range(Mark):
    """A number from `low` to `high`, both included, in `unit`.

    Units: "" (plain), "side" (share of the picture's shorter side), "fraction", "deg", "EV", "levels", "count", "s".
    `scale` "log" asks for a slider that is finer near `low`. `integer` is read from the annotation. `lies` says where a
    number is seen in the picture, beside the effect's pair of positions: "around" is the radius of a circle about it,
    "across" the width of a band through it. Angles lie around it, or around the picture's centre: "clockwise" (that of
    the band if there is one) and "anticlockwise" from the right, "from_top" clockwise from the top. By "turned" the
    whole picture is turned, clockwise. Two in a row "aside" are how far what is written stands from its place: to the
    right in widths, down in heights.
    """

    low: float
    high: float
    unit: str = ""
    scale: Literal["linear", "log"] = "linear"
    integer: bool = False
    lies: Lies = field(default="", kw_only=True)

    def check(self, value: Any) -> Value:
        """An int or a float within the range; a whole float is taken for an int, a bool is not a number."""
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise ParamError(f"{quote(value)} is not a number")
        number: Any = value
        if isinstance(number, float) and not math.isfinite(number):
            raise ParamError(f"{number} is not a finite number")
        if not self.low <= number <= self.high:
            unit = f" {self.unit}" if self.unit else ""
            raise ParamError(f"{quote(value)} is outside {self.low:g}..{self.high:g}{unit}")
        if not self.integer:
            return float(number)
        if number != int(number):
            raise ParamError(f"{quote(value)} is not a whole number")
        return int(number)


@dataclass(frozen=True, init=False)
class Choice(Mark):
    """One of a few named options."""

    options: tuple[str, ...]

    def __init__(self, *options: str, neutral: str | None = None, help: str = "") -> None:
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "neutral", neutral)
        object.__setattr__(self, "help", help)

    def check(self, value: Any) -> Value:
        """The option itself."""
        if not isinstance(value, str) or value not in self.options:
            raise ParamError(f"{quote(value)} is not one of {', '.join(self.options)}")
        return value


@dataclass(frozen=True)
class Toggle(Mark):
    """On or off; `flips` says that it changes left and right ("across"), or top and bottom ("down")."""

    flips: Literal["", "across", "down"] = field(default="", kw_only=True)

    def check(self, value: Any) -> Value:
        """True or False and nothing that merely looks like it."""
        if not isinstance(value, bool):
            raise ParamError(f"{quote(value)} is not true or false")
        return value


@dataclass(frozen=True)
class Swatch(Mark):
    """A colour, as "#rrggbb" in sRGB."""

    def check(self, value: Any) -> Value:
        """The colour in lower case."""
        if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ParamError(f"{quote(value)} is not a colour like #ff8800")
        return value.lower()


@dataclass(frozen=True)
class Seed(Mark):
    """A whole number that stands for one run of chance: the same seed gives the same bits.

    In live video chance is thrown anew `rate` times a second: the effect is given another number each time, by itself.
    """

    low: ClassVar[int] = 0
    high: ClassVar[int] = SEEDS - 1
    rate: float = 30.0

    def check(self, value: Any) -> Value:
        """A whole number within the range of seeds."""
        return Range(self.low, self.high, integer=True).check(value)


@dataclass(frozen=True)
class Text(Mark):
    """A short text, drawn or parsed but never run; line feeds are allowed, other control characters are not.

    `read` refuses (with a ValueError) a text that the effect could not read.
    """

    max_length: int
    read: Callable[[str], object] | None = None

    def check(self, value: Any) -> Value:
        """The text as it is."""
        if not isinstance(value, str):
            raise ParamError(f"{quote(value)} is not a text")
        if len(value) > self.max_length:
            raise ParamError(f"is {len(value)} characters long; at most {self.max_length} are allowed")
        if re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", value):
            raise ParamError("holds a control character; only letters, signs and line feeds are allowed")
        if self.read is not None:
            try:
                self.read(value)
            except ValueError as error:
                raise ParamError(f"{quote(value)}: {error}") from None
        return value


@dataclass(frozen=True)
class Named(Mark):
    """What the marks of values share that a recipe names by the SHA-256 of their numbers, and their titles."""

    kind: ClassVar[type]
    nothing: ClassVar[Kept]
    words: ClassVar[str]

    def unpack(self, packed: Any) -> Kept:
        """The value out of its JSON, whoever wrote it; CubeError or BackdropError if it holds none."""
        raise NotImplementedError

    def check(self, value: Any) -> Value:
        """The value itself."""
        if not isinstance(value, Kept) or not isinstance(value, self.kind):
            raise ParamError(f"{quote(value)} is not {self.words}")
        return value

    def to_json(self, value: Value) -> Any:
        """The name it goes by, and its title for whoever misses it."""
        assert isinstance(value, Kept)
        return {"sha256": value.sha256, "title": value.title}

    def from_json(self, json_value: Any, tables: Mapping[str, Any]) -> Any:
        """The value at hand, as it is or packed; `ParamError` names the one that is missing."""
        if not isinstance(json_value, dict) or not isinstance(json_value.get("sha256"), str):
            return json_value
        name = json_value["sha256"]
        if name in (NOTHING, self.nothing.sha256):
            return self.nothing
        if name not in tables:
            title = f"'{str(json_value.get('title', 'without a title'))[:60]}'"
            raise ParamError(f"{title} is not at hand: open its own file again, or a recipe file with it")
        try:
            held = tables[name] if isinstance(tables[name], Kept) else self.unpack(tables[name])
        except (CubeError, BackdropError) as error:
            raise ParamError(str(error)) from None
        if held.sha256 != name:
            raise ParamError("is not the one that the recipe names; its numbers have been changed")
        return held


@dataclass(frozen=True)
class Table(Named):
    """A colour table. A recipe names it by the SHA-256 of its numbers, and its title; the numbers travel beside."""

    kind = Cube
    nothing = IDENTITY
    words = "a colour table, read from a .cube or .3dl file or a picture"

    def unpack(self, packed: Any) -> Kept:
        """The table."""
        return unpack_table(packed)


@dataclass(frozen=True)
class Picture(Named):
    """Another picture, made small. A recipe names it as it does a table."""

    kind = Backdrop
    nothing = NO_BACKDROP
    words = "a backdrop, made of a picture"

    def unpack(self, packed: Any) -> Kept:
        """The picture."""
        return unpack_backdrop(packed)


@dataclass(frozen=True, init=False)
class When:
    """Stands behind a mark: the parameter counts only where another one, a `Choice`, is one of these options.

    As in `angle: Annotated[float, Range(0, 360, "deg"), When("shape", "linear")]`. Without options it always counts.
    """

    param: str
    options: tuple[str, ...]

    def __init__(self, param: str = "", *options: str) -> None:
        object.__setattr__(self, "param", param)
        object.__setattr__(self, "options", options)

    def holds(self, params: Mapping[str, Any]) -> bool:
        """Whether it does among these values of the effect's parameters."""
        return not self.options or params[self.param] in self.options


ALWAYS = When()


@dataclass(frozen=True)
class Rare:
    """Stands behind a mark: few ever set the parameter, and a card keeps it under More."""


RARE = Rare()


Position = Annotated[float, Range(0, 1, "fraction", help="0 is left or top, 1 is right or bottom.")]
"""A share of the width or of the height, from the left or from the top; two in a row, across and down, are a point."""

Edge = Annotated[float, Range(0, 1, "fraction", neutral=0)]
Extent = Annotated[float, Range(0.01, 1, "fraction", neutral=1, help="Cut off at the picture's edge.")]
"""Two edges (left, top) and two extents (width, height) in a row are a rectangle in shares of the picture."""


def quote(value: Any) -> str:
    """A value as a sentence can carry it: never longer than forty characters."""
    if isinstance(value, int) and abs(value) >= 10**30:
        return "a huge number"
    text = f"{value:g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
