"""Values that a parameter may have: its limits, all its options, something in between; never its default alone."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from effects.effect import Effect, Kind
from effects.kernels.tone.curves import STRAIGHT
from effects.marks import Choice, Mark, Picture, Range, Seed, Swatch, Table, Text, Toggle
from effects.params import Param
from tests.backdrops import BACKDROPS
from tests.tables import bent, cube, noise, shaped

CURVES = (STRAIGHT, "0.0,1.0 1.0,0.0", "0.0,0.1 0.3,0.25 0.7,0.9 1.0,1.0")
WORDS = ("Fjord №7, «été» 안녕 ☕", "two\nlines", "'\"<&>\\")
TABLES = (noise(4), cube(bent, 9, curves=True), shaped(3, 9))


@singledispatch
def samples(mark: Mark, param: Param) -> list[Any]:
    """What to try of a parameter, in the form that a step holds."""
    raise TypeError(f"{param.name}: there are no samples for {type(mark).__name__}")


@samples.register
def _(mark: Range, _param: Param) -> list[Any]:
    if mark.integer:
        return [int(mark.low), int(mark.high), int(mark.low + (mark.high - mark.low) * 0.3)]
    return [float(mark.low), float(mark.high), round(mark.low + (mark.high - mark.low) * 0.3127, 4)]


@samples.register
def _(mark: Choice, _param: Param) -> list[Any]:
    return [*mark.options]


@samples.register
def _(_mark: Toggle, _param: Param) -> list[Any]:
    return [True, False]


@samples.register
def _(_mark: Swatch, _param: Param) -> list[Any]:
    return ["#0a3c7f", "#ffffff"]


@samples.register
def _(mark: Seed, _param: Param) -> list[Any]:
    return [mark.low, mark.high, 1234]


@samples.register
def _(mark: Text, _param: Param) -> list[Any]:
    return [*CURVES] if mark.read else [text[: mark.max_length] for text in WORDS]


@samples.register
def _(_mark: Table, _param: Param) -> list[Any]:
    return [*TABLES]


@samples.register
def _(_mark: Picture, _param: Param) -> list[Any]:
    return [*BACKDROPS]


def values_of(param: Param) -> list[Any]:
    """The samples of a parameter that are not its default."""
    return [value for value in samples(param.mark, param) if value != param.default]


def variants(effect: Effect) -> list[dict[str, Any]]:
    """Every parameter of an effect at every one of its samples, each time all of them."""
    columns = {param.name: values_of(param) for param in effect.params}
    count = max(map(len, columns.values()), default=0)
    return [{name: values[turn % len(values)] for name, values in columns.items()} for turn in range(count)]


def strengths(effect: Effect, turn: int) -> float:
    """Another strength each time, where the kind allows it."""
    return 1.0 if effect.kind is Kind.CANVAS else (1.0, 0.25, 0.0, 0.8125)[turn % 4]
