"""Parameters: reading an effect's signature into a list of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from effects.marks import ALWAYS, RARE, Choice, Mark, Range, Value, When


@dataclass(frozen=True)
class Param:
    """One parameter of an effect: its name, its default (already checked), its mark, and when it counts at all.

    It is `rare` where few ever set it.
    """

    name: str
    default: Value
    mark: Mark
    when: When = ALWAYS
    rare: bool = False

    def is_neutral(self, value: Value) -> bool:
        """Whether the mark has a neutral value and this is it."""
        return self.mark.neutral is not None and value == self.mark.neutral


def read_params(function: Callable[..., Any]) -> tuple[Param, ...]:
    """The marked keyword-only parameters of a function, in order; those without a value of their own are supplied.

    Raises TypeError for a keyword without a mark, or with a default that its own mark refuses: the declaration is
    then wrong, and the program should not start.
    """
    hints = get_type_hints(function, include_extras=True)
    params = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is not parameter.KEYWORD_ONLY or parameter.default in (parameter.empty, None):
            continue
        mark = next((item for item in get_args(hints[name])[1:] if isinstance(item, Mark)), None)
        if get_origin(hints[name]) is not Annotated or mark is None:
            raise TypeError(f"{function.__name__}: {name} needs a mark, as in Annotated[float, Range(0, 1)]")
        if isinstance(mark, Range) and get_args(hints[name])[0] is int:
            mark = replace(mark, integer=True)
        neutral = None if mark.neutral is None else mark.check(mark.neutral)
        if (neutral, type(neutral)) != (mark.neutral, type(mark.neutral)):
            mark = replace(mark, neutral=neutral)  # in canonical form: 0 and 0.0 are one
        when = next((item for item in get_args(hints[name])[1:] if isinstance(item, When)), ALWAYS)
        params.append(Param(name, mark.check(parameter.default), mark, when, RARE in get_args(hints[name])[1:]))
    offered = {param.name: param.mark.options for param in params if isinstance(param.mark, Choice)}
    for param in params:
        if not {*param.when.options} <= {*offered.get(param.when.param, ())}:
            raise TypeError(f"{function.__name__}: {param.name} waits for what {param.when.param!r} does not offer")
    return tuple(params)
