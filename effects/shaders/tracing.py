"""An effect's own function, run on symbols: what it does to one pixel, as expressions of its parameters.

Numbers and colours stay open, so that a slider moves without another trace; what has no in-between (choices, switches,
texts, tables, seeds) is as the step has it. A trace is kept by the effect and those.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from effects.chance import THROWS
from effects.effect import Effect, Kind, Step
from effects.image import Frame, Place
from effects.kernels.transfer import from_linear, to_linear
from effects.marks import Mark, Range, Seed, Swatch
from effects.plan.affine import apply_matrix
from effects.plan.personal import is_personal, untitled_step
from effects.shaders import numpy_functions
from effects.shaders.branches import Trace, Untraceable, explored
from effects.shaders.drawn_curves import Tone, tone_of
from effects.shaders.expressions import Expression, Rank
from effects.shaders.glsl import Body, body_of
from effects.shaders.past import OpenPast
from effects.shaders.surroundings import OpenSurroundings, Pictures, Preparation
from effects.shaders.symbols import Symbol, elements_of

__all__ = [
    "COLOR", "FRAME", "POINT", "TIME", "Formula",
    "closed_values", "is_measure", "is_nothing", "is_open", "named_symbol", "open_frame", "open_values", "traced",
]  # fmt: skip

COLOR = ("c.r", "c.g", "c.b")
"""The names of a pixel's colour, 0..1."""

POINT = ("p.x", "p.y")
"""The names of where it stands, in the units of `Points`."""

FRAME = ("picture.width", "picture.height", "picture.short")
"""The names of the picture's size in pixels, and of its shorter side."""

TIME = "picture.t"
"""The name of a frame's time in seconds."""

MAX_TRACES = 512
"""Traces kept, of a few hundred expressions each."""

_OURS, _NUMPY = str(Path(__file__).parent), str(Path(np.__file__).parent)


@dataclass(frozen=True, eq=False)
class Formula:
    """What an effect makes of a pixel: three numbers of a colour, or the two of the point it looks at, not clamped.

    `prepared` are the pictures that a spatial effect's formula looks at; `sides` are the width, the height and the
    shorter side of what a canvas effect makes. `kept` are three numbers that a temporal effect keeps for the next
    frame, and `ages` the seconds between this frame and those that it looks at.
    """

    outputs: tuple[Expression, ...]
    prepared: tuple[Preparation, ...] = ()
    sides: tuple[Expression, ...] = ()
    kept: tuple[Expression, ...] = ()
    ages: tuple[Expression, ...] = ()

    @cached_property
    def body(self) -> Body:
        """It as text."""
        return body_of(self.outputs)

    @cached_property
    def tone(self) -> Tone | None:
        """What is known of it if each channel depends on its own value alone."""
        return tone_of(self.outputs, COLOR) if len(self.outputs) == len(COLOR) else None

    @cached_property
    def kept_body(self) -> Body | None:
        """What is kept, as text."""
        return body_of(self.kept) if self.kept else None


@dataclass(frozen=True)
class OpenFrame(Frame):
    """A picture of any size: all three numbers are symbols."""

    shorter: Any = None

    @property
    def short(self) -> Any:
        """Its shorter side, without a branch on which it is."""
        return self.shorter


@dataclass(frozen=True)
class OpenPlace(Place):
    """The place of any pixel."""

    thrown: Any = 0.0

    @property
    def throw(self) -> Any:
        """That of any time."""
        return self.thrown

    def box(self, columns: object, rows: object) -> tuple[slice, slice]:
        """All of the one pixel: what is left out beyond a box would not be changed."""
        return slice(None), slice(None)

    def ramp(self, start: float, across: Any, down: Any) -> Any:
        """Both sides, however little it rises: nothing is kept small here."""
        return self.x * across + self.y * down + start


def is_open(mark: Mark) -> bool:
    """Whether a parameter with this mark is a number or a colour, and no reason to trace anew."""
    return isinstance(mark, Range | Swatch) and not isinstance(mark, Seed)


def is_measure(mark: Mark) -> bool:
    """Whether it is open and no count, which a formula may have to know before it begins."""
    return is_open(mark) and not (isinstance(mark, Range) and mark.integer)


def is_nothing(_mark: Mark) -> bool:
    """No parameter is."""
    return False


def open_values(step: Step) -> dict[str, float]:
    """The values of a step's open parameters by the names they have in its formula; a colour's are three numbers."""
    values: dict[str, float] = {}
    for param in step.effect.params:
        value: Any = step.params[param.name]
        if isinstance(param.mark, Swatch):
            for channel in range(3):
                values[f"{param.name}.{channel}"] = int(value[2 * channel + 1 : 2 * channel + 3], 16) / 255
        elif is_open(param.mark):
            values[param.name] = float(value)
    return values


def closed_values(step: Step, opens: Callable[[Mark], bool]) -> tuple[tuple[str, Any], ...]:
    """The parameters that a trace is kept by, with what this step has for them."""
    return tuple((param.name, step.params[param.name]) for param in step.effect.params if not opens(param.mark))


def traced(step: Step, opens: Callable[[Mark], bool] = is_open, seen: Any = None) -> Formula:
    """The formula of a step at full strength; `Untraceable` says what it does that has none.

    That of a pointwise or geometric step is its function; a spatial, canvas or temporal effect says one. What `opens`
    does not hold for is as this step has it, and compiled in. `seen` is what the effect's survey has made of the
    picture, or its layer; such a trace is for that picture, and not kept.
    """
    closed = closed_values(untitled_step(step), opens)
    if seen is None:
        found = (_formula if is_personal(step) else _traced)(step.effect, closed)
    else:
        found = _formula(step.effect, (*closed, ("seen", seen)))
    if isinstance(found, str):
        raise Untraceable(found)
    return found


@lru_cache(maxsize=MAX_TRACES)
def _traced(effect: Effect, closed: tuple[tuple[str, Any], ...]) -> Formula | str:
    return _formula(effect, closed)


def _formula(effect: Effect, closed: tuple[tuple[str, Any], ...]) -> Formula | str:
    trace = Trace()
    try:
        if effect.kind is Kind.TEMPORAL:
            past = OpenPast(trace)
            numbers = explored(trace, lambda: _temporal(trace, past, effect, dict(closed)))
            return Formula(numbers[:3], kept=numbers[3:], ages=tuple(past.ages.values()))
        if effect.formula is not None:
            pictures = Pictures()
            numbers = explored(trace, lambda: _spatial(trace, pictures, effect, dict(closed)))
            return Formula(numbers[:3], tuple(pictures.prepared), numbers[3:])
        run = RUNS[effect.kind]
        return Formula(explored(trace, lambda: run(trace, effect, dict(closed))))
    except Exception as error:
        return _words(error, effect)


def _words(error: Exception, effect: Effect) -> str:
    """What stopped a trace, and at which line of the formula; that of its beginning where it is about the whole."""
    lines = traceback.extract_tb(error.__traceback__)
    theirs = [line for line in lines if not line.filename.startswith((_OURS, _NUMPY, "<"))]
    said = str(error) if isinstance(error, Untraceable) else f"{type(error).__name__}: {error}"
    code = inspect.unwrap(effect.formula or effect.function).__code__
    file, line = (theirs[-1].filename, theirs[-1].lineno) if theirs else (code.co_filename, code.co_firstlineno)
    return f"{said} ({'/'.join(Path(file).parts[-2:])}, line {line})"


def named_symbol(trace: Trace, names: tuple[str, ...], rank: Rank, *shape: int) -> Symbol:
    """Variables by their names, as an array of this shape."""
    elements = np.empty(len(names), object)
    elements[:] = [trace.sheet.variable(name, rank) for name in names]
    return Symbol(trace, elements.reshape(shape))


def _numbers(trace: Trace, result: Any, count: int = 3) -> tuple[Expression, ...]:
    elements = np.broadcast_to(elements_of(trace, result), (1, 1, count))
    return tuple(trace.sheet.make("add", each, 0.0) for each in elements.ravel())


def _open_params(trace: Trace, effect: Effect, closed: Mapping[str, Any]) -> dict[str, Any]:
    params: dict[str, Any] = {"seen": closed["seen"]} if "seen" in closed else {}
    for param in effect.params:
        if param.name in closed:
            params[param.name] = closed[param.name]
        elif isinstance(param.mark, Swatch):
            names = tuple(f"{param.name}.{channel}" for channel in range(3))
            params[param.name] = named_symbol(trace, names, Rank.PARAMETER, 3)
        else:
            params[param.name] = named_symbol(trace, (param.name,), Rank.PARAMETER)
    return params


def open_frame(trace: Trace) -> OpenFrame:
    """The size of any picture."""
    width, height, short = (named_symbol(trace, (name,), Rank.PARAMETER) for name in FRAME)
    return OpenFrame(height, width, short)  # type: ignore[arg-type]


def open_throw(trace: Trace, effect: Effect) -> Any:
    """Which throw of an effect's chance any time has, as `seed_at` counts them; 0 where it has none that changes."""
    if not effect.rates:
        return 0.0
    (rate,) = effect.rates.values()
    return np.mod(np.floor(named_symbol(trace, (TIME,), Rank.PARAMETER) * rate + 0.5), THROWS)


def _pixel_color(trace: Trace) -> Any:
    return named_symbol(trace, COLOR, Rank.PIXEL, 1, 1, 3)


def _tone(trace: Trace, effect: Effect, closed: Mapping[str, Any]) -> tuple[Expression, ...]:
    return _numbers(trace, effect.function(_pixel_color(trace), **_open_params(trace, effect, closed)))


def _color(trace: Trace, effect: Effect, closed: Mapping[str, Any]) -> tuple[Expression, ...]:
    params = _open_params(trace, effect, closed)
    if effect.knows_place:
        x, y = (named_symbol(trace, (name,), Rank.PIXEL, 1, 1) for name in POINT)
        time = named_symbol(trace, (TIME,), Rank.PARAMETER)
        params["place"] = OpenPlace(open_frame(trace), x, y, time, open_throw(trace, effect))  # type: ignore[arg-type]
    return _numbers(trace, effect.function(_pixel_color(trace), **params))


def _matrix(trace: Trace, effect: Effect, closed: Mapping[str, Any]) -> tuple[Expression, ...]:
    return _numbers(trace, apply_matrix(_open_matrix(trace, effect, closed), _pixel_color(trace)))


def _linear(trace: Trace, effect: Effect, closed: Mapping[str, Any]) -> tuple[Expression, ...]:
    light = apply_matrix(_open_matrix(trace, effect, closed), to_linear(_pixel_color(trace)))
    return _numbers(trace, from_linear(np.clip(light, 0, 1)))


def _open_matrix(trace: Trace, effect: Effect, closed: Mapping[str, Any]) -> Any:
    matrix = effect.function(**_open_params(trace, effect, closed))
    return Symbol(trace, elements_of(trace, matrix).reshape(3, 4))


def _geometric(trace: Trace, effect: Effect, closed: Mapping[str, Any]) -> tuple[Expression, ...]:
    points = named_symbol(trace, POINT, Rank.PIXEL, 1, 1, 2)
    return _numbers(trace, effect.function(points, open_frame(trace), **_open_params(trace, effect, closed)), count=2)


def _spatial(trace: Trace, pictures: Pictures, effect: Effect, closed: Mapping[str, Any]) -> tuple[Expression, ...]:
    assert effect.formula is not None
    params, source = _open_params(trace, effect, closed), open_frame(trace)
    points, frame = named_symbol(trace, POINT, Rank.PIXEL, 1, 1, 2), source
    sides: tuple[Any, ...] = ()
    if effect.result_size is not None:
        height, width = effect.result_size(source.height, source.width, **params)
        sides = width, height, np.minimum(width, height)
        frame = OpenFrame(height, width, sides[2])
    around = OpenSurroundings(trace, frame, points, source, pictures, open_throw(trace, effect))
    colors = _numbers(trace, effect.formula(_pixel_color(trace), around, **params))
    return (*colors, *(elements_of(trace, side).item() for side in sides))


def _temporal(trace: Trace, past: OpenPast, effect: Effect, closed: Mapping[str, Any]) -> tuple[Expression, ...]:
    assert effect.formula is not None
    colors, kept = effect.formula(_pixel_color(trace), past, **_open_params(trace, effect, closed))
    return (*_numbers(trace, colors), *_numbers(trace, kept))


RUNS: Mapping[Kind, Callable[[Trace, Effect, Mapping[str, Any]], tuple[Expression, ...]]] = {
    Kind.TONE: _tone,
    Kind.MATRIX: _matrix,
    Kind.LINEAR: _linear,
    Kind.COLOR: _color,
    Kind.GEOMETRIC: _geometric,
}
"""How a function of each kind is run on symbols."""

assert numpy_functions  # which tells the symbols of NumPy's functions
