"""A condition: where a parameter counts, and where it would be set in vain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, init=False)
class When:
    """Stands behind a mark: the parameter counts only where another one, a `Choice`, is one of these options.

    As in `angle: Annotated[float, Range(0, 360, "deg"), When("shape", "linear")]`. Without options it always counts.
    """

    param: str
    options: tuple[str, ...]

    def __init__(self, param: str = "", *options: str) -> None:
        object.__setattr__(self, "param", param)
        object.__setattr__(self, "options", options)

    def holds(self, params: Mapping[str, Any]) -> bool:
        """Whether it does among these values of the effect's parameters."""
        return not self.options or params[self.param] in self.options


ALWAYS = When()
