"""The passes of a plan: each goes over the picture once, whatever number of steps it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import is_
from typing import Any, Protocol, Self

import cv2
import numpy as np
import numpy.typing as npt

from effects.effect import Effect, Kind, Step
from effects.group import Group, StepOrGroup, steps_in, with_each_step
from effects.image import Alpha, Find, Finder, Frame, Image, Memory, Place, Weight
from effects.kernels.hidden import fill_hidden
from effects.kernels.sampling import Maps, pixel_axis, pixel_maps, pixel_points, reflect, resample
from effects.kernels.weighing import mix_as_seen, premultiply
from effects.memory.bands import MAX_KEPT_PIXELS, each_band
from effects.memory.cache import byte_cache
from effects.memory.sheets import sheet
from effects.models.sight import Moved, Sight
from effects.plan.calls import call_step, cut_by_step, mix_by_strength
from effects.plan.lowering import LoweredRun, lower
from effects.plan.pointwise import is_looked_up, stages

Uint8 = npt.NDArray[np.uint8]
Picture = npt.NDArray[Any]

MAP_BYTES = 32
"""What a band of a geometric pass holds of each pixel: two maps, the points they come from, what is made on the way."""


class Pass(Protocol):
    """One way over the picture."""

    @property
    def steps(self) -> tuple[StepOrGroup, ...]:
        """The steps and groups it stands for, in order; there is at least one."""

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """The picture after the steps: a new array.

        `weight` is its transparency. Whatever is hidden changes nothing that is seen. `find` knows the photo.
        """

    def alpha(self, alpha: Alpha) -> Alpha:
        """What becomes of the picture's transparency, whatever its colours."""

    def moved(self, plane: Alpha) -> Alpha:
        """What becomes of a map of what was found in the picture: as of its transparency; paint is not in it."""

    def apply(self, image: Image, alpha: Alpha | None, find: Find = None) -> tuple[Image, Alpha | None]:
        """Both of a picture, as it may take each of them to make the other; neither is written to."""

    def at(self, t: float) -> Pass:
        """The pass as it is at `t` seconds of a video: itself where there is no chance in it."""


class Separable:
    """Passes whose picture and whose transparency are each made by themselves."""

    def apply(self: Pass, image: Image, alpha: Alpha | None, find: Find = None) -> tuple[Image, Alpha | None]:
        """Both; where nothing is transparent there is nothing to weigh."""
        weight = None if alpha is None or alpha.min() == 255 else alpha
        return self.image(image, weight, find), None if alpha is None else self.alpha(alpha)

    def moved(self: Pass, plane: Alpha) -> Alpha:
        """As the transparency."""
        return self.alpha(plane)


@dataclass(frozen=True)
class PassOfSteps(Separable):
    """What most passes are: steps, each with its own chance in a video."""

    steps: tuple[Step, ...]

    def at(self, t: float) -> Self:
        """The pass with its steps as they are at `t` seconds."""
        steps = tuple(step.at(t) for step in self.steps)
        return self if all(map(is_, steps, self.steps)) else replace(self, steps=steps)


@byte_cache(shared=(Effect,))
def lower_run(steps: tuple[StepOrGroup, ...], precise: bool) -> LoweredRun:
    """The run as work on bands, the same for every size: about 400 kB of tables, 6 MB where it looks colours up."""
    return lower(stages(steps), precise=precise)


@byte_cache()
def axes(frame: Frame) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The coordinates of a frame's columns, 1 x W, and of its rows, H x 1: kept, as a table takes little longer."""
    across, down = (pixel_axis(count, frame.short).astype(np.float32) for count in (frame.width, frame.height))
    return across[None], down[:, None]


@dataclass(frozen=True)
class PointwisePass(Separable):
    """A run of tone, matrix, linear and color steps, and of groups of these; `last` if no other pass goes on with it.

    `t` is the time of the frame it is for, in seconds.
    """

    steps: tuple[StepOrGroup, ...]
    last: bool = True
    t: float = 0.0

    @cached_property
    def is_thrown(self) -> bool:
        """Whether chance of one frame alone is in it."""
        return any(step.is_thrown for step in steps_in(self.steps))

    def at(self, t: float) -> Self:
        """The pass at `t` seconds; what it was lowered to serves every frame, unless chance is in a table of it."""
        if not any(step.effect.rates for step in steps_in(self.steps)):
            return self

        def thrown(step: Step) -> Step:
            return step.at(t) if is_looked_up(step) else step

        return replace(self, steps=tuple(with_each_step(item, thrown) for item in self.steps), t=t)

    @property
    def lowered(self) -> LoweredRun:
        """The run as work on bands."""
        # A frame's chance does not come again: keeping what is made of it would only drive out what does.
        return (lower_run.__wrapped__ if self.is_thrown else lower_run)(self.steps, not self.last)

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """Every band once, through all steps; no pixel sees another."""
        out, frame, lowered = sheet(image.shape), Frame(*image.shape[:2]), self.lowered
        across, down = axes(frame)

        def work(rows: slice) -> None:
            lowered.work(image[rows], out[rows], Place(frame, across, down[rows], self.t))

        each_band(work, frame.height, frame.width, bytes_per_pixel=lowered.bytes_per_pixel, alone=lowered.alone)
        return out

    def alpha(self, alpha: Alpha) -> Alpha:
        """Colours do not touch it."""
        return alpha


def maps(steps: tuple[Step, ...], frame: Frame, rows: slice, columns: slice = slice(None)) -> Maps:
    """Where these rows look in the picture before the steps: through the last of them, then the one before it."""
    points = pixel_points(frame, rows)[:, columns]
    for step in reversed(steps):
        points = reflect(step.call(points, frame), frame)
    return pixel_maps(points, frame)


@byte_cache(shared=(Effect,))
def kept_maps(steps: tuple[Step, ...], frame: Frame) -> Maps:
    """The maps of a whole small picture, kept for the next frame or slider: at most 16 MB each."""
    return maps(steps, frame, slice(0, frame.height))


@dataclass(frozen=True)
class GeometricPass(PassOfSteps):
    """A run of geometric steps, resampled once.

    A step with a strength below 1 stands alone: what it is mixed with has to be there.
    """

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """The picture looked up at every point, bilinear; with weights, premultiplied, as what it is mixed with."""
        if weight is None:
            return self._resample(image)
        out, seen, strength = sheet(image.shape), premultiply(image, weight), self.steps[0].strength

        def work(rows: slice, where: Maps) -> None:
            def look(picture: Picture, there: Picture) -> None:
                resample(picture, where, there)
                there[...] = mix_by_strength(picture[rows], there, strength)

            seen.resample_into(look, out[rows])

        self._each_band(work, Frame(*weight.shape))
        return out

    def alpha(self, alpha: Alpha) -> Alpha:
        """The same look-up."""
        return self._resample(alpha)

    def _resample(self, picture: Uint8) -> Uint8:
        out = sheet(picture.shape)
        self._each_band(lambda rows, where: resample(picture, where, out[rows]), Frame(*picture.shape[:2]))
        return mix_by_strength(picture, out, self.steps[0].strength)

    def _each_band(self, look: Callable[[slice, Maps], None], frame: Frame) -> None:
        passing = frame.height * frame.width > MAX_KEPT_PIXELS or any(step.is_thrown for step in self.steps)
        kept = None if passing else kept_maps(self.steps, frame)

        def work(rows: slice) -> None:
            look(rows, (kept[0][rows], kept[1][rows]) if kept else maps(self.steps, frame, rows))

        each_band(work, frame.height, frame.width, bytes_per_pixel=MAP_BYTES)


@dataclass(frozen=True)
class SpatialPass(PassOfSteps):
    """One spatial step."""

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """The effect, mixed in by its strength; it sees colours from around instead of those that are hidden."""
        (step,) = self.steps
        shown = image if weight is None else fill_hidden(image, weight)
        return mix_by_strength(shown, np.ascontiguousarray(call_step(step, shown, weight, find)), step.strength)

    def alpha(self, alpha: Alpha) -> Alpha:
        """What blurs a picture does not blur its outline."""
        return alpha

    def apply(self, image: Image, alpha: Alpha | None, find: Find = None) -> tuple[Image, Alpha | None]:
        """Both; an effect that cuts an outline takes the picture's own transparency, or makes it one."""
        (step,) = self.steps
        if step.effect.cuts is None:
            return super().apply(image, alpha, find)
        return cut_by_step(step, image, alpha, find)


@dataclass(frozen=True)
class CanvasPass(PassOfSteps):
    """One canvas step: the picture comes out in another size."""

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """The effect, which weighs where it mixes: a picture of the size that its step declares.

        What mixes sees colours from around instead of hidden ones, as sharp resampling brings also the faintest back.
        """
        (step,) = self.steps
        shown = image if weight is None or not step.effect.knows_weight else fill_hidden(image, weight)
        return np.ascontiguousarray(call_step(step, shown, weight, find))

    def alpha(self, alpha: Alpha) -> Alpha:
        """What the effect paints is opaque, what it moves keeps its transparency.

        The effect is linear in the picture: out = share * picture + paint. Run on white and on the transparency, the
        two results differ by share * (255 - alpha): exactly what has to be missing from opaque.
        """
        # Of three channels alike one is kept: two results at a time would be most of what a large picture may take.
        white, grey = (
            cv2.extractChannel(self.image(cv2.merge([plane] * 3)), 0) for plane in (np.full_like(alpha, 255), alpha)
        )
        return 255 - cv2.subtract(white, grey)

    def moved(self, plane: Alpha) -> Alpha:
        """What it paints is none of it: of the results on the map and on black the difference."""
        grey, black = (
            cv2.extractChannel(self.image(cv2.merge([each] * 3)), 0) for each in (plane, np.zeros_like(plane))
        )
        return cv2.subtract(grey, black)


@dataclass(frozen=True)
class TemporalPass(PassOfSteps):
    """One temporal step. On a still it does what it does on the first frame."""

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """The first frame; no pixel sees another."""
        return self.frame(image, None, 0.0)[0]

    def frame(self, image: Image, before: Memory, elapsed: float) -> tuple[Image, Memory]:
        """The next frame, `elapsed` seconds after the one before, and what to remember for the one after."""
        (step,) = self.steps
        out, after = step.call(image, before, elapsed=elapsed)
        return mix_by_strength(image, out, step.strength), after

    def alpha(self, alpha: Alpha) -> Alpha:
        """A still has no past to show through."""
        return alpha


@dataclass(frozen=True)
class GroupPass:
    """A group of part strength whose steps do not fit into one run: its own passes, then one mixture."""

    group: Group
    passes: tuple[Pass, ...]

    @property
    def steps(self) -> tuple[StepOrGroup, ...]:
        """The group."""
        return (self.group,)

    def at(self, t: float) -> Self:
        """The group with all of its passes as they are at `t` seconds."""
        return replace(self, passes=tuple(item.at(t) for item in self.passes))

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """What the steps make of the picture, mixed with it."""
        return self.apply(image, weight, find)[0]

    def moved(self, plane: Alpha) -> Alpha:
        """As the transparency."""
        return self.alpha(plane)

    def apply(self, image: Image, alpha: Alpha | None, find: Find = None) -> tuple[Image, Alpha | None]:
        """The picture, its colours mixed as each is seen where the steps move transparency, and that."""
        finder = Sight(image, alpha) if find is None else find
        made, seen = apply_passes(self.passes, image, alpha, finder)
        if seen is None or seen is alpha:
            return self.mix(image, made), alpha
        if alpha is None:
            alpha = np.full(image.shape[:2], 255, np.uint8)
        mixed = mix_by_strength(alpha, seen, self.group.strength)
        if seen.min() == 255 and alpha.min() == 255:
            return self.mix(image, made), mixed
        return mix_as_seen(image, alpha, made, seen, self.group.strength), mixed

    def mix(self, image: Image, made: Image, _find: Find = None) -> Image:
        """What the steps made of a picture, mixed with it by the group's strength."""
        return mix_by_strength(image, made, self.group.strength)

    def alpha(self, alpha: Alpha) -> Alpha:
        """The transparency after the steps, mixed with what it was."""
        made = alpha
        for one_pass in self.passes:
            made = one_pass.alpha(made)
        return alpha if made is alpha else mix_by_strength(alpha, made, self.group.strength)


def apply_passes(
    passes: Sequence[Pass], image: Image, alpha: Alpha | None, find: Find = None
) -> tuple[Image, Alpha | None]:
    """Both after these passes; neither is written to. `find` knows the photo that it is of, which may be itself."""
    finder: Finder = Sight(image, alpha) if find is None else find
    for one_pass in passes:
        image, alpha = one_pass.apply(image, alpha, finder)
        finder = Moved(finder, one_pass.moved)
    return image, alpha


PASSES: dict[Kind, type[PointwisePass | GeometricPass | SpatialPass | CanvasPass | TemporalPass]] = {
    Kind.TONE: PointwisePass,
    Kind.MATRIX: PointwisePass,
    Kind.LINEAR: PointwisePass,
    Kind.COLOR: PointwisePass,
    Kind.GEOMETRIC: GeometricPass,
    Kind.SPATIAL: SpatialPass,
    Kind.CANVAS: CanvasPass,
    Kind.TEMPORAL: TemporalPass,
}
"""Which pass does steps of a kind."""
