"""Trees of parameters with what they come to, for the page's evaluator: `python -m tests.expression_cases`."""

from __future__ import annotations

import json
from typing import Any

from effects import EFFECTS, Pipeline
from effects.shaders import program
from effects.shaders.operations import OPERATIONS
from effects.shaders.trees import Node, evaluated_tree, wired_tree
from tests.test_shader_programs import CASES, PICTURE

STACK = ("temperature_tint", "hue_rotate", "light_leak", "vignette", "overlay", "color_pop", "kaleidoscope")

ARGUMENTS = (0.5, -1.25, 2.5)


def each_operation() -> list[Node]:
    """Every operation, of numbers or of truths."""
    nodes: list[Node] = [*ARGUMENTS, True, False]
    for operation in OPERATIONS.values():
        count = operation.glsl.count("{")
        if operation.name == "select":
            nodes += [["select", 3, 0, 1], ["select", 4, 0, 1]]
        elif operation.takes == "bool":
            nodes.append([operation.name, *(3, 4)[:count]])
        else:
            nodes += [[operation.name, *places[:count]] for places in ((0, 1), (2, 0))]
    return nodes


def case(nodes: list[Node], values: dict[str, float]) -> dict[str, Any]:
    """A tree, values of its variables, and what its nodes come to."""
    return {"tree": wired_tree(nodes), "values": values, "found": evaluated_tree(nodes, values)}


if __name__ == "__main__":
    made = program(Pipeline(tuple(EFFECTS[name].step() for name in STACK)))
    cases = [case(each_operation(), {}), case(list(made.nodes), {**made.values, **PICTURE})]
    CASES.write_text(json.dumps(cases, separators=(",", ":")) + "\n", encoding="utf-8")
