"""Expressions as text in GLSL ES 3.0, and the few functions that GPUs do too coarsely or otherwise than NumPy.

What depends on parameters alone is not computed for each pixel: it leaves the text as a numbered hole, to be filled
with a uniform (a number) or with `true` and `false` (a condition, so that what is not taken costs nothing).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from effects.shaders.expressions import CONSTANT, LOOK, READING, VARIABLE, Expression, Rank, ordered
from effects.shaders.operations import OPERATIONS
from effects.shaders.textures import Texture

LARGEST = 3.0e38
"""What stands for infinity, which GLSL has no word for."""

MAX_TEXTS = 512
"""Texts of which what is made is kept: each is the same for all that a slider may be moved to."""

MAX_SAMPLERS = 16
"""Pictures and tables that one draw may read: so many WebGL2 promises everywhere."""

HOLE = re.compile(r"([$?@~])(\d+)")
"""A number ($) or condition (?) of parameters alone, a table (@) or picture (~), by its place among its likes."""

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        # Cephes' single precision sine and cosine (Stephen Moshier), after taking quarter turns off in three parts.
        "sinusoid": """float sinusoid(float x, int ahead) {
float quarter = roundEven(x * 0.6366197723675814);
float r = ((x - quarter * 1.5703125) - quarter * 4.837512969970703e-4) - quarter * 7.54978995489188e-8;
float s = r * r;
int place = (int(quarter) + ahead) & 3;
float turned = (place & 1) == 1
? 1.0 - 0.5 * s + s * s * (4.166664568298827e-2 + s * (-1.388731625493765e-3 + s * 2.443315711809948e-5))
: r + r * s * (-1.6666654611e-1 + s * (8.3321608736e-3 - s * 1.9515295891e-4));
return place > 1 ? -turned : turned;
}
""",
        "sine": "float sine(float x) { return sinusoid(x, 0); }\n",
        "cosine": "float cosine(float x) { return sinusoid(x, 1); }\n",
        # Cephes' arc tangent, with the quadrant of both signs; 0 where both are 0, as in NumPy.
        "angle": """float angle(float y, float x) {
  float far = max(abs(x), abs(y)), near = min(abs(x), abs(y));
  float t = far > 0.0 ? near / far : 0.0;
  bool wide = t > 0.4142135623730950;
  float z = wide ? (t - 1.0) / (t + 1.0) : t;
  float s = z * z;
  float turn = z + z * s * (((8.05374449538e-2 * s - 1.38776856032e-1) * s + 1.99777106478e-1) * s - 3.33329491539e-1);
  turn = wide ? turn + 0.7853981633974483 : turn;
  turn = abs(y) > abs(x) ? 1.5707963267948966 - turn : turn;
  turn = x < 0.0 ? 3.141592653589793 - turn : turn;
  return y < 0.0 ? -turn : turn;
}
""",
        # GLSL leaves pow of what is not positive to the GPU.
        "power": """float power(float x, float y) {
  if (x > 0.0) return pow(x, y);
  if (x == 0.0) return y == 0.0 ? 1.0 : y > 0.0 ? 0.0 : 3.0e38;
  return mod(y, 2.0) == 1.0 ? -pow(-x, y) : pow(-x, y);
}
""",
        "copysign": """float copysign(float x, float y) { return y < 0.0 ? -abs(x) : abs(x); }
""",
        # Where a point beyond the outermost pixels' centres looks: mirrored there (reflect101).
        "reflected": """vec2 reflected(vec2 p) {
  vec2 room = (size - 1.0) / min(size.x, size.y);
  if (all(lessThanEqual(abs(p), room))) return p;
  vec2 twice = max(4.0 * room, 1e-6);
  return mix(room - abs(mod(p + room, twice) - 2.0 * room), p, vec2(lessThanEqual(abs(p), room)));
}
""",
        # The four pixels around a point, at 32nds of a pixel and in 8 bits as cv2.remap has it.
        "looked": """vec4 looked(vec2 p) {
  vec2 at = roundEven(clamp((p * min(size.x, size.y) + size - 1.0) * 0.5, vec2(0), size - 1.0) * 32.0) / 32.0;
  vec2 low = floor(at), part = at - low;
  ivec2 one = ivec2(low), other = min(one + 1, ivec2(size) - 1);
  vec4 above = mix(texelFetch(source, one, 0), texelFetch(source, ivec2(other.x, one.y), 0), part.x);
  vec4 below = mix(texelFetch(source, ivec2(one.x, other.y), 0), texelFetch(source, other, 0), part.x);
  return roundEven(mix(above, below, part.y) * 255.0) / 255.0;
}
""",
        # Between the four texels around a place, the edge repeated.
        "between": """vec3 between(highp sampler2D picture, vec2 at) {
  ivec2 last = textureSize(picture, 0) - 1;
  vec2 held = clamp(at, vec2(0), vec2(last)), low = floor(held), part = held - low;
  ivec2 one = ivec2(low), other = min(one + 1, last);
  vec3 above = mix(texelFetch(picture, one, 0), texelFetch(picture, ivec2(other.x, one.y), 0), part.x).rgb;
  vec3 below = mix(texelFetch(picture, ivec2(one.x, other.y), 0), texelFetch(picture, other, 0), part.x).rgb;
  return mix(above, below, part.y);
}
""",
        # The same at a point.
        "elsewhere": """vec3 elsewhere(highp sampler2D picture, vec2 p) {
  vec2 sides = vec2(textureSize(picture, 0));
  return between(picture, (p * min(sides.x, sides.y) + sides - 1.0) * 0.5);
}
""",
        # The half float that is nearest.
        "as_half": """vec3 as_half(vec3 c) {
  uvec3 bits = floatBitsToUint(c);
  return uintBitsToFloat((bits + 0xFFFu + ((bits >> 13) & 1u)) & 0xFFFFE000u);
}
""",
        # A texel beyond the edges, mirrored on the outermost ones (reflect101).
        # GLSL leaves % of what is negative to the GPU.
        "folded": """ivec2 folded(ivec2 at, ivec2 sides) {
  ivec2 period = max(2 * (sides - 1), 1);
  at = abs(at) % period;
  return min(at, period - at) * ivec2(greaterThan(sides, ivec2(1)));
}
""",
        # A part of a table as large as the picture, as cv2 resizes it: `way` is 0 for areas, 1 for lines, 2 for curves.
        # The part has `cells`, begins at `corner` and goes around the table's ends.
        "part": """float shared(float way, float away, float first, float times) {
  float far = abs(away);
  if (way == 0.0) return max(min(first + times, away + first + 1.0) - max(first, away + first), 0.0) / times;
  if (way == 1.0) return max(1.0 - far, 0.0);
  if (far < 1.0) return (1.25 * far - 2.25) * far * far + 1.0;
  return far < 2.0 ? ((-0.75 * far + 3.75) * far - 6.0) * far + 3.0 : 0.0;
}
vec3 part(highp usampler2D table, ivec2 at, vec2 cells, vec2 corner, float way) {
  vec2 times = cells / size;
  vec2 from = way == 0.0 ? vec2(at) * times : (vec2(at) + 0.5) * times - 0.5;
  ivec2 first = ivec2(floor(from + 1e-4)) - (way == 2.0 ? 1 : 0);
  ivec2 count = way == 0.0 ? ivec2(ceil(times)) + 1 : ivec2(way == 2.0 ? 4 : 2);
  ivec2 sides = textureSize(table, 0);
  vec3 sum = vec3(0);
  for (int y = 0; y < count.y; y++) for (int x = 0; x < count.x; x++) {
    ivec2 one = first + ivec2(x, y);
    vec2 away = vec2(one) - from;
    float share = shared(way, away.x, from.x, times.x) * shared(way, away.y, from.y, times.y);
    one = (clamp(one, ivec2(0), ivec2(cells) - 1) + ivec2(corner)) % sides;
    sum += share * vec3(texelFetch(table, one, 0).rgb);
  }
  return sum;
}
""",
        # What a pixel counts for one that is `away`, as Pillow has it: by lines, cubic curves, Lanczos of three.
        "filtered": """float sinc(float x) {
  float turn = 3.141592653589793 * x;
  return turn == 0.0 ? 1.0 : sine(turn) / turn;
}
float filtered(float way, float away) {
  float far = abs(away);
  if (far >= way) return 0.0;
  if (way == 1.0) return 1.0 - far;
  if (way == 3.0) return sinc(far) * sinc(far / 3.0);
  if (far < 1.0) return (1.5 * far - 2.5) * far * far + 1.0;
  return ((-0.5 * far + 2.5) * far - 4.0) * far + 2.0;
}
""",
        # What a curve of 256 entries makes of a colour in 8 bits; its numbers are floats, bit by bit.
        "toned": """vec3 toned(highp usampler2D curve, vec3 c) {
  ivec3 at = ivec3(c * 255.0 + 0.5);
  return uintBitsToFloat(uvec3(texelFetch(curve, ivec2(at.r, 0), 0).r, texelFetch(curve, ivec2(at.g, 0), 0).g,
    texelFetch(curve, ivec2(at.b, 0), 0).b));
}
""",
        # What one with a row for each channel makes of any colour: the roots of its values are equally far apart.
        "toned_between": """vec3 toned_between(highp usampler2D curve, vec3 c) {
  float last = float(textureSize(curve, 0).x - 1);
  vec3 at = sqrt(clamp(c, 0.0, 1.0)) * last, low = min(floor(at), last - 1.0), part = at - low;
  ivec3 one = ivec3(low);
  vec2 r = uintBitsToFloat(texelFetch(curve, ivec2(one.r, 0), 0).rg);
  vec2 g = uintBitsToFloat(texelFetch(curve, ivec2(one.g, 1), 0).rg);
  vec2 b = uintBitsToFloat(texelFetch(curve, ivec2(one.b, 2), 0).rg);
  return mix(vec3(r.x, g.x, b.x), vec3(r.y, g.y, b.y), part);
}
""",
        # A table's entries, straight between them: each channel by itself.
        "along": """vec3 along(highp usampler2D table, vec3 c) {
  float last = float(textureSize(table, 0).x - 1);
  vec3 at = clamp(c, 0.0, 1.0) * last, low = min(floor(at), last - 1.0), part = at - low;
  ivec3 one = ivec3(low);
  vec3 near = vec3(texelFetch(table, ivec2(one.r, 0), 0).r, texelFetch(table, ivec2(one.g, 0), 0).g,
    texelFetch(table, ivec2(one.b, 0), 0).b);
  vec3 far = vec3(texelFetch(table, ivec2(one.r + 1, 0), 0).r, texelFetch(table, ivec2(one.g + 1, 0), 0).g,
    texelFetch(table, ivec2(one.b + 1, 0), 0).b);
  return mix(near, far, part) / 65535.0;
}
""",
        # A lattice's eight points around a colour; `at` counts points from the first.
        "trilinear": """vec3 trilinear(highp usampler3D lattice, vec3 at) {
  vec3 last = vec3(textureSize(lattice, 0) - 1);
  at = clamp(at, vec3(0), last);
  vec3 low = min(floor(at), last - 1.0), part = at - low;
  ivec3 one = ivec3(low);
  vec3 lines[4];
  for (int i = 0; i < 4; i++) {
    ivec3 from = one + ivec3(0, i & 1, i >> 1);
    vec3 near = vec3(texelFetch(lattice, from, 0).rgb), far = vec3(texelFetch(lattice, from + ivec3(1, 0, 0), 0).rgb);
    lines[i] = mix(near, far, part.r);
  }
  return mix(mix(lines[0], lines[1], part.g), mix(lines[2], lines[3], part.g), part.b) / 65535.0;
}
""",
        # The four points of the tetrahedron around a colour: from the corner along the largest share, then the next.
        "tetrahedral": """vec3 tetrahedral(highp usampler3D lattice, vec3 at) {
  vec3 last = vec3(textureSize(lattice, 0) - 1);
  at = clamp(at, vec3(0), last);
  vec3 low = min(floor(at), last - 1.0), part = at - low;
  ivec3 one = ivec3(low);
  float most = max(max(part.r, part.g), part.b), least = min(min(part.r, part.g), part.b);
  float middle = part.r + part.g + part.b - most - least;
  ivec3 up = part.r == most ? ivec3(1, 0, 0) : part.g == most ? ivec3(0, 1, 0) : ivec3(0, 0, 1);
  ivec3 not_up = part.r == least ? ivec3(0, 1, 1) : part.g == least ? ivec3(1, 0, 1) : ivec3(1, 1, 0);
  return ((1.0 - most) * vec3(texelFetch(lattice, one, 0).rgb)
    + (most - middle) * vec3(texelFetch(lattice, one + up, 0).rgb)
    + (middle - least) * vec3(texelFetch(lattice, one + not_up, 0).rgb)
    + least * vec3(texelFetch(lattice, one + 1, 0).rgb)) / 65535.0;
}
""",
    }
)
"""Name -> a function that texts call, in an order in which each knows those before it."""


@dataclass(frozen=True)
class Body:
    """The statements of a function, its results, and what depends on parameters alone and fills its holes."""

    statements: str
    results: tuple[str, ...]
    numbers: tuple[Expression, ...]
    flags: tuple[Expression, ...]
    textures: tuple[Texture, ...] = ()

    @cached_property
    def samplers(self) -> int:
        """How many pictures and tables it reads, the picture that it is given among them."""
        holes = HOLE.findall(f"{self.statements} {' '.join(self.results)}")
        return 1 + len({place for sign, place in holes if sign == "~"} - {"0"}) + len(self.textures)


def body_of(outputs: Sequence[Expression]) -> Body:
    """The text that computes these numbers of a pixel."""
    numbers: list[Expression] = []
    flags: list[Expression] = []
    needed = _needed_by_pixels(outputs)
    uses = Counter(argument.number for each in needed for argument in each.arguments)
    names: dict[int, str] = {}
    vectors: dict[str, str] = {}
    lines: list[str] = []
    textures: list[Texture] = []

    def vector(text: str) -> str:
        """The name of what the text gives, which is written once."""
        if text not in vectors:
            vectors[text] = f"v{len(lines)}"
            lines.append(f"vec3 {vectors[text]} = {text};")
        return vectors[text]

    for each in needed:
        if each.operation == CONSTANT:
            names[each.number] = literal(each.value)
        elif each.rank is not Rank.PIXEL:
            holes, sign = (flags, "?") if each.is_bool else (numbers, "$")
            names[each.number] = f"{sign}{len(holes)}"
            holes.append(each)
        elif each.operation == VARIABLE:
            names[each.number] = str(each.value)
        elif each.operation == LOOK:
            source, channel = str(each.value).split(".")
            x, y = (names[argument.number] for argument in each.arguments)
            names[each.number] = f"{vector(f'elsewhere(~{source}, vec2({x}, {y}))')}.{channel}"
        elif each.operation == READING:
            if each.value.texture not in textures:
                textures.append(each.value.texture)
            given = (names[argument.number] for argument in each.arguments)
            text = each.value.text.format(*given, table=f"@{textures.index(each.value.texture)}")
            names[each.number] = f"{vector(text)}.{each.value.channel}"
        else:
            text = OPERATIONS[each.operation].glsl.format(*(names[argument.number] for argument in each.arguments))
            if uses[each.number] > 1:
                names[each.number] = f"t{len(lines)}"
                lines.append(f"{'bool' if each.is_bool else 'float'} t{len(lines)} = {text};")
            else:
                names[each.number] = text
    results = tuple(names[each.number] for each in outputs)
    return Body("\n".join(lines), results, tuple(numbers), tuple(flags), tuple(textures))


def _needed_by_pixels(outputs: Iterable[Expression]) -> list[Expression]:
    """What is to be written: all that depends on the pixel, and of the rest what that asks for."""
    needed: dict[int, Expression] = {each.number: each for each in outputs}
    for each in ordered(outputs):
        if each.rank is Rank.PIXEL:
            needed.update({part.number: part for part in (each, *each.arguments)})
    return [needed[number] for number in sorted(needed)]


def literal(value: float | bool | str | None) -> str:
    """A constant as GLSL writes it, as precise as a shader's floats are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    number = float(np.clip(np.nan_to_num(float(value or 0.0), nan=0.0), -LARGEST, LARGEST))
    text = f"{number:.9g}"
    text = text if any(sign in text for sign in ".e") else f"{text}.0"
    return f"({text})" if number < 0 else text


def with_holes_filled(text: str, names: Mapping[str, Callable[[int], str]]) -> str:
    """The text with a name in each of its holes; `names` gives them, by the hole's sign and place."""
    return HOLE.sub(lambda hole: names[hole[1]](int(hole[2])), text)


@lru_cache(maxsize=MAX_TEXTS)
def functions_for(text: str) -> tuple[str, ...]:
    """The names of the functions that a text calls, and of those that they call, each after what it knows."""
    called: list[str] = []
    for name in reversed(tuple(FUNCTIONS)):
        if re.search(rf"\b{name}\(", text + "".join(FUNCTIONS[other] for other in called)):
            called.append(name)
    return tuple(reversed(called))


@lru_cache(maxsize=MAX_TEXTS)
def without_spaces(text: str) -> str:
    """The same text, shorter."""
    return re.sub(r" *([-=+*/<>?:&|,(){};]) *", r"\1", re.sub(r"\n +", "\n", text))
