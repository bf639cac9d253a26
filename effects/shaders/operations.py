"""What can be done with one number: by which ufuncs it is asked for, what it is in NumPy, and in GLSL.

The one table that tracer, interpreter, expression trees and shader text read from. A tree of parameters is evaluated in
the page by operations of the same names (`pages/components/drawing/expression.js`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Operation:
    """One operation on scalars: its name, what it is in NumPy, and its text in GLSL with its arguments in braces.

    `makes` is the type of its result, `takes` that of its arguments; "same" is that of its last argument.
    """

    name: str
    apply: Callable[..., Any]
    glsl: str
    makes: str = "float"
    takes: str = "float"


def _select(condition: Any, yes: Any, no: Any) -> Any:
    return np.where(condition, yes, no)


_ARITHMETIC = (
    Operation("add", np.add, "({0} + {1})"),
    Operation("subtract", np.subtract, "({0} - {1})"),
    Operation("multiply", np.multiply, "({0} * {1})"),
    Operation("divide", np.divide, "({0} / {1})"),
    Operation("power", np.float_power, "power({0}, {1})"),
    Operation("mod", np.mod, "mod({0}, {1})"),
    Operation("minimum", np.minimum, "min({0}, {1})"),
    Operation("maximum", np.maximum, "max({0}, {1})"),
    Operation("negative", np.negative, "(-{0})"),
    Operation("absolute", np.absolute, "abs({0})"),
    Operation("sign", np.sign, "sign({0})"),
    Operation("copysign", np.copysign, "copysign({0}, {1})"),
    Operation("floor", np.floor, "floor({0})"),
    Operation("ceil", np.ceil, "ceil({0})"),
    Operation("trunc", np.trunc, "trunc({0})"),
    Operation("rint", np.rint, "roundEven({0})"),
    Operation("sqrt", np.sqrt, "sqrt({0})"),
    Operation("exp2", np.exp2, "exp2({0})"),
    Operation("log2", np.log2, "log2({0})"),
    Operation("sin", np.sin, "sine({0})"),
    Operation("cos", np.cos, "cosine({0})"),
    Operation("arctan2", np.arctan2, "angle({0}, {1})"),
    Operation("tanh", np.tanh, "tanh({0})"),
    Operation("number", lambda truth: np.asarray(truth, np.float64), "float({0})", takes="bool"),
)

_LOGIC = (
    Operation("less", np.less, "({0} < {1})", makes="bool"),
    Operation("less_equal", np.less_equal, "({0} <= {1})", makes="bool"),
    Operation("equal", np.equal, "({0} == {1})", makes="bool"),
    Operation("and", np.logical_and, "({0} && {1})", makes="bool", takes="bool"),
    Operation("or", np.logical_or, "({0} || {1})", makes="bool", takes="bool"),
    Operation("not", np.logical_not, "(!{0})", makes="bool", takes="bool"),
    Operation("select", _select, "({0} ? {1} : {2})", makes="same", takes="same"),
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType({item.name: item for item in (*_ARITHMETIC, *_LOGIC)})
"""Name -> operation."""

Build = Callable[..., Any]
"""From a function that makes one of the operations (by name), and its arguments, to what a ufunc comes down to."""

_PI = np.pi

UFUNCS: Mapping[str, Build] = MappingProxyType(
    {
        **{name: (lambda make, *a, name=name: make(name, *a)) for name in OPERATIONS if hasattr(np, name)},
        "remainder": lambda make, a, b: make("mod", a, b),
        "fmin": lambda make, a, b: make("minimum", a, b),
        "fmax": lambda make, a, b: make("maximum", a, b),
        "fabs": lambda make, a: make("absolute", a),
        "float_power": lambda make, a, b: make("power", a, b),
        "floor_divide": lambda make, a, b: make("floor", make("divide", a, b)),
        "fmod": lambda make, a, b: make("subtract", a, make("multiply", b, make("trunc", make("divide", a, b)))),
        "positive": lambda make, a: a,
        "square": lambda make, a: make("multiply", a, a),
        "reciprocal": lambda make, a: make("divide", 1.0, a),
        "cbrt": lambda make, a: make("copysign", make("power", make("absolute", a), 1 / 3), a),
        "hypot": lambda make, a, b: make("sqrt", make("add", make("multiply", a, a), make("multiply", b, b))),
        "exp": lambda make, a: make("exp2", make("multiply", a, 1 / np.log(2))),
        "expm1": lambda make, a: make("subtract", make("exp2", make("multiply", a, 1 / np.log(2))), 1.0),
        "log": lambda make, a: make("multiply", make("log2", a), np.log(2)),
        "log10": lambda make, a: make("multiply", make("log2", a), np.log10(2)),
        "log1p": lambda make, a: make("multiply", make("log2", make("add", a, 1.0)), np.log(2)),
        "tan": lambda make, a: make("divide", make("sin", a), make("cos", a)),
        "arctan": lambda make, a: make("arctan2", a, 1.0),
        "arcsin": lambda make, a: make("arctan2", a, _beside(make, a)),
        "arccos": lambda make, a: make("arctan2", _beside(make, a), a),
        "radians": lambda make, a: make("multiply", a, _PI / 180),
        "deg2rad": lambda make, a: make("multiply", a, _PI / 180),
        "degrees": lambda make, a: make("multiply", a, 180 / _PI),
        "rad2deg": lambda make, a: make("multiply", a, 180 / _PI),
        "greater": lambda make, a, b: make("less", b, a),
        "greater_equal": lambda make, a, b: make("less_equal", b, a),
        "not_equal": lambda make, a, b: make("not", make("equal", a, b)),
        "logical_and": lambda make, a, b: make("and", a, b),
        "logical_or": lambda make, a, b: make("or", a, b),
        "logical_not": lambda make, a: make("not", a),
        "logical_xor": lambda make, a, b: make("not", make("equal", make("number", a), make("number", b))),
        "bitwise_and": lambda make, a, b: make("and", a, b),
        "bitwise_or": lambda make, a, b: make("or", a, b),
        "invert": lambda make, a: make("not", a),
    }
)
"""A ufunc's name -> how it is built of operations."""

OF_TRUTHS = frozenset({"bitwise_and", "bitwise_or", "invert"})
"""Ufuncs that are built so of truths alone: of whole numbers they are something else."""

REDUCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "add": "add",
        "multiply": "multiply",
        "maximum": "maximum",
        "minimum": "minimum",
        "logical_and": "and",
        "logical_or": "or",
    }
)
"""A ufunc's name -> the operation its `reduce` repeats."""


def _beside(make: Callable[..., Any], a: Any) -> Any:
    """The other side of a right triangle whose longest side is 1."""
    return make("sqrt", make("subtract", 1.0, make("multiply", a, a)))
