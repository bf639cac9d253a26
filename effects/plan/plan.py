"""From steps to passes: what is dropped, what is fused, and what each pass costs."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import prod
from typing import TypeVar

from effects.effect import Effect, Kind, RecipeError
from effects.group import Group, StepOrGroup, has_masks, steps_in
from effects.image import Alpha, Box, Image
from effects.masks.mask import level_of
from effects.memory.cache import byte_cache
from effects.models.sight import Sight
from effects.plan.calls import MAX_CANVAS_PIXELS, canvas_refusal
from effects.plan.masked import MaskedPass, settled_steps
from effects.plan.passes import (
    PASSES,
    CanvasPass,
    GroupPass,
    Pass,
    PointwisePass,
    apply_passes,
)
from effects.plan.personal import brings_own
from effects.plan.region import Region, apply_passes_to_region

MAX_COUNTED_PIXELS = 10**15
"""Pixels from which on nobody asks for more: of a hundred frames around frames, no float could tell the number."""


@dataclass(frozen=True)
class Timing:
    """One pass over one picture: the effects it fused, their kind, the size it made, its wall time in seconds."""

    effects: tuple[str, ...]
    kind: str
    height: int
    width: int
    seconds: float


@dataclass(frozen=True)
class Plan:
    """The passes that do what the steps do, in order. It holds for pictures of every size."""

    passes: tuple[Pass, ...]
    steps: tuple[StepOrGroup, ...] = field(default=(), compare=False, repr=False)

    def settled(self, height: int, width: int) -> Plan:
        """The plan for pictures that high and wide: a mask that is all or nothing there is none."""
        if not has_masks(self.steps):
            return self
        steps = settled_steps(self.steps, height, width)
        return self if steps == self.steps else plan_of(steps)

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to do: no step is left that could change any picture."""
        return not self.passes

    def apply(
        self, image: Image, alpha: Alpha | None = None, unhidden: tuple[Box, ...] = ()
    ) -> tuple[Image, Alpha | None]:
        """The picture (and its transparency, if it has any) after all passes; neither is written to.

        `unhidden` are boxes of faces in it that are not to be hidden. RecipeError, before a pixel is made, where it
        would become too large.
        """
        self.size(*image.shape[:2])
        return apply_passes(self.settled(*image.shape[:2]).passes, image, alpha, Sight(image, alpha, unhidden))

    def apply_to_region(
        self, image: Image, alpha: Alpha | None, region: Region, unhidden: tuple[Box, ...] = ()
    ) -> tuple[Image, Alpha | None]:
        """A region of the result, as `apply` makes it, for less work where the last passes are of no other pixels."""
        self.size(*image.shape[:2])
        sight = Sight(image, alpha, unhidden)
        return apply_passes_to_region(self.settled(*image.shape[:2]).passes, image, alpha, region, sight)

    def alpha(self, alpha: Alpha) -> Alpha:
        """What becomes of a picture's transparency, whatever its colours."""
        for one_pass in self.passes:
            alpha = one_pass.alpha(alpha)
        return alpha

    def moved(self, plane: Alpha) -> Alpha:
        """What becomes of a map of what was found in a picture: it goes wherever the picture's own pixels go."""
        for one_pass in self.settled(*plane.shape).passes:
            plane = one_pass.moved(plane)
        return plane

    def at(self, t: float) -> Plan:
        """The plan as it is at `t` seconds of a video: chance is thrown anew, and nothing of it is kept.

        It is settled no more, as what is planned anew knows of no time: settle first.
        """
        return Plan(tuple(item.at(t) for item in self.passes))

    def size(self, height: int, width: int, *, max_pixels: int = MAX_CANVAS_PIXELS) -> tuple[int, int]:
        """Height and width of the result for a picture that high and wide, in pixels; nothing is drawn to know it.

        RecipeError where a canvas step would make more than `max_pixels`, though a later one cut them off; it tells how
        large the picture would be at its largest.
        """
        largest = 0, 0
        for step in (step for item in self.passes if isinstance(item, CanvasPass) for step in item.steps):
            height, width = step.size(height, width)
            largest = max(largest, (width, height), key=prod)
            if prod(largest) > MAX_COUNTED_PIXELS:
                break
        if excess := canvas_refusal(*largest, max_pixels):
            raise RecipeError(excess)
        return height, width

    def time_passes(self, image: Image) -> list[Timing]:
        """What each pass costs on this picture, once everything that is kept has been made."""
        self.size(*image.shape[:2])
        timings = []
        for one_pass in self.passes:
            one_pass.image(image)
            began = time.perf_counter()
            image = one_pass.image(image)
            seconds = time.perf_counter() - began
            timings.append(timing_of(one_pass, image, seconds))
        return timings


def timing_of(one_pass: Pass, image: Image, seconds: float) -> Timing:
    """What making `image` took this pass."""
    names = tuple(step.effect.name for step in steps_in(one_pass.steps))
    kind = type(one_pass).__name__.removesuffix("Pass").lower()
    return Timing(names, kind, image.shape[0], image.shape[1], seconds)


Run = tuple[StepOrGroup, ...]
"""What one pass can do."""


@byte_cache(shared=(Effect,), unless=brings_own)
def plan_of(steps: tuple[StepOrGroup, ...]) -> Plan:
    """The plan of these steps and groups."""
    passes = [pass_of(run) for run in fused_runs(steps)]
    return Plan((*map(followed, passes[:-1]), *passes[-1:]), steps)


def pass_of(run: Run) -> Pass:
    """The pass that does a run, as if it were the last."""
    first = run[0]
    if first.mask:
        inner = [pass_of(each) for each in fused_runs(unmasked(item) for item in run)]
        return MaskedPass(run, (*map(followed, inner[:-1]), *inner[-1:]))
    if is_pointwise(first):
        return PointwisePass(run)
    if isinstance(first, Group):
        # What the last of them makes is mixed: another pass goes on with that, too.
        return GroupPass(first, tuple(followed(pass_of(inner)) for inner in fused_runs(first.steps)))
    return PASSES[first.effect.kind](tuple(steps_in(run)))


def followed(one_pass: Pass) -> Pass:
    """The pass where another goes on with what it makes."""
    if isinstance(one_pass, MaskedPass):
        return replace(one_pass, passes=tuple(map(followed, one_pass.passes)))
    return replace(one_pass, last=False) if isinstance(one_pass, PointwisePass) else one_pass


Item = TypeVar("Item", bound=StepOrGroup)


def unmasked(item: Item) -> Item:
    """The step or group as if it counted everywhere."""
    return replace(item, mask=())


def fused_runs(steps: Iterable[StepOrGroup]) -> list[Run]:
    """The steps and groups that can change a picture, in runs that one pass each can do."""
    runs: list[Run] = []
    for step in active(steps):
        if runs and _can_fuse(runs[-1][-1], step):
            runs[-1] = (*runs[-1], step)
        else:
            runs.append((step,))
    return runs


def active(steps: Iterable[StepOrGroup]) -> Iterator[StepOrGroup]:
    """The steps that can change a picture, and in groups those alone; a group at full strength is its steps.

    A group of one step is that step, with the strengths of both. A mask that is everywhere is none; a group that has
    one stays a group.
    """
    for item in map(everywhere_unmasked, steps):
        if isinstance(item, Group) and item.is_active:
            inner = tuple(everywhere_unmasked(step) for step in item.steps if step.is_active)
            alone = inner[0].strength * item.strength if len(inner) == 1 and not item.mask else 0.0
            if item.strength == 1 and not item.mask:
                yield from inner
            elif alone > 0:
                yield replace(inner[0], strength=alone)
            else:
                yield replace(item, steps=inner)
        elif item.is_active:
            yield item


def everywhere_unmasked(item: Item) -> Item:
    """The step or group, without its mask where that is everywhere in every picture."""
    return unmasked(item) if item.mask and level_of(item.mask) == 1 else item


def is_pointwise(item: StepOrGroup) -> bool:
    """Whether a pixel's result depends on that pixel alone, and on where it stands; a mask is a pass of its own."""
    return not has_masks((item,)) and all(step.effect.kind.is_pointwise for step in steps_in((item,)))


def _can_fuse(last: StepOrGroup, step: StepOrGroup) -> bool:
    if last.mask or step.mask:
        return last.mask == step.mask
    if is_pointwise(last) and is_pointwise(step):
        return True
    if isinstance(last, Group) or isinstance(step, Group):
        return False
    return last.effect.kind is step.effect.kind is Kind.GEOMETRIC and last.strength == step.strength == 1
