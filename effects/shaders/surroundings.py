"""A spatial effect's formula on symbols: what has to be drawn before the effect itself can be.

A blur, the mean of blocks, and whatever the formula looks at elsewhere are pictures of their own, each drawn from
those before it. Their sizes and counts are parts of the tree: another radius is no other shader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from effects.image import Frame
from effects.kernels.gaussian import NARROW, NARROWEST, REACH
from effects.shaders.branches import Trace
from effects.shaders.expressions import Expression, Rank, Reading
from effects.shaders.glsl import Body, body_of
from effects.shaders.symbols import Symbol, elements_of
from effects.shaders.textures import Texture

PICTURE = 0
"""The input that is the picture which the step is given; what is prepared counts from 1."""

CHANNELS = "rgb"

SHRINK = """ivec2 from = (at - int($1)) * int($0);
vec3 sum = vec3(0);
for (int y = 0; y < int($0); y++) for (int x = 0; x < int($0); x++)
sum += texelFetch(source, folded(from + ivec2(x, y), textureSize(source, 0)), 0).rgb;
vec3 v = sum / ($0 * $0);"""

NARROW_BLUR = """ivec2 sides = textureSize(source, 0);
vec3 sum = texelFetch(source, at, 0).rgb;
float weight = 1.0;
for (int i = 1; i <= int($1); i++) {
float share = exp(-0.5 * float(i * i) / ($0 * $0));
weight += 2.0 * share;
sum += share * (texelFetch(source, folded(at + i * DIRECTION, sides), 0).rgb
+ texelFetch(source, folded(at - i * DIRECTION, sides), 0).rgb);
}
vec3 v = sum / weight;"""

RESAMPLE = """float ratio = $0 / $1, wide = max(ratio, 1.0), middle = (float(at.AXIS) + 0.5) * ratio;
float low = middle - 0.5 * ratio, high = middle + 0.5 * ratio;
int first = int(middle - $2 * wide + 0.5), last = int(middle + $2 * wide + 0.5);
if ($2 == 0.0) { first = int(floor(middle + 1e-4)); last = first + 1; }
if ($2 == 4.0) { first = int(floor(low + 1e-4)); last = int(ceil(high - 1e-4)); }
vec3 sum = vec3(0);
float weight = 0.0;
ivec2 one = at;
for (int i = max(first, 0); i < min(last, int($0)); i++) {
one.AXIS = i;
float share = $2 == 0.0 ? 1.0 : $2 == 4.0 ? min(high, float(i) + 1.0) - max(low, float(i))
: filtered($2, (float(i) + 0.5 - middle) / wide);
sum += share * texelFetch(source, one, 0).rgb;
weight += share;
}
vec3 v = roundEven(clamp(sum / weight, 0.0, 1.0) * 255.0) / 255.0;"""

BOX = """ivec2 last = textureSize(source, 0) - 1;
vec3 sum = vec3(0);
int far = int(ceil($0 - 0.5));
for (int i = -far; i <= far; i++)
sum += min($0 + 0.5 - float(abs(i)), 1.0) * texelFetch(source, clamp(at + i * DIRECTION, ivec2(0), last), 0).rgb;
vec3 v = sum / (2.0 * $0);"""

NARROW_BOX = 4.0
"""Pixels that a window reaches: a wider one is laid over a smaller picture."""

ACROSS, DOWN = "ivec2(1, 0)", "ivec2(0, 1)"

ENLARGE = """vec2 from = (vec2(at) + 0.5) / $0 - 0.5 + $1;
vec3 v = between(source, from);"""

BLOCK = """ivec2 from = at * int($0), to = min(from + int($0), textureSize(source, 0));
vec3 sum = vec3(0);
for (int y = from.y; y < to.y; y++) for (int x = from.x; x < to.x; x++)
sum += roundEven(texelFetch(source, ivec2(x, y), 0).rgb * 255.0);
sum /= float((to.x - from.x) * (to.y - from.y));
vec3 v = (int($0) == 2 ? floor(sum + 0.5) : roundEven(sum)) / 255.0;"""

SPREAD = "vec3 v = texelFetch(source, at / int($0), 0).rgb;"

VECTOR = ("v.r", "v.g", "v.b")

Symbols = tuple[Any, ...]
"""Numbers that depend on parameters and the picture's size alone."""


@dataclass(frozen=True, eq=False)
class Preparation:
    """A picture that is drawn before: from `source`, by a body, at a size, and only where the condition holds.

    Where it does not, the picture is its source.
    """

    source: int
    body: Body
    width: Expression
    height: Expression
    when: Expression | None = None


@dataclass
class Pictures:
    """What is prepared for a formula, in the order of drawing, whichever way through it asks for it."""

    prepared: list[Preparation] = field(default_factory=list)
    known: dict[Any, int] = field(default_factory=dict)
    textures: dict[Any, Texture] = field(default_factory=dict)


@dataclass
class OpenSurroundings:
    """The surroundings of any pixel of any picture; see `effects.kernels.surroundings`."""

    trace: Trace
    frame: Frame
    points: Symbol
    source: Frame
    pictures: Pictures
    throw: Any = 0.0

    def gaussian(self, values: Any, radius: Any) -> Symbol:
        """Shrunk by a power of two, blurred across and down, enlarged: as the library blurs."""
        short = self.frame.short
        sigma = radius * short + self._zero
        halvings = np.maximum(np.floor(np.log2(np.maximum(sigma, NARROWEST) / NARROW)), 0)
        times = np.exp2(np.where(short < 4 * np.exp2(halvings), 0, halvings))
        wide = times > 1
        spared = (times**2 - 1) / 12 + times**2 / 6
        left = np.where(wide, np.sqrt(np.maximum(sigma**2 - spared, 0)) / times, np.maximum(sigma, NARROWEST))
        margin = np.where(wide, np.ceil(REACH * left), 0)
        reach = np.where(sigma < NARROWEST, 0, np.floor(np.rint(2 * REACH * left + 1) / 2))
        sides = tuple(np.ceil(side / times) + 2 * margin for side in (self.frame.width, self.frame.height))
        place = self._prepare(SHRINK, (times, margin), self._input(values), sides, wide)
        for way in (ACROSS, DOWN):
            place = self._prepare(NARROW_BLUR.replace("DIRECTION", way), (left, reach), place, sides)
        return self._texels(self._prepare(ENLARGE, (times, margin), place, self._sides, wide), values)

    def box_mean(self, values: Any, radius: Any) -> Symbol:
        """Shrunk by a whole number, averaged across and down, enlarged."""
        reach = np.rint(radius * self.frame.short)
        times = np.maximum(1, np.floor(reach / NARROW_BOX))
        wide, half = times > 1, (reach + 0.5) / times
        sides = tuple(np.ceil(side / times) for side in self._sides)
        place = self._prepare(SHRINK, (times, self._zero), self._input(values), sides, wide)
        for way in (ACROSS, DOWN):
            place = self._prepare(BOX.replace("DIRECTION", way), (half,), place, sides)
        return self._texels(self._prepare(ENLARGE, (times, self._zero), place, self._sides, wide), values)

    def at(self, values: Any, points: Any) -> Symbol:
        """A look at the values as a picture."""
        source = self._input(values)
        x, y = elements_of(self.trace, points).ravel().tolist()
        looks = [self.trace.sheet.look(source, channel, x, y) for channel in CHANNELS[: self._count(values)]]
        return self._symbol(looks)

    @property
    def pixels(self) -> Symbol:
        """The pixel's own column and row."""
        return self._symbol([self.trace.sheet.variable(f"float(at.{axis})", Rank.PIXEL) for axis in "xy"])

    def table(self, numbers: Any, columns: Any, rows: Any) -> Symbol:
        """One entry of a table."""
        return self._read(numbers, "vec3(texelFetch({table}, ivec2({0}, {1}), 0).rgb)", columns, rows)

    def part(self, numbers: Any, cells: Any, corner: Any, way: Any) -> Symbol:
        """A part of a table, resized."""
        return self._read(numbers, "part({table}, at, vec2({0}, {1}), vec2({2}, {3}), {4})", *cells, *corner, way)

    def _read(self, numbers: Any, text: str, *where: Any) -> Symbol:
        key = (numbers.shape, numbers.dtype.char, numbers.tobytes())
        texture = self.pictures.textures.setdefault(key, Texture(numbers))
        arguments = self._expressions(where)
        return self._symbol(
            [
                self.trace.sheet.reading(Reading(texture, text, channel), *arguments)
                for channel in CHANNELS[: numbers.shape[-1]]
            ]
        )

    def resampled(self, values: Any, ways: tuple[Any, Any]) -> Symbol:
        """Across, then down."""
        place, sides = self._input(values), (self.frame.width, self.source.height)
        place = self._prepare(
            RESAMPLE.replace("AXIS", "x"), (self.source.width, self.frame.width, ways[0]), place, sides
        )
        numbers = self.source.height, self.frame.height, ways[1]
        return self._texels(self._prepare(RESAMPLE.replace("AXIS", "y"), numbers, place, self._sides), values)

    def block_mean(self, values: Any, size: Any) -> Symbol:
        """A picture with a pixel for each block, and one in which each is as large as its block."""
        edge = np.maximum(np.rint(size * self.frame.short), 1)
        sides = tuple(np.ceil(side / edge) for side in (self.frame.width, self.frame.height))
        means = self._prepare(BLOCK, (edge,), self._input(values), sides)
        return self._texels(self._prepare(SPREAD, (edge,), means, self._sides), values)

    @property
    def _zero(self) -> Symbol:
        return self._symbol([self.trace.sheet.constant(0.0)])[0, 0, 0]

    @cached_property
    def _sides(self) -> Symbols:
        return self.frame.width, self.frame.height

    def _count(self, values: Any) -> int:
        return elements_of(self.trace, values).size

    def _symbol(self, expressions: list[Expression]) -> Symbol:
        elements = np.empty(len(expressions), object)
        elements[:] = expressions
        return Symbol(self.trace, elements.reshape(1, 1, -1))

    def _texels(self, place: int, values: Any) -> Symbol:
        """The prepared picture at the pixel itself, with as many channels as the values have."""
        names = [f"texelFetch(~{place}, at, 0).{channel}" for channel in CHANNELS[: self._count(values)]]
        return self._symbol([self.trace.sheet.variable(name, Rank.PIXEL) for name in names])

    def _input(self, values: Any) -> int:
        """The values as a picture: the step's own, one that is prepared, or one more to be prepared."""
        outputs = tuple(elements_of(self.trace, values).ravel().tolist())
        names = [str(each.value) for each in outputs]
        if names == [f"c.{channel}" for channel in CHANNELS]:
            return PICTURE
        for place in range(1, len(self.pictures.prepared) + 1):
            if names == [f"texelFetch(~{place}, at, 0).{channel}" for channel in CHANNELS[: len(names)]]:
                return place
        key = tuple(each.number for each in outputs)
        if key not in self.pictures.known:
            body = body_of(outputs if len(outputs) == len(CHANNELS) else outputs[:1] * len(CHANNELS))
            width, height = self._expressions(self._sides)
            self.pictures.known[key] = self._add(Preparation(PICTURE, body, width, height))
        return self.pictures.known[key]

    def _prepare(self, text: str, numbers: Symbols, source: int, sides: Symbols, when: Any = None) -> int:
        """One more picture, by a text whose holes are these numbers; the same one is not drawn twice."""
        holes = self._expressions(numbers)
        key = (text, source, *(each.number for each in holes))
        if key not in self.pictures.known:
            condition = None if when is None else self._expressions((when,))[0]
            body = Body(text, VECTOR, holes, ())
            width, height = self._expressions(sides)
            self.pictures.known[key] = self._add(Preparation(source, body, width, height, condition))
        return self.pictures.known[key]

    def _expressions(self, symbols: Symbols) -> tuple[Expression, ...]:
        return tuple(elements_of(self.trace, each).item() for each in symbols)

    def _add(self, preparation: Preparation) -> int:
        self.pictures.prepared.append(preparation)
        return len(self.pictures.prepared)
