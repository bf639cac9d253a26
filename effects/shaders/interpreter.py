"""What expressions come to, by NumPy: for tests, which hold them against the effects themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from effects.shaders.expressions import CONSTANT, VARIABLE, Expression, ordered
from effects.shaders.operations import OPERATIONS


def evaluated(outputs: Sequence[Expression], variables: Mapping[str, Any]) -> list[Any]:
    """The outputs, each as NumPy makes it of the variables' values (numbers or arrays, broadcast)."""
    found: dict[int, Any] = {}
    with np.errstate(all="ignore"):
        for each in ordered(outputs):
            if each.operation == CONSTANT:
                found[each.number] = each.value
            elif each.operation == VARIABLE:
                found[each.number] = variables[str(each.value)]
            else:
                arguments = (found[argument.number] for argument in each.arguments)
                found[each.number] = OPERATIONS[each.operation].apply(*arguments)
    return [found[each.number] for each in outputs]
