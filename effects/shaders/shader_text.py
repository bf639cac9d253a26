"""One draw of a program, written step by step: a fragment shader, and what fills its uniforms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from effects.shaders.glsl import Body, functions_for, with_holes_filled, without_spaces
from effects.shaders.textures import Texture
from effects.shaders.trees import TreeBuilder

PLACE = """ivec2 at = ivec2(gl_FragCoord.xy);
if (upright) at.y = int(size.y) - 1 - at.y;
vec2 p = (2.0 * vec2(at) + 1.0 - size) / min(size.x, size.y);
vec4 here = texelFetch(source, at, 0);
"""
"""Which pixel it is: on the screen, and only there, the first row is the last. `source` is texel by texel, 8 bits."""

SIDES = "xyzw"


@dataclass(frozen=True, eq=False)
class Draw:
    """A shader over the whole picture.

    `glsl` is what it declares and, after an empty line, its own functions; `calls` names those of `glsl.FUNCTIONS` that
    come between. `inputs` are the draws whose results it takes, or -1 for the picture; `numbers` and `flags` the places
    in the tree of what fills its uniforms and its conditions, `textures` its tables.
    """

    glsl: str
    calls: tuple[str, ...]
    inputs: tuple[int, ...]
    numbers: tuple[int, ...]
    flags: tuple[int, ...]
    textures: tuple[Texture, ...]

    def wire(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "glsl": self.glsl,
            "calls": list(self.calls),
            "inputs": list(self.inputs),
            "numbers": list(self.numbers),
            "flags": list(self.flags),
            "tables": [each.digest for each in self.textures],
        }


@dataclass(frozen=True)
class Warp:
    """A function that says where to look, and the name of the step's strength, which is 1 if it is `whole`."""

    called: str
    strength: str
    whole: bool


@dataclass
class ShaderText:
    """A draw being written: first its warps, then its colours."""

    tree: TreeBuilder
    inputs: tuple[int, ...]
    functions: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    warps: list[Warp] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    textures: list[Texture] = field(default_factory=list)
    mixes: bool = False

    @property
    def takes_warps(self) -> bool:
        """Whether one more warp can look through those that are there."""
        return bool(self.warps) and not self.statements and all(warp.whole for warp in self.warps)

    def add_warp(self, body: Body, name: str, strength: float) -> None:
        """A step called `name` that says where to look; below full strength it stands alone."""
        called = self._function("vec2", "vec2 p", body, name)
        self.warps.append(Warp(called, f"{name}.strength", strength == 1))

    def add_color(self, body: Body, name: str) -> None:
        """A step called `name` that changes colours, mixed in by its strength."""
        called = self._function("vec3", "vec3 c, vec2 p", body, name)
        self.statements.append(f"c = mix(c, clamp({called}(c, p), 0.0, 1.0), {self._strength(name)});")

    def begin_group(self) -> None:
        """Colour steps that are mixed in together follow."""
        self.statements.append("{ vec3 before = c;")

    def end_group(self, name: str) -> None:
        """That were all of them."""
        self.statements.append(f"c = mix(before, c, {self._strength(name)}); }}")

    def mix_inputs(self, name: str) -> None:
        """The second input mixed into the first."""
        self.mixes = True
        self.statements.append(f"c = mix(c, texelFetch(other, at, 0).rgb, {self._strength(name)});")

    def draw(self) -> Draw:
        """The whole text."""
        lines = [f"{PLACE}{self._look()}", *(f"{line}\n" for line in self.statements)]
        body = "".join(lines) + "result = vec4(roundEven(c * 255.0) / 255.0, here.a);"
        own = "".join(self.functions) + f"void main() {{\n{body}\n}}\n"
        declared = "uniform highp sampler2D source;\nuniform vec2 size;\nuniform bool upright;\nout vec4 result;\n"
        declared += "uniform highp sampler2D other;\n" if self.mixes else ""
        declared += f"uniform vec4 u[{-(-len(self.numbers) // 4)}];\n" if self.numbers else ""
        for place, each in enumerate(self.textures):
            kind = "usampler2D" if each.numbers.ndim == 2 else "usampler3D"
            declared += f"uniform highp {kind} T{place};\n"
        return Draw(
            without_spaces(f"{declared}\n{own}"),
            functions_for(own),
            self.inputs,
            tuple(self.numbers),
            tuple(self.flags),
            tuple(self.textures),
        )

    def _look(self) -> str:
        if not self.warps:
            return "vec3 c = here.rgb;\n"
        through = "".join(f"q = reflected({warp.called}(q));\n" for warp in reversed(self.warps))
        mixed = ""
        if len(self.warps) == 1:
            # Alone, it can be mixed in; where several look through each other, none of them can.
            strength = self._number(self.tree.place(self.warps[0].strength))
            mixed = f"there = roundEven(mix(here, there, {strength}) * 255.0) / 255.0;\n"
        return f"vec2 q = p;\n{through}vec4 there = looked(q);\n{mixed}here.a = there.a;\nvec3 c = there.rgb;\n"

    def _function(self, result: str, takes: str, body: Body, name: str) -> str:
        """Write a step's function, and return its name."""
        called = f"f{len(self.functions)}"
        numbers = [self._number(place) for place in self.tree.add(body.numbers, f"{name}.")]
        flags = [self._flag(place) for place in self.tree.add(body.flags, f"{name}.")]
        textures = [self._texture(each) for each in body.textures]
        text = f"{body.statements}\nreturn {result}({', '.join(body.results)});"
        names = {"$": numbers.__getitem__, "?": flags.__getitem__, "@": textures.__getitem__}
        self.functions.append(f"{result} {called}({takes}) {{\n{with_holes_filled(text.strip(), names)}\n}}\n")
        return called

    def _strength(self, name: str) -> str:
        return self._number(self.tree.place(f"{name}.strength"))

    def _number(self, place: int) -> str:
        at = _place_in(self.numbers, place)
        return f"u[{at // 4}].{SIDES[at % 4]}"

    def _flag(self, place: int) -> str:
        return f"B{_place_in(self.flags, place)}"

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
