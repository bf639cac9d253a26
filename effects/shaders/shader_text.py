"""One draw of a program, written step by step: a fragment shader, and what fills its uniforms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from effects.shaders.drawn_curves import EXACT_CURVE, STRAIGHT_CURVE, Tone, curve_size
from effects.shaders.glsl import MAX_SAMPLERS, Body, functions_for, with_holes_filled, without_spaces
from effects.shaders.past import KEPT, Recollection
from effects.shaders.surroundings import Preparation
from effects.shaders.textures import Texture
from effects.shaders.trees import TreeBuilder

PLACE = """ivec2 at = ivec2(gl_FragCoord.xy);
if (upright) at.y = int(size.y) - 1 - at.y;
vec2 p = (2.0 * vec2(at) + 1.0 - size) / min(size.x, size.y);
vec4 here = texelFetch(source, at, 0);
"""
"""Which pixel it is: on the screen, and only there, the first row is the last. `source` is texel by texel, 8 bits."""

DEEP = "as_half(c)"
"""What a deep picture keeps: left to itself, a graphics card may cut off what a half float has no room for."""

SIDES = "xyzw"

NOT_DRAWN = -2
"""What stands among a draw's inputs for a curve that is still being written."""


@dataclass(frozen=True, eq=False)
class Draw:
    """A shader over the whole picture.

    `glsl` is what it declares and, after an empty line, its own functions; `calls` names those of `glsl.FUNCTIONS` that
    come between. `inputs` are the draws whose results it takes, or -1 for the picture; `numbers` and `flags` the places
    in the tree of what fills its uniforms and its conditions, `textures` its tables. `sides` are the places of its
    width and height; `deep` says that 8 bits will not do for it; `when`, that it is drawn only where that holds, and
    else is its input. `memory` is what it has to do with a step's past. A `curve` begins with nothing (see
    `effects.shaders.drawn_curves`), and its numbers are floats, bit by bit.
    """

    glsl: str
    calls: tuple[str, ...]
    inputs: tuple[int, ...]
    numbers: tuple[int, ...]
    flags: tuple[int, ...]
    textures: tuple[Texture, ...]
    sides: tuple[int, int]
    deep: bool = False
    when: int | None = None
    memory: Recollection | None = None
    curve: bool = False

    def wire(self) -> dict[str, Any]:
        """As JSON."""
        past = {} if self.memory is None else {"memory": self.memory.wire()}
        return {
            "glsl": self.glsl,
            "calls": list(self.calls),
            "inputs": list(self.inputs),
            "numbers": list(self.numbers),
            "flags": list(self.flags),
            "tables": [each.digest for each in self.textures],
            "sides": list(self.sides),
            "deep": self.deep,
            "when": self.when,
            "curve": self.curve,
            **past,
        }


@dataclass(frozen=True)
class Warp:
    """A function that says where to look, and the name of the step's strength, which is 1 if it is `whole`."""

    called: str
    strength: str
    whole: bool


@dataclass
class ShaderText:
    """A draw being written: first its warps, then its colours.

    `is_whole` says that its colours are of 8 bits still, `curve` is the one that what follows may join, of those it
    looks at (by their places among its inputs), and `promised` counts what a group or mask that has begun may read.
    """

    tree: TreeBuilder
    inputs: list[int]
    sides: tuple[int, int]
    functions: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    warps: list[Warp] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    textures: list[Texture] = field(default_factory=list)
    result: str = "roundEven(c * 255.0) / 255.0"
    deep: bool = False
    when: int | None = None
    memory: Recollection | None = None
    is_whole: bool = True
    own_curves: dict[int, ShaderText] = field(default_factory=dict)
    curve: ShaderText | None = None
    promised: float = 0

    @property
    def takes_warps(self) -> bool:
        """Whether one more warp can look through those that are there."""
        return bool(self.warps) and not self.statements and all(warp.whole for warp in self.warps)

    def has_room(self, textures: Iterable[Texture], more: float = 0) -> bool:
        """Whether it can look things up in these tables, too, and in so many more."""
        digests = {each.digest for each in (*self.textures, *textures)}
        past = 0 if self.memory is None else self.memory.samplers
        return past + len(self.inputs) + len(digests) + more <= MAX_SAMPLERS

    def leave_unrounded(self) -> None:
        """More of the same pass follows in another draw."""
        self.result, self.deep = DEEP, True

    def add_warp(self, body: Body, name: str, strength: float) -> None:
        """A step called `name` that says where to look; below full strength it stands alone."""
        called = self._function("vec2", "vec2 p", body, name)
        self.warps.append(Warp(called, f"{name}.strength", strength == 1))

    def add_color(self, body: Body, name: str, tone: Tone | None = None) -> None:
        """A step called `name` that changes colours, mixed in by its strength."""
        if tone is not None and self._takes_into_curve(tone):
            assert self.curve is not None
            self.curve.add_color(body, name)
            return
        called = self._function("vec3", "vec3 c, vec2 p", body, name)
        self._change(f"c = mix(c, clamp({called}(c, p), 0.0, 1.0), {self._strength(name)});")

    def _takes_into_curve(self, tone: Tone) -> bool:
        """Whether such a step is drawn as a part of a curve, of one that begins with it if need be."""
        if self.curve is not None and (tone.smooth or self.curve.result == EXACT_CURVE):
            return True
        if not tone.dear or not (tone.smooth or self.is_whole) or not self.has_room((), 1 + self.promised):
            return False
        width, height = (self.tree.place(float(side)) for side in curve_size(self.is_whole))
        made = EXACT_CURVE if self.is_whole else STRAIGHT_CURVE
        curve = ShaderText(self.tree, [], (width, height), result=made)
        self._change(f"c = {'toned' if self.is_whole else 'toned_between'}(I{len(self.inputs)}, c);")
        self.curve = self.own_curves[len(self.inputs)] = curve
        self.inputs.append(NOT_DRAWN)
        return True

    def _change(self, statement: str) -> None:
        """What it does next to the colours, which are no longer of 8 bits then."""
        self.statements.append(statement)
        self.is_whole, self.curve = False, None

    def begin_group(self, promised: int) -> None:
        """Colour steps that are mixed in together follow, with so many tables."""
        self.statements.append("{ vec3 before = c;")
        self.curve = None
        self.promised += promised

    def end_group(self, name: str, promised: int) -> None:
        """That were all of them."""
        self._change(f"c = mix(before, c, {self._strength(name)}); }}")
        self.promised -= promised

    def begin_masked(self, promised: float) -> None:
        """Colour steps that count where a mask is follow, the first in the draw, with so many tables and pictures."""
        self.statements.append("{ vec3 before = c;")
        self.promised = promised

    def end_masked(self, body: Body, name: str, pictures: Sequence[int]) -> None:
        """That were all of them: what they made is rounded, and mixed in by the mask called `name`."""
        level = self._level(body, name, pictures)
        self._change("c = roundEven(c * 255.0) / 255.0;")
        self._change(f"c = roundEven(mix(before, c, {level}(before, p, at)) * 255.0) / 255.0; }}")
        self.is_whole, self.promised = True, 0

    def mix_masked(self, other: int, body: Body, name: str, pictures: Sequence[int]) -> None:
        """What another draw made, mixed into the first by the mask called `name`."""
        level = self._level(body, name, pictures)
        mixed = f"mix(c, texelFetch({self._sampler(other)}, at, 0).rgb, {level}(c, p, at))"
        self.statements.append(f"c = roundEven({mixed} * 255.0) / 255.0;")

    def _level(self, body: Body, name: str, pictures: Sequence[int]) -> str:
        return self._function("float", "vec3 c, vec2 p, ivec2 at", body, name, pictures)

    def mix_input(self, other: int, name: str) -> None:
        """What another draw made, mixed into the first."""
        mixed = f"mix(c, texelFetch({self._sampler(other)}, at, 0).rgb, {self._strength(name)})"
        self.statements.append(f"c = roundEven({mixed} * 255.0) / 255.0;")

    def add_spatial(self, body: Body, name: str, pictures: Sequence[int], mixed: bool) -> None:
        """A step called `name` of which all is prepared: by place, the draws that its body looks at.

        It is `mixed` with the picture by its strength, if that has the same size; if not, the picture is opaque.
        """
        called = self._function("vec3", "vec3 c, vec2 p, ivec2 at", body, name, pictures)
        made = f"clamp({called}(c, p, at), 0.0, 1.0)"
        made = f"mix(c, {made}, {self._strength(name)})" if mixed else made
        self.statements.append(f"c = roundEven({made} * 255.0) / 255.0;")
        if not mixed:
            self.statements.append("here.a = 1.0;")  # its pixels are no longer those of the picture that it was given

    def prepare(self, preparation: Preparation, name: str, pictures: Sequence[int]) -> Draw:
        """The draw of a picture that a step called `name` looks at."""
        called = self._function("vec3", "vec3 c, vec2 p, ivec2 at", preparation.body, name, pictures)
        self.statements.append(f"c = {called}(c, p, at);")
        self.result, self.deep = DEEP, True
        width, height = self.tree.add((preparation.width, preparation.height), f"{name}.")
        self.sides = width, height
        if preparation.when is not None:
            (self.when,) = self.tree.add((preparation.when,), f"{name}.")
        return self.draw()

    def add_temporal(self, body: Body, name: str, memory: Recollection) -> None:
        """A step called `name` that looks at what was."""
        self.memory = memory
        self.add_spatial(body, name, (), mixed=True)

    def remember(self, body: Body, name: str, memory: Recollection) -> Draw:
        """The draw of what a step called `name` keeps for the next frame."""
        called = self._function("vec3", "vec3 c, vec2 p, ivec2 at", body, name)
        self.statements.append(f"c = {called}(c, p, at);")
        self.result, self.memory = "c", memory
        return self.draw()

    def draws(self, count: int) -> list[Draw]:
        """Those of the curves that it looks at, and its own, where so many draws are before them."""
        for number, place in enumerate(self.own_curves):
            self.inputs[place] = count + number
        return [*(curve.draw_curve() for curve in self.own_curves.values()), self.draw()]

    def draw_curve(self) -> Draw:
        """What it does to colours, done to as many values as a curve has."""
        lines = "".join(f"{statement}\n" for statement in self.statements)
        self.functions.append(f"vec3 curve(vec3 c) {{\nvec2 p = vec2(0);\n{lines}return c;\n}}\n")
        own = "".join(self.functions) + f"void main() {{\n{self.result}\n}}\n"
        return self._draw_of(f"out uvec4 result;\n{self._declared_numbers()}", own, curve=True)

    def draw(self) -> Draw:
        """The whole text."""
        lines = [f"{PLACE}{self._look()}", *(f"{line}\n" for line in self.statements)]
        in_bits = self.memory is not None and self.memory.keeps and not self.memory.ages
        made = "uvec4(floatBitsToUint(c), 0u)" if in_bits else f"vec4({self.result}, here.a)"
        body = "".join(lines) + f"result = {made};"
        own = "".join(self.functions) + f"void main() {{\n{body}\n}}\n"
        declared = "uniform highp sampler2D source;\nuniform vec2 size;\nuniform bool upright;\n"
        declared += f"out {made[: made.index('(')]} result;\n"
        for place in range(1, len(self.inputs)):
            declared += f"uniform highp {'usampler2D' if place in self.own_curves else 'sampler2D'} I{place};\n"
        declared += self._declared_numbers()
        for place, each in enumerate(self.textures):
            kind = "usampler3D" if each.numbers.ndim == 4 else "usampler2D"
            declared += f"uniform highp {kind} T{place};\n"
        if self.memory is not None:
            declared += self.memory.declared
            own = own if self.memory.ages else KEPT + own
        return self._draw_of(declared, own)

    def _declared_numbers(self) -> str:
        return f"uniform vec4 u[{-(-len(self.numbers) // 4)}];\n" if self.numbers else ""

    def _draw_of(self, declared: str, own: str, curve: bool = False) -> Draw:
        """The draw with these declarations and functions of its own."""
        return Draw(
            without_spaces(f"{declared}\n{own}"),
            functions_for(own),
            tuple(self.inputs),
            tuple(self.numbers),
            tuple(self.flags),
            tuple(self.textures),
            self.sides,
            self.deep,
            self.when,
            self.memory,
            curve,
        )

    def _look(self) -> str:
        if not self.warps:
            return "vec3 c = here.rgb;\n"
        through = "".join(f"q = reflected({warp.called}(q));\n" for warp in reversed(self.warps))
        mixed = ""
        if len(self.warps) == 1:
            # Alone, it can be mixed in; where several look through each other, none of them can.
            place = self.tree.place(self.warps[0].strength)
            is_whole = self._flag(self.tree.place(["equal", place, self.tree.place(1.0)]))
            mixed = f"there = roundEven(mix(here, there, {self._number(place)}) * 255.0) / 255.0;\n"
            mixed = f"if (!{is_whole}) {mixed}"
        return f"vec2 q = p;\n{through}vec4 there = looked(q);\n{mixed}here.a = there.a;\nvec3 c = there.rgb;\n"

    def _function(self, result: str, takes: str, body: Body, name: str, pictures: Sequence[int] = ()) -> str:
        """Write a step's function, and return its name."""
        called = f"f{len(self.functions)}"
        numbers = [self._number(place) for place in self.tree.add(body.numbers, f"{name}.")]
        flags = [self._flag(place) for place in self.tree.add(body.flags, f"{name}.")]
        textures = [self._texture(each) for each in body.textures]
        text = f"{body.statements}\nreturn {result}({', '.join(body.results)});"
        names: dict[str, Callable[[int], str]] = {"$": numbers.__getitem__, "?": flags.__getitem__}
        names |= {"@": textures.__getitem__, "~": lambda place: self._sampler(pictures[place])}
        self.functions.append(f"{result} {called}({takes}) {{\n{with_holes_filled(text.strip(), names)}\n}}\n")
        return called

    def _strength(self, name: str) -> str:
        return self._number(self.tree.place(f"{name}.strength"))

    def _number(self, place: int) -> str:
        at = _place_in(self.numbers, place)
        return f"u[{at // 4}].{SIDES[at % 4]}"

    def _flag(self, place: int) -> str:
        return f"B{_place_in(self.flags, place)}"

    def _sampler(self, draw: int) -> str:
        place = _place_in(self.inputs, draw)
        return f"I{place}" if place else "source"

    def _texture(self, each: Texture) -> str:
        digests = [known.digest for known in self.textures]
        if each.digest not in digests:
            self.textures.append(each)
            return f"T{len(digests)}"
        return f"T{digests.index(each.digest)}"


def _place_in(places: list[int], place: int) -> int:
    """Where it stands in the list, at the end if it is new."""
    if place not in places:
        places.append(place)
    return places.index(place)
