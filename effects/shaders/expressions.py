"""One number of a formula as an expression: an operation on other expressions, a constant or a variable.

Expressions of one sheet are interned: two that are equal are one object, so that what a formula says twice is computed
once. Nothing outside a formula holds a sheet: it goes when tracing is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np

from effects.shaders.operations import OPERATIONS
from effects.shaders.textures import Texture

CONSTANT, VARIABLE, LOOK, READING = "constant", "variable", "look", "reading"


@dataclass(frozen=True)
class Reading:
    """A channel of what a text in GLSL reads from a `{table}`; its holes `{0}`, `{1}` are arguments."""

    texture: Texture
    text: str
    channel: str


class Rank(IntEnum):
    """What an expression changes with: nothing, a parameter or the picture's size, or each pixel."""

    CONSTANT = 0
    PARAMETER = 1
    PIXEL = 2


class Expression:
    """One number: an operation on `arguments`; `value` is a constant's, a variable's name, or a `Reading`."""

    __slots__ = ("arguments", "is_bool", "number", "operation", "rank", "value")

    def __init__(  # noqa: PLR0917 - made here alone, a million times
        self,
        operation: str,
        arguments: tuple[Expression, ...],
        value: Any,
        rank: Rank,
        is_bool: bool,
        number: int,
    ) -> None:
        self.operation, self.arguments, self.value = operation, arguments, value
        self.rank, self.is_bool, self.number = rank, is_bool, number

    def __repr__(self) -> str:
        if self.operation in (CONSTANT, VARIABLE):
            return str(self.value)
        return f"{self.operation}({', '.join(map(repr, self.arguments))})"

    @property
    def is_constant(self) -> bool:
        """Whether it is a number that nothing changes."""
        return self.operation == CONSTANT


@dataclass
class Sheet:
    """Where the expressions of one formula are written, each once."""

    known: dict[tuple[Any, ...], Expression] = field(default_factory=dict)

    def _note(self, operation: str, arguments: tuple[Expression, ...], value: Any, rank: Rank, is_bool: bool) -> Any:
        key = (operation, value, type(value), *(each.number for each in arguments))
        found = self.known.get(key)
        if found is None:
            found = Expression(operation, arguments, value, rank, is_bool, len(self.known))
            self.known[key] = found
        return found

    def constant(self, value: Any) -> Expression:
        """A number or a truth that nothing changes."""
        is_bool = isinstance(value, bool | np.bool_)
        return self._note(CONSTANT, (), bool(value) if is_bool else float(value), Rank.CONSTANT, is_bool)

    def variable(self, name: str, rank: Rank) -> Expression:
        """A number that comes from outside, by its name."""
        return self._note(VARIABLE, (), name, rank, False)

    def look(self, source: int, channel: str, x: Expression, y: Expression) -> Expression:
        """A channel of one of a spatial formula's pictures, at a point."""
        return self._note(LOOK, (x, y), f"{source}.{channel}", Rank.PIXEL, False)

    def reading(self, reading: Reading, *arguments: Expression) -> Expression:
        """What stands in a table, at a place that the arguments tell."""
        return self._note(READING, arguments, reading, Rank.PIXEL, False)

    def make(self, name: str, *given: Any) -> Expression:
        """The operation on expressions, numbers or truths; what can be known of it now is computed now."""
        operation = OPERATIONS[name]
        arguments = tuple(each if isinstance(each, Expression) else self.constant(each) for each in given)
        if operation.takes == "float":
            arguments = tuple(self._as_number(each) for each in arguments)
        elif operation.takes == "bool":
            arguments = tuple(self._as_truth(each) for each in arguments)
        else:
            arguments = (self._as_truth(arguments[0]), *self._alike(arguments[1:]))
        if all(each.is_constant for each in arguments):
            with np.errstate(all="ignore"):
                folded = operation.apply(*(each.value for each in arguments))
            return self.constant(bool(folded) if _makes_bool(name, arguments) else float(folded))
        short = SHORTCUTS[name](self, *arguments) if name in SHORTCUTS else None
        if short is not None:
            return short
        rank = max(each.rank for each in arguments)
        return self._note(name, arguments, None, rank, _makes_bool(name, arguments))

    def _as_number(self, each: Expression) -> Expression:
        return self.make("number", each) if each.is_bool else each

    def _as_truth(self, each: Expression) -> Expression:
        return each if each.is_bool else self.make("not", self._note_equal_zero(each))

    def _note_equal_zero(self, each: Expression) -> Expression:
        return self.make("equal", each, 0.0)

    def _alike(self, arguments: Sequence[Expression]) -> Iterable[Expression]:
        if all(each.is_bool for each in arguments):
            return arguments
        return [self._as_number(each) for each in arguments]

    def join(self, condition: Expression, yes: Expression, no: Expression) -> Expression:
        """`yes` where the condition holds and `no` elsewhere, chosen as deep inside as the two are alike.

        What two ways through a formula have in common stays in it once, and a choice between two numbers that depend
        on parameters alone stays one of parameters alone.
        """
        return self._joined(condition, yes, no, {})

    def _joined(
        self, condition: Expression, yes: Expression, no: Expression, known: dict[tuple[int, int], Expression]
    ) -> Expression:
        if yes is no:
            return yes
        key = (yes.number, no.number)
        if key not in known:
            alike = yes.operation == no.operation and yes.operation in OPERATIONS
            if alike and yes.is_bool == no.is_bool:
                parts = zip(yes.arguments, no.arguments, strict=True)
                known[key] = self.make(yes.operation, *(self._joined(condition, *pair, known) for pair in parts))
            else:
                known[key] = self.make("select", condition, yes, no)
        return known[key]


def _makes_bool(name: str, arguments: Sequence[Expression]) -> bool:
    makes = OPERATIONS[name].makes
    return makes == "bool" or (makes == "same" and arguments[-1].is_bool)


def ordered(roots: Iterable[Expression]) -> list[Expression]:
    """All that the roots are made of, each once and after what it is made of."""
    found: dict[int, Expression] = {}
    waiting = list(roots)
    while waiting:
        each = waiting.pop()
        if each.number not in found:
            found[each.number] = each
            waiting.extend(each.arguments)
    return [found[number] for number in sorted(found)]


def _is(each: Expression, value: float) -> bool:
    return each.operation == CONSTANT and each.value == value


def _add(sheet: Sheet, a: Expression, b: Expression) -> Expression | None:
    return b if _is(a, 0) else a if _is(b, 0) else None


def _subtract(sheet: Sheet, a: Expression, b: Expression) -> Expression | None:
    return a if _is(b, 0) else sheet.make("negative", b) if _is(a, 0) else None


def _multiply(sheet: Sheet, a: Expression, b: Expression) -> Expression | None:
    # Nothing times what is not finite is nothing here: a shader has no other use for it.
    if _is(a, 0) or _is(b, 0):
        return sheet.constant(0.0)
    return b if _is(a, 1) else a if _is(b, 1) else None


def _divide(sheet: Sheet, a: Expression, b: Expression) -> Expression | None:
    return a if _is(b, 1) else None


MAX_PRODUCTS = 4
"""Whole powers up to this are products: quicker, and right for what is negative."""


def _power(sheet: Sheet, a: Expression, b: Expression) -> Expression | None:
    if not b.is_constant or not isinstance(b.value, float):
        return None
    if b.value == 0.5:
        return sheet.make("sqrt", a)
    if not b.value.is_integer() or not 0 <= b.value <= MAX_PRODUCTS:
        return None
    product = sheet.constant(1.0)
    for _ in range(int(b.value)):
        product = sheet.make("multiply", product, a)
    return product


def _and(sheet: Sheet, a: Expression, b: Expression) -> Expression | None:
    if a.is_constant:
        return b if a.value else a
    return (a if b.value else b) if b.is_constant else None


def _or(sheet: Sheet, a: Expression, b: Expression) -> Expression | None:
    if a.is_constant:
        return a if a.value else b
    return (b if b.value else a) if b.is_constant else None


def _not(sheet: Sheet, a: Expression) -> Expression | None:
    return a.arguments[0] if a.operation == "not" else None


def _select(sheet: Sheet, condition: Expression, yes: Expression, no: Expression) -> Expression | None:
    if condition.is_constant:
        return yes if condition.value else no
    return yes if yes is no else None


SHORTCUTS: Mapping[str, Callable[..., Expression | None]] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "and": _and,
    "or": _or,
    "not": _not,
    "select": _select,
}
"""What can be said more shortly, by the operation's name; None where it cannot."""
