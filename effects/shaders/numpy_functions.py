"""NumPy's functions that are no ufuncs, for symbols: each is what NumPy makes of the same operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from effects.shaders.branches import Untraceable
from effects.shaders.symbols import NUMPY_FUNCTIONS, Symbol, elements_of

MAX_INTERP_POINTS = 33
"""Straight pieces that a formula may hold; more are a table."""


def stands_for(*functions: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say that the function is what these of NumPy's are for symbols; it takes one of them first."""

    def note(function: Callable[..., Any]) -> Callable[..., Any]:
        NUMPY_FUNCTIONS.update(dict.fromkeys(functions, function))
        return function

    return note


def rearranged(symbol: Symbol, function: Callable[..., Any], *given: Any, **named: Any) -> Symbol:
    """What only moves elements about: done to the expressions themselves."""

    def plain(each: Any) -> Any:
        if isinstance(each, list | tuple) and any(isinstance(part, Symbol) for part in each):
            return [elements_of(symbol.trace, part) for part in each]
        return each.elements if isinstance(each, Symbol) else each

    named.pop("dtype", None)
    return Symbol(symbol.trace, np.asarray(function(*map(plain, given), **named), object))


for _each in (
    np.stack, np.concatenate, np.hstack, np.vstack, np.dstack, np.moveaxis, np.swapaxes, np.transpose, np.reshape,
    np.expand_dims, np.squeeze, np.broadcast_to, np.tile, np.repeat, np.flip, np.roll, np.ravel, np.copy, np.diag,
    np.atleast_1d, np.atleast_2d, np.atleast_3d,
):  # fmt: skip
    NUMPY_FUNCTIONS[_each] = lambda symbol, *given, _each=_each, **named: rearranged(symbol, _each, *given, **named)


NUMPY_FUNCTIONS[np.shape] = lambda _, given: given.shape
NUMPY_FUNCTIONS[np.ndim] = lambda _, given: given.ndim


@stands_for(np.broadcast_arrays)
def _broadcast_arrays(symbol: Symbol, *given: Any, **_: Any) -> tuple[Symbol, ...]:
    arrays = np.broadcast_arrays(*(elements_of(symbol.trace, each) for each in given))
    return tuple(Symbol(symbol.trace, each) for each in arrays)


@stands_for(np.where)
def _where(symbol: Symbol, condition: Any, *sides: Any) -> Symbol:
    if len(sides) != 2:
        raise Untraceable("np.where without its two sides: which pixels they are depends on their values")
    return Symbol(symbol.trace, symbol.apply("select", *(elements_of(symbol.trace, x) for x in (condition, *sides))))


@stands_for(np.select)
def _select(symbol: Symbol, conditions: Sequence[Any], choices: Sequence[Any], default: Any = 0) -> Any:
    chosen = default
    for condition, choice in zip(reversed(conditions), reversed(choices), strict=True):
        chosen = _where(symbol, condition, choice, chosen)
    return chosen


@stands_for(np.copyto)
def _copyto(symbol: Symbol, target: Any, source: Any, casting: str = "same_kind", where: Any = True) -> None:
    if not isinstance(target, Symbol):
        raise Untraceable("an array of plain numbers to be written to; np.empty_like makes one that can")
    target[...] = source if where is True else _where(symbol, where, source, target)


@stands_for(np.clip)
def _clip(symbol: Symbol, given: Any, low: Any = None, high: Any = None, out: Any = None, **named: Any) -> Any:
    low = named.get("min", named.get("a_min", low))
    high = named.get("max", named.get("a_max", high))
    held = given if low is None else np.maximum(given, low)
    held = held if high is None else np.minimum(held, high)
    if out is None:
        return held if isinstance(held, Symbol) else Symbol(symbol.trace, elements_of(symbol.trace, held))
    _copyto(symbol, out, held)
    return out


def _filled_like(symbol: Symbol, given: Symbol, value: Any, shape: Any = None) -> Symbol:
    elements = np.empty(given.shape if shape is None else shape, object)
    elements[...] = elements_of(symbol.trace, value)
    return Symbol(symbol.trace, elements)


@stands_for(np.empty_like, np.zeros_like)
def _zeros_like(symbol: Symbol, given: Any, *_: Any, shape: Any = None, **__: Any) -> Symbol:
    return _filled_like(symbol, given, 0.0, shape)


@stands_for(np.ones_like)
def _ones_like(symbol: Symbol, given: Any, *_: Any, shape: Any = None, **__: Any) -> Symbol:
    return _filled_like(symbol, given, 1.0, shape)


@stands_for(np.full_like)
def _full_like(symbol: Symbol, given: Any, value: Any, *_: Any, shape: Any = None, **__: Any) -> Symbol:
    return _filled_like(symbol, given, value, shape)


@stands_for(np.interp)
def _interp(symbol: Symbol, x: Any, xp: Any, fp: Any, *, left: Any = None, right: Any = None, **more: Any) -> Any:
    if isinstance(xp, Symbol) or len(xp) > MAX_INTERP_POINTS or more:
        raise Untraceable(f"np.interp over points that depend on a parameter, or more than {MAX_INTERP_POINTS} of them")
    values = list(fp)
    line = values[0] if left is None else left
    for place in range(len(xp) - 1):
        rise = (values[place + 1] - values[place]) / (xp[place + 1] - xp[place])
        line = _where(symbol, x >= xp[place], values[place] + (x - xp[place]) * rise, line)
    beyond = values[-1] if right is None else right
    return _where(symbol, x > xp[-1], beyond, _where(symbol, x == xp[-1], values[-1], line))


@stands_for(np.dot, np.inner)
def _dot(symbol: Symbol, one: Any, other: Any, **_: Any) -> Symbol:
    first, second = elements_of(symbol.trace, one), elements_of(symbol.trace, other)
    if not first.ndim or not second.ndim:
        return Symbol(symbol.trace, symbol.apply("multiply", first, second))
    return symbol.product(one, other)


@stands_for(np.linalg.norm)
def _norm(symbol: Symbol, given: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if ord not in (None, 2) or not (axis is None or isinstance(axis, int)):
        raise Untraceable("a norm that is not the length of vectors")
    return np.sqrt(symbol.reduced("add", given * given, axis, keepdims))


@stands_for(np.sinc)
def _sinc(symbol: Symbol, given: Any) -> Any:
    turn = np.pi * given
    return _where(symbol, turn == 0, 1.0, np.sin(turn) / _where(symbol, turn == 0, 1.0, turn))


@stands_for(np.round, np.around)
def _round(symbol: Symbol, given: Any, decimals: int = 0, **_: Any) -> Any:
    return given.round(decimals)


@stands_for(np.fix)
def _fix(symbol: Symbol, given: Any, **_: Any) -> Any:
    return np.trunc(given)


@stands_for(np.polyval)
def _polyval(symbol: Symbol, factors: Any, x: Any) -> Any:
    total: Any = 0.0
    for factor in factors:
        total = total * x + factor
    return total


def _reduction(name: str) -> Callable[..., Symbol]:
    def reduction(symbol: Symbol, given: Any, axis: Any = None, **named: Any) -> Symbol:
        return symbol.reduced(name, given, axis, **named)

    return reduction


_REDUCED: dict[str, list[Callable[..., Any]]] = {
    "add": [np.sum],
    "multiply": [np.prod],
    "maximum": [np.max, np.amax],
    "minimum": [np.min, np.amin],
    "or": [np.any],
    "and": [np.all],
}
for _name, _functions in _REDUCED.items():
    NUMPY_FUNCTIONS.update(dict.fromkeys(_functions, _reduction(_name)))


@stands_for(np.mean)
def _mean(symbol: Symbol, given: Any, axis: Any = None, **named: Any) -> Any:
    return given.mean(axis, **named)
