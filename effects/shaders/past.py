"""A temporal effect's formula on symbols: what it kept, and the frames that were, are pictures that it looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from effects.shaders.branches import Trace
from effects.shaders.expressions import Expression, Rank
from effects.shaders.symbols import Symbol, elements_of

ELAPSED = "picture.elapsed"
"""The name of the seconds since the frame before."""

KEPT = """vec3 kept(vec3 c, ivec2 at) {
return fresh ? c : uintBitsToFloat(texelFetch(P0, at, 0).rgb);
}
"""
"""What was kept of the frame before: floats bit by bit, which every device keeps as whole numbers; at first, `c`."""

CHANNELS = "rgb"


@dataclass(frozen=True)
class Recollection:
    """What a draw has to do with the past of a step: the `slot` of its memory, and what it asks of that.

    `ages` are the places in the tree of the seconds that lie between now and the frames that it looks at; there are
    none where it looks at what was kept of the frame before. What it `keeps` is what the next frame will find.
    """

    slot: str
    ages: tuple[int, ...]
    keeps: bool

    @property
    def samplers(self) -> int:
        """How many pictures it looks at."""
        return len(self.ages) or 1

    @property
    def declared(self) -> str:
        """How a shader names them."""
        if not self.ages:
            return "uniform highp usampler2D P0;\nuniform bool fresh;\n"
        return "".join(f"uniform highp sampler2D P{place};\n" for place in range(len(self.ages)))

    def wire(self) -> dict[str, Any]:
        """As JSON."""
        return {"slot": self.slot, "ages": list(self.ages), "keeps": self.keeps}


@dataclass
class OpenPast:
    """The past of any pixel; see `effects.kernels.motion.past`."""

    trace: Trace
    ages: dict[int, Expression] = field(default_factory=dict)

    @property
    def elapsed(self) -> Symbol:
        """As whoever draws tells it."""
        elements = np.empty((), object)
        elements[()] = self.trace.sheet.variable(ELAPSED, Rank.PARAMETER)
        return Symbol(self.trace, elements)

    @property
    def before(self) -> Symbol:
        """A look at what was kept."""
        return self._pixel("kept(c, at)")

    def ago(self, seconds: Any) -> Symbol:
        """A look at a frame."""
        age = elements_of(self.trace, seconds).item()
        self.ages.setdefault(age.number, age)
        return self._pixel(f"texelFetch(P{list(self.ages).index(age.number)}, at, 0)")

    def _pixel(self, text: str) -> Symbol:
        elements = np.empty(len(CHANNELS), object)
        elements[:] = [self.trace.sheet.variable(f"{text}.{channel}", Rank.PIXEL) for channel in CHANNELS]
        return Symbol(self.trace, elements.reshape(1, 1, -1))
