"""The shapes that a mask is made of, as values: read from what a recipe says, and written into one.

Positions are shares of the width and height of the picture that the step sees, lengths shares of its shorter side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar, Self

from effects.errors import RecipeError
from effects.marks import Choice, Mark, ParamError, Range, Swatch, Toggle, quote
from effects.masks.strokes import (
    MAX_DRAWN_POINTS,
    MAX_PLACE,
    MIN_PLACE,
    Point,
    count_points,
    pack_points,
    thinned,
    unpack_points,
)

MAX_STROKES = 100
MAX_POINTS = 3000
"""Of one brush, once its strokes are thinned."""

DIGITS = 3
"""Of a stroke's size and softness: like its points they are kept to a thousandth."""

MAX_BRUSH_POINTS = 2 * MAX_DRAWN_POINTS
"""Of one brush before its new strokes are thinned, which takes the longer the more there are."""

PLACE = Range(MIN_PLACE, MAX_PLACE, "fraction")
HALF_AXIS = Range(0.001, 4, "side")
SHARE = Range(0, 1)

COMMON: Mapping[str, Mark] = MappingProxyType(
    {"how": Choice("add", "subtract", "intersect"), "invert": Toggle(), "feather": Range(0, 1, "side")}
)
"""The marks of what every shape has."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A part of a mask, 0..1 at every place.

    It is softened by a Gaussian whose standard deviation is `feather`, turned over if it is to `invert`, and then with
    what the shapes before it say it is the larger (`add`), the smaller (`intersect`), or the smaller of that and its
    opposite (`subtract`). Before the first shape stands nowhere if it adds, else everywhere.
    """

    kind: ClassVar[str]
    marks: ClassVar[Mapping[str, Mark]]
    reads_picture: ClassVar[bool] = False

    how: str = "add"
    invert: bool = False
    feather: float = 0.0

    def __post_init__(self) -> None:
        for name, mark in {**COMMON, **self.marks}.items():
            object.__setattr__(self, name, check(mark, getattr(self, name), name))

    @property
    def own_level(self) -> float | None:
        """What it is everywhere before it is turned over, if that is the same in every picture; else None."""
        return None

    @property
    def level(self) -> float | None:
        """What it is everywhere, if that is the same in every picture; else None."""
        own = self.own_level
        return own if own is None or not self.invert else 1 - own

    def to_json(self) -> dict[str, Any]:
        """All that it says."""
        return {"kind": self.kind} | {name: getattr(self, name) for name in (*COMMON, *self.marks)}

    def to_short_json(self) -> dict[str, Any]:
        """What it says beside its defaults, which never change."""
        plain = type(self)().to_json()
        return {name: value for name, value in self.to_json().items() if name == "kind" or value != plain[name]}

    @classmethod
    def from_json(cls, shape_json: Mapping[str, Any]) -> Self:
        """The shape; `RecipeError` for what it does not know or allow."""
        known = tuple(item.name for item in fields(cls) if item.init)
        check_names(shape_json, ("kind", *known))
        return cls(**{name: value for name, value in shape_json.items() if name != "kind"})


@dataclass(frozen=True, kw_only=True)
class Linear(Shape):
    """From 0 on the line through its first end, straight across the way to the second, to 1 on that through this."""

    kind = "linear"
    marks = MappingProxyType(dict.fromkeys(("x0", "y0", "x1", "y1"), PLACE))

    x0: float = 0.5
    y0: float = 1.0
    x1: float = 0.5
    y1: float = 0.0

    @property
    def own_level(self) -> float | None:
        """1 where both ends are one place."""
        return 1.0 if (self.x0, self.y0) == (self.x1, self.y1) else None


@dataclass(frozen=True, kw_only=True)
class Radial(Shape):
    """1 inside an ellipse with these half axes, turned clockwise by `angle` degrees, and 0 outside."""

    kind = "radial"
    marks = MappingProxyType(
        {"x": PLACE, "y": PLACE, "rx": HALF_AXIS, "ry": HALF_AXIS, "angle": Range(-360, 360, "deg")}
    )

    x: float = 0.5
    y: float = 0.5
    rx: float = 0.3
    ry: float = 0.3
    angle: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A line of a round brush: 1 in the middle, 0 from half of `size` on, and even between where it is `soft`.

    `points` are pairs across and down; those that tell nothing are left out. One that is to `erase` takes away.
    """

    marks: ClassVar[Mapping[str, Mark]] = MappingProxyType(
        {"size": Range(0.001, 2, "side"), "soft": SHARE, "erase": Toggle()}
    )

    size: float = 0.1
    soft: float = 0.5
    erase: bool = False
    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        for name, mark in self.marks.items():
            value = check(mark, getattr(self, name), name)
            object.__setattr__(self, name, value if isinstance(value, bool) else round(value, DIGITS))
        object.__setattr__(self, "points", thinned(read_points(self.points)))

    def to_json(self) -> dict[str, Any]:
        """All that it says, points as pairs."""
        return {name: getattr(self, name) for name in self.marks} | {"points": [list(point) for point in self.points]}

    def to_short_json(self) -> dict[str, Any]:
        """What it says beside its defaults, the points as a text."""
        plain = Stroke()
        short = {name: getattr(self, name) for name in self.marks if getattr(self, name) != getattr(plain, name)}
        return short | {"points": pack_points(self.points)}


@dataclass(frozen=True, kw_only=True)
class Brush(Shape):
    """Strokes, one after another: each paints the larger of both, or takes away."""

    kind = "brush"
    marks = MappingProxyType({})

    strokes: tuple[Stroke, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if count_points(self.strokes, MAX_BRUSH_POINTS) > MAX_BRUSH_POINTS:
            raise RecipeError(
                f"strokes have at most {MAX_BRUSH_POINTS} points together as they are drawn, and these have more",
                "",
                "strokes",
            )
        strokes = tuple(read_list(self.strokes, "strokes", MAX_STROKES, read_stroke))
        count = sum(len(stroke.points) for stroke in strokes)
        if count > MAX_POINTS:
            raise RecipeError(
                f"strokes have at most {MAX_POINTS} points together, and these have {count}", "", "strokes"
            )
        object.__setattr__(self, "strokes", strokes)

    def __hash__(self) -> int:
        return self._hash

    def __getstate__(self) -> dict[str, Any]:
        # Texts have another hash in another process.
        return {name: value for name, value in self.__dict__.items() if name != "_hash"}

    @cached_property
    def _hash(self) -> int:
        # Of thousands of numbers, and asked for with every picture.
        return hash((self.how, self.invert, self.feather, self.strokes))

    @property
    def own_level(self) -> float | None:
        """0 where nothing is painted."""
        return None if any(stroke.points and not stroke.erase for stroke in self.strokes) else 0.0

    def to_json(self) -> dict[str, Any]:
        """All that it says."""
        return super().to_json() | {"strokes": [stroke.to_json() for stroke in self.strokes]}

    def to_short_json(self) -> dict[str, Any]:
        """What it says beside its defaults, which never change; the points of its strokes as texts."""
        short = super().to_short_json()
        return short | ({"strokes": [stroke.to_short_json() for stroke in self.strokes]} if self.strokes else {})


@dataclass(frozen=True, kw_only=True)
class Luma(Shape):
    """1 where the picture's luma (Rec. 709) is from `low` to `high`, falling to 0 within a twentieth on either side."""

    kind = "luma"
    marks = MappingProxyType({"low": SHARE, "high": SHARE})
    reads_picture = True

    low: float = 0.5
    high: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.low > self.high:
            raise RecipeError(f"low {self.low:g} is above high {self.high:g}", "", "low")

    @property
    def own_level(self) -> float | None:
        """1 of the whole range."""
        return 1.0 if (self.low, self.high) == (0, 1) else None


@dataclass(frozen=True, kw_only=True)
class Color(Shape):
    """1 for colours near `color`, falling evenly from half of the `tolerance` on to 0 at all of it.

    How far two colours are apart is counted in YCbCr (BT.601), of which brightness counts for half: a shadow on a red
    wall is still red.
    """

    kind = "color"
    marks = MappingProxyType({"color": Swatch(), "tolerance": SHARE})
    reads_picture = True

    color: str = "#ff0000"
    tolerance: float = 0.2


@dataclass(frozen=True, kw_only=True)
class Found(Shape):
    """1 where a network finds it in the photo, as that was before all steps; moved since as its transparency is."""

    marks = MappingProxyType({})
    reads_picture = True


@dataclass(frozen=True, kw_only=True)
class Subject(Found):
    """What the photo is of: people, an animal, a thing."""

    kind = "subject"


@dataclass(frozen=True, kw_only=True)
class Person(Found):
    """People, with their hair, clothes and what they hold."""

    kind = "person"


@dataclass(frozen=True, kw_only=True)
class Face(Found):
    """Faces, from the hair to the chin."""

    kind = "face"


def read_stroke(stroke_json: Any) -> Stroke:
    """A stroke of what a recipe says of it."""
    if isinstance(stroke_json, Stroke):
        return stroke_json
    if not isinstance(stroke_json, Mapping):
        raise RecipeError(f"{quote(stroke_json)} is not a stroke like {{'points': [[0.5, 0.5]]}}")
    check_names(stroke_json, (*Stroke.marks, "points"))
    return Stroke(**stroke_json)


def read_points(points_json: Any) -> list[Point]:
    """The points of a stroke: pairs of numbers, or the text that stands for them in a link."""
    if isinstance(points_json, str):
        try:
            points_json = unpack_points(points_json)
        except ValueError as error:
            raise RecipeError(f"{quote(points_json)} {error}", "", "points") from None
    return read_list(points_json, "points", MAX_DRAWN_POINTS, read_point)


def read_point(point_json: Any) -> Point:
    """A point of a pair of numbers."""
    if isinstance(point_json, str) or not isinstance(point_json, Sequence) or len(point_json) != 2:
        raise RecipeError(f"{quote(point_json)} is not a pair like [0.5, 0.5]")
    try:
        x, y = (PLACE.check(value) for value in point_json)
    except ParamError as error:
        raise RecipeError(f"a coordinate {error}") from None
    return float(x), float(y)  # type: ignore[arg-type]


def read_list(items: Any, name: str, most: int, read: Any) -> list[Any]:
    """A list with each of its items read; the error of one names its place."""
    if isinstance(items, str | bytes | Mapping) or not isinstance(items, Sequence):
        raise RecipeError(f"{name} {quote(items)} is not a list", "", name)
    if len(items) > most:
        raise RecipeError(f"{name} has at most {most} items, and this one has {len(items)}", "", name)
    made = []
    for index, item in enumerate(items):
        try:
            made.append(read(item))
        except RecipeError as error:
            place = f"{name}[{index}]"
            raise RecipeError(error.sentence, "", f"{place}.{error.within}" if error.within else place) from None
    return made


def check(mark: Mark, value: Any, name: str) -> Any:
    """The value as the mark has it; `RecipeError` otherwise."""
    try:
        return mark.check(value)
    except ParamError as error:
        raise RecipeError(f"{name} {error}", "", name) from None


def check_names(names: Mapping[str, Any], known: Sequence[str]) -> None:
    """`RecipeError` for a name that is not known."""
    for name in names:
        if name not in known:
            raise RecipeError(f"{quote(name)} is not known here; only {', '.join(known)} are")
