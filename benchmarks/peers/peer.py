"""What a peer is: another library, and which of our effects it has, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from effects.effect import Kind, Step
from effects.image import Image, Matrix
from effects.plan.pointwise import mix

Table = npt.NDArray[np.uint8]
"""256 x 3: what becomes of each value of each channel."""

Doing = Callable[[Any, Mapping[str, Any], int], object]
"""A peer's way to do one effect: from its own picture, the effect's parameters, and the shorter side in pixels."""


@dataclass(frozen=True, eq=False)
class Peer:
    """Another library. What it may do for free: `given` brings the picture into its own form before the clock starts.

    `tone` and `matrix` do any effect of that kind; `named` holds its own functions, which come first.
    """

    name: str
    given: Callable[[Image], Any]
    named: Mapping[str, Doing] = field(default_factory=dict)
    tone: Callable[[Any, Table], object] | None = None
    matrix: Callable[[Any, Matrix], object] | None = None

    def doing(self, step: Step, picture: Any, short: int) -> Callable[[], object] | None:
        """The step on a picture of its own form as the peer does it, or None where it has nothing like it."""
        effect = step.effect
        if effect.name in self.named:
            return partial(self.named[effect.name], picture, step.params, short)
        if effect.kind is Kind.TONE and self.tone:
            return partial(self.tone, picture, table(step))
        if effect.kind is Kind.MATRIX and self.matrix:
            return partial(self.matrix, picture, step.call())
        return None


def table(step: Step) -> Table:
    """A tone step as the table that every library could look up."""
    values = np.repeat(np.linspace(0, 1, 256)[:, None], 3, axis=1)
    return np.rint(255 * mix(step.call, step.strength, values)).astype(np.uint8)
