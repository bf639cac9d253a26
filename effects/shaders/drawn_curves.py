"""Curves that the graphics card draws for itself: what a step makes of each value, instead of each pixel.

Where each channel depends on its own value alone, a draw of 256 pixels computes what a picture of half a million asks
for. A curve is exact where all that comes in are the 256 values of 8 bits. Else it has an entry for each of many more,
and is straight between two; those are closer together near black, where powers are steep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from effects.shaders.expressions import LOOK, READING, VARIABLE, Expression, Rank, ordered

LEVELS = 256
ENTRIES = 255 * 8 + 1
CHANNELS = 3

DEAR = frozenset({"power", "exp2", "log2", "sin", "cos", "tanh", "arctan2"})
"""Operations that take a pixel longer than a look at a curve does."""

JUMPING = frozenset({"floor", "ceil", "trunc", "rint", "mod", "sign", "copysign", "number"})
"""Operations with a jump, across which nothing is straight."""


@dataclass(frozen=True)
class Tone:
    """What is known of a step whose channels depend each on its own value, whatever its parameters are.

    It is `dear` if a curve of its own is worth while, and `smooth` if it has no jump and nothing in it is as steep as a
    slider makes a power; what is dear chooses between two formulas where these meet.
    """

    dear: bool
    smooth: bool


def tone_of(outputs: Sequence[Expression], names: Sequence[str]) -> Tone | None:
    """The tone that a formula's outputs are, where `names` are those of a pixel's channels; None if it is none."""
    for output, name in zip(outputs, names, strict=True):
        for each in ordered((output,)):
            is_other = each.operation == VARIABLE and each.rank is Rank.PIXEL and each.value != name
            if is_other or each.operation in (LOOK, READING):
                return None
    pixels = [each for each in ordered(outputs) if each.rank is Rank.PIXEL]
    operations = {each.operation for each in pixels}
    dear = not operations.isdisjoint(DEAR)
    steady = all(each.arguments[1].is_constant for each in pixels if each.operation == "power")
    return Tone(dear, steady and operations.isdisjoint(JUMPING) and (dear or "select" not in operations))


EXACT_CURVE = "result = uvec4(floatBitsToUint(curve(vec3(gl_FragCoord.x - 0.5) / 255.0)), 0u);"
"""Of a draw of 256 x 1: the three channels of each value."""

STRAIGHT_CURVE = f"""vec2 near = (gl_FragCoord.x - vec2(0.5, -0.5)) / {ENTRIES - 1}.0;
int channel = int(gl_FragCoord.y);
near *= near;
result = uvec4(floatBitsToUint(vec2(curve(vec3(near.x))[channel], curve(vec3(near.y))[channel])), 0u, 0u);"""
"""Of a draw with a row for each channel: an entry and the next one, so that one look finds both."""


def curve_size(exact: bool) -> tuple[int, int]:
    """Width and height of a curve's draw."""
    return (LEVELS, 1) if exact else (ENTRIES, CHANNELS)
