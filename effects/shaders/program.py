"""A stack as a program for the visitor's GPU: fragment shaders, one after another, and what they are told.

A draw does what the plan does in one or two passes: a run of warps, last one first, then a run of colours; what comes
out is rounded to 8 bits as it is there. What depends on parameters alone is in one small tree, whose numbers fill the
draws' uniforms, four by four, and whose conditions are compiled in.
"""

from __future__ import annotations

import json
import math
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from effects.effect import Kind, Step
from effects.group import Group, StepOrGroup, has_masks, steps_in
from effects.image import Image
from effects.plan.plan import unmasked
from effects.shaders.beginning import Placed, first_of, has_canvas, masked_runs
from effects.shaders.glsl import FUNCTIONS, MAX_SAMPLERS, without_spaces
from effects.shaders.masks import Maps, MaskPiece, mask_piece, mask_values
from effects.shaders.past import Recollection
from effects.shaders.pieces import Piece, piece_of
from effects.shaders.shader_text import Draw, ShaderText
from effects.shaders.surroundings import Preparation
from effects.shaders.textures import Texture
from effects.shaders.tracing import FRAME, open_values
from effects.shaders.trees import Node, TreeBuilder, wired_tree

VERSION = 1

SOURCE = -1
"""The picture that the program begins with, where draws are counted from 0."""


@dataclass(frozen=True, eq=False)
class Program:
    """Draws, each from the picture or from what an earlier one made; the last one's result is the stack's.

    `nodes` is the tree (see `effects.shaders.trees`), `values` what its variables are now: "2.amount" is a parameter of
    the third item of the stack, "2.1.amount" one of the second step of a group there, "2.color.0" the red of a swatch,
    "2.strength" the strength of either, "2.mask.0.x" where the first shape of its mask is. A parameter without a value
    there is one that cannot move by itself. `server_items` says how many items of the stack are not in it, as one of
    them is the server's: it draws those, and the program begins with the result.
    """

    draws: tuple[Draw, ...]
    nodes: tuple[Node, ...]
    values: Mapping[str, float]
    server_items: int = 0
    known: Collection[str] = field(default=(), repr=False)

    @cached_property
    def textures(self) -> Mapping[str, Texture]:
        """The tables it looks things up in, by digest."""
        return {each.digest: each for draw in self.draws for each in draw.textures}

    @property
    def calls(self) -> tuple[str, ...]:
        """The names of the functions that its draws call."""
        return tuple(dict.fromkeys(name for draw in self.draws for name in draw.calls))

    def wire(self) -> dict[str, Any]:
        """What the page's drawer takes, without what is known there: JSON, but for the bytes.

        `program` is JSON, deflated (zlib): draws, functions and tree. The page reads it by `program_wire.js`.
        """
        functions = {name: without_spaces(FUNCTIONS[name]) for name in self.calls if name not in self.known}
        draws = [draw.wire() for draw in self.draws]
        whole = {"draws": draws, "functions": functions, "tree": wired_tree(self.nodes)}
        return {
            "version": VERSION,
            "program": zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 9),
            "values": dict(self.values),
            "tables": {name: each.wire() for name, each in self.textures.items() if name not in self.known},
            "server": self.server_items,
        }


def program(
    stack: Iterable[StepOrGroup],
    *,
    known: Collection[str] = (),
    before: Callable[[int], Image] | None = None,
    opaque: bool = True,
    maps: Maps | None = None,
) -> Program:
    """The program of a pipeline, or of the part of it after the last step that only the server can do.

    `known` are the digests of tables and the names of functions that the page has. Steps that are neutral for now are
    in it, muted ones are not. `before` gives the picture after so many items of the stack, at the size it is drawn at:
    a step that has to see the whole picture is then the first of the program, and else the server's. Where the picture
    is not `opaque`, so are those that say a formula and are told how much each pixel counts: a formula is not; and
    those that make a picture of another size. Shapes of masks are formulas, but for what is painted or found: `maps`
    gives each of those, 0..255 at the size of what is there after so many items of the stack, and without it their
    steps are the server's.

    >>> from effects import EFFECTS, Pipeline
    >>> made = program(Pipeline((EFFECTS["swirl"].step(), EFFECTS["sepia"].step(amount=0.5))))
    >>> len(made.draws), made.values["1.amount"], made.server_items
    (1, 0.5, 0)
    """
    items = list(stack)
    first = first_of(items, before is not None, opaque, maps is not None)
    sees = before is not None and any(step.effect.has_to_see for step in steps_in(items[first:]))
    builder = _Builder(before(first) if before is not None and sees else None, slots_of(items), maps)
    builder.add_all([(item, str(place)) for place, item in enumerate(items[first:], start=first)])
    if builder.text is None and not builder.draws:
        builder.open_for_colors()  # nothing is to be changed: the picture itself is drawn
    builder.finish()
    nodes = tuple(builder.tree.nodes)
    asked = {node for node in nodes if isinstance(node, str)}
    values = {name: value for name, value in builder.values.items() if name in asked}
    return Program(tuple(builder.draws), nodes, values, first, known)


def slots_of(items: Iterable[StepOrGroup]) -> Mapping[str, str]:
    """What the memories of temporal steps are called, by the paths of these: effect and occurrence, muted ones counted.

    So a step keeps its past while others come and go.
    """
    seen: Counter[str] = Counter()
    slots: dict[str, str] = {}
    for place, item in enumerate(items):
        inner = isinstance(item, Group)
        for number, step in enumerate(steps_in((item,))):
            if step.effect.kind is Kind.TEMPORAL:
                name = step.effect.name
                slots[f"{place}.{number}" if inner else f"{place}"] = f"{name} {seen[name]}"
                seen[name] += 1
    return slots


@dataclass
class _Builder:
    """The program as far as it has come: a draw stays open as long as it can take one more step."""

    begun: Image | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    maps: Maps | None = None
    tree: TreeBuilder = field(default_factory=TreeBuilder)
    draws: list[Draw] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    before: int = SOURCE
    text: ShaderText | None = None

    def add_all(self, items: Iterable[Placed]) -> None:
        """The items of a stack, or the steps of a group, each with its path: those that share a mask in one."""
        for run in masked_runs(items):
            if run[0][0].mask:
                self.add_masked(run)
                continue
            for item, path in run:
                self.add(item, path)

    def add(self, item: StepOrGroup, path: str) -> None:
        """One more step or group of the stack, as if it had no mask."""
        if isinstance(item, Step):
            self.add_step(item, path)
            return
        self.values[f"{path}.strength"] = item.strength
        steps = [(step, f"{path}.{place}") for place, step in enumerate(item.steps)]
        if is_of_colors(item):
            tables = tables_of(item)
            text = self.open_for_colors(tables)
            text.begin_group(len(tables))
            self.add_all(steps)
            text.end_group(path, len(tables))
            return
        self.finish()
        begun = self.before
        self.add_all(steps)
        if has_canvas(item):
            return
        self.finish()
        made, self.before = self.before, begun
        self.open_for_colors().mix_input(made, path)

    def add_masked(self, run: Sequence[Placed]) -> None:
        """Items that share a mask: what they do as if they had none, and one mix by what that is in what they see."""
        self.finish()
        begun, (first, path) = self.before, run[0]
        piece, name = mask_piece(first.mask, int(path.split(".")[0]), self.maps), f"{path}.mask"
        self.values.update({f"{name}.{key}": value for key, value in mask_values(first.mask).items()})
        pictures = self.prepare(piece.prepared, name)
        bare: list[Placed] = [(unmasked(item), path) for item, path in run]
        if (promised := samplers_with(piece, bare)) <= MAX_SAMPLERS:
            self.text = ShaderText(self.tree, [begun], self.sides)
            self.text.begin_masked(promised)
            self.add_all(bare)
            self.text.end_masked(piece.body, name, pictures)
            return
        self.add_all(bare)
        self.finish()
        made, self.before = self.before, begun
        self.open_for_colors().mix_masked(made, piece.body, name, pictures)

    def prepare(self, prepared: Iterable[Preparation], path: str) -> list[int]:
        """The draws that a step or a mask looks at, its picture the first."""
        pictures = [self.before]
        for each in prepared:
            draw = ShaderText(self.tree, [pictures[each.source]], self.sides).prepare(each, path, pictures)
            self.draws.append(draw)
            pictures.append(len(self.draws) - 1)
        return pictures

    def add_step(self, step: Step, path: str) -> None:
        """One more step, in the draw that is open if it fits in there."""
        self.values[f"{path}.strength"] = step.strength
        piece = piece_of(step, self.begun)
        body = piece.body
        self.values.update({f"{path}.{name}": value for name, value in open_values(step).items()})
        if step.effect.kind is Kind.TEMPORAL:
            self.add_temporal(piece, path)
            return
        if step.effect.kind in (Kind.SPATIAL, Kind.CANVAS):
            self.finish()
            pictures = self.prepare(piece.prepared, path)
            # What changes the picture's shape is told of the one it had; what comes after is told of the new one.
            frame = dict(zip(FRAME, self.tree.add(piece.sides, f"{path}."), strict=False)) or self.tree.frame
            self.text = ShaderText(self.tree, [self.before], self.sides_in(frame))
            self.text.add_spatial(body, path, pictures, mixed=not piece.sides)
            self.tree.frame = frame
            return
        if step.effect.kind is not Kind.GEOMETRIC:
            self.open_for_colors(body.textures).add_color(body, path, piece.tone)
            return
        if step.strength < 1 or self.text is None or not self.text.takes_warps:
            self.finish()
        if self.text is None:
            self.text = ShaderText(self.tree, [self.before], self.sides)
        self.text.add_warp(body, path, step.strength)

    def add_temporal(self, piece: Piece, path: str) -> None:
        """What the step keeps is a draw of its own, before the one that others may go on with."""
        assert piece.kept is not None
        self.finish()
        ages = self.tree.add(piece.ages, f"{path}.")
        keeping, looking = (Recollection(self.slots[path], tuple(ages), keeps) for keeps in (True, False))
        self.draws.append(ShaderText(self.tree, [self.before], self.sides).remember(piece.kept, path, keeping))
        self.text = ShaderText(self.tree, [self.before], self.sides)
        self.text.add_temporal(piece.body, path, looking)

    def open_for_colors(self, tables: Collection[Texture] = ()) -> ShaderText:
        """A draw that takes one more colour step, with these tables."""
        is_whole = self.text is None or self.text.has_room(tables)
        if self.text is not None and not is_whole:
            self.text.leave_unrounded()
            self.finish()
        if self.text is None:
            self.text = ShaderText(self.tree, [self.before], self.sides, is_whole=is_whole)
        return self.text

    @property
    def sides(self) -> tuple[int, int]:
        """Where the picture's width and height stand in the tree."""
        return self.sides_in(self.tree.frame)

    def sides_in(self, frame: Mapping[str, int]) -> tuple[int, int]:
        """As of `sides`, for a picture of another shape."""
        width, height = (frame[name] if name in frame else self.tree.place(name) for name in FRAME[:2])
        return width, height

    def finish(self) -> None:
        """Close the draw that is open; what comes next begins with its result."""
        if self.text is not None:
            self.draws += self.text.draws(len(self.draws))
            self.before, self.text = len(self.draws) - 1, None


def is_of_colors(item: StepOrGroup) -> bool:
    """Whether all of it stays in one draw: colours, everywhere."""
    steps = (step for step in steps_in((item,)) if not step.muted)
    return not has_masks((item,)) and all(step.effect.kind.is_pointwise for step in steps)


def tables_of(item: StepOrGroup) -> list[Texture]:
    """The tables that steps of colours are looked up in."""
    return [table for step in steps_in((item,)) if not step.muted for table in piece_of(step).body.textures]


def samplers_with(piece: MaskPiece, bare: Iterable[Placed]) -> float:
    """How many pictures and tables these items and their mask ask of one draw, which is for colours alone."""
    items = [item for item, _ in bare]
    if not all(map(is_of_colors, items)):
        return math.inf
    return piece.body.samplers + len({table.digest for item in items for table in tables_of(item)})
