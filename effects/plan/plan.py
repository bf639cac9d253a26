"""From steps to passes: what is dropped, what is fused, and what each pass costs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from effects.effect import Effect, Kind, RecipeError, Step
from effects.image import Alpha, Image
from effects.memory.cache import byte_cache
from effects.plan.passes import MAX_CANVAS_PIXELS, PASSES, CanvasPass, Pass, PointwisePass, canvas_refusal

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

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to do: no step is left that could change any picture."""
        return not self.passes

    def apply(self, image: Image, alpha: Alpha | None = None) -> tuple[Image, Alpha | None]:
        """The picture (and its transparency, if it has any) after all passes; neither is written to.

        RecipeError, before a pixel is made, where it would become too large.
        """
        self.size(*image.shape[:2])
        for one_pass in self.passes:
            # Where nothing is transparent there is nothing to weigh.
            weight = None if alpha is None or alpha.min() == 255 else alpha
            image = one_pass.image(image, weight)
            alpha = None if alpha is None else one_pass.alpha(alpha)
        return image, alpha

    def alpha(self, alpha: Alpha) -> Alpha:
        """What becomes of a picture's transparency, whatever its colours."""
        for one_pass in self.passes:
            alpha = one_pass.alpha(alpha)
        return alpha

    def at(self, t: float) -> Plan:
        """The plan as it is at `t` seconds of a video: chance is thrown anew, and nothing of it is kept."""
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
    names = tuple(item.effect.name for item in one_pass.steps)
    kind = type(one_pass).__name__.removesuffix("Pass").lower()
    return Timing(names, kind, image.shape[0], image.shape[1], seconds)


@byte_cache(shared=(Effect,))
def plan_of(steps: tuple[Step, ...]) -> Plan:
    """The plan of these steps."""
    passes: list[Pass] = [PASSES[run[0].effect.kind](run) for run in fused_runs(steps)]
    passes[:-1] = [replace(made, last=False) if isinstance(made, PointwisePass) else made for made in passes[:-1]]
    return Plan(tuple(passes))


def fused_runs(steps: Sequence[Step]) -> list[tuple[Step, ...]]:
    """The steps that can change a picture, in runs that one pass each can do."""
    runs: list[tuple[Step, ...]] = []
    for step in steps:
        if step.is_active:
            if runs and _can_fuse(runs[-1][-1], step):
                runs[-1] = (*runs[-1], step)
            else:
                runs.append((step,))
    return runs


def _can_fuse(last: Step, step: Step) -> bool:
    if step.effect.kind is Kind.GEOMETRIC:
        return last.effect.kind is Kind.GEOMETRIC and last.strength == step.strength == 1
    return last.effect.kind.is_pointwise and step.effect.kind.is_pointwise
