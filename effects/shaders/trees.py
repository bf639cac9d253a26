"""What a program computes of its parameters alone: one small tree of expressions, evaluated once a change.

A node is a number, a truth, a variable's name, or a list of an operation's name and the places of its arguments, which
stand before it. In the page `pages/components/drawing/expression.js` evaluates it, in double precision as NumPy does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from effects.shaders.expressions import CONSTANT, VARIABLE, Expression, ordered
from effects.shaders.operations import OPERATIONS

Node = float | bool | str | list[Any]

SHARED = "picture."
"""How the names of variables begin that are the picture's and not a step's."""


@dataclass
class TreeBuilder:
    """A tree that grows: equal nodes are one.

    `frame` says where those numbers of the picture stand that a step before has changed.
    """

    nodes: list[Node] = field(default_factory=list)
    places: dict[Any, int] = field(default_factory=dict)
    frame: dict[str, int] = field(default_factory=dict)

    def add(self, roots: Sequence[Expression], prefix: str) -> list[int]:
        """Where the roots of a step's formula stand; `prefix` comes before the names of its own variables."""
        found: dict[int, int] = {}
        for each in ordered(roots):
            if each.operation == CONSTANT:
                # JSON knows no infinity: what divides by nothing is as large as a number can be.
                node: Any = each.value if each.is_bool else float(np.nan_to_num(float(each.value or 0.0)))
            elif each.operation == VARIABLE:
                name = str(each.value)
                if name in self.frame:
                    found[each.number] = self.frame[name]
                    continue
                node = name if name.startswith(SHARED) else f"{prefix}{name}"
            else:
                node = [each.operation, *(found[argument.number] for argument in each.arguments)]
            found[each.number] = self.place(node)
        return [found[each.number] for each in roots]

    def place(self, node: Node) -> int:
        """Where a node stands, at the end if it is new."""
        key = (type(node), tuple(node) if isinstance(node, list) else node)
        if key not in self.places:
            self.places[key] = len(self.nodes)
            self.nodes.append(node)
        return self.places[key]


def wired_tree(nodes: Sequence[Node]) -> dict[str, Any]:
    """The nodes for the page: each operation by its place in a list of names."""
    names = sorted({node[0] for node in nodes if isinstance(node, list)})
    short = [[names.index(node[0]), *node[1:]] if isinstance(node, list) else node for node in nodes]
    return {"operations": names, "nodes": short}


def evaluated_tree(nodes: Sequence[Node], values: Mapping[str, float]) -> list[Any]:
    """What every node comes to, for these values of its variables."""
    found: list[Any] = []
    with np.errstate(all="ignore"):
        for node in nodes:
            if isinstance(node, str):
                found.append(float(values[node]))
            elif isinstance(node, list):
                result = OPERATIONS[node[0]].apply(*(found[place] for place in node[1:]))
                found.append(np.asarray(result).item())
            else:
                found.append(node)
    return found
