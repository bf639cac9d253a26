"""The pass of steps that share a mask: what they make of the picture, and one blend by the map of the mask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import cv2
import numpy as np

from effects.effect import Effect
from effects.group import Group, StepOrGroup, steps_in
from effects.image import Alpha, Find, Frame, Image, Place, Weight
from effects.kernels.hidden import fill_hidden
from effects.masks.blending import BLEND_BYTES, blend, blend_as_seen, blend_band, columns_where
from effects.masks.brush import Plane
from effects.masks.maps import Map, kept_map, map_of, reads_picture
from effects.masks.mask import Mask
from effects.memory.bands import each_band
from effects.memory.cache import byte_cache
from effects.memory.scratch import Scratch
from effects.memory.sheets import sheet
from effects.models.sight import Sight
from effects.plan.lowering import INTEGER
from effects.plan.passes import Pass, PointwisePass, TemporalPass, apply_passes, axes
from effects.plan.personal import brings_own

scratch = Scratch()


@dataclass(frozen=True)
class MaskedPass:
    """Steps and groups in a row that share a mask: `passes` do what they do, as if they had none.

    A mask that is read from the picture is read from what the first of them sees.
    """

    steps: tuple[StepOrGroup, ...]
    passes: tuple[Pass, ...]

    @property
    def mask(self) -> Mask:
        """The one that all of them have."""
        return self.steps[0].mask

    def at(self, t: float) -> Self:
        """The pass with all of its passes as they are at `t` seconds."""
        return replace(self, passes=tuple(item.at(t) for item in self.passes))

    def image(self, image: Image, weight: Weight = None, find: Find = None) -> Image:
        """What the steps make of the picture, where the mask is."""
        return self.apply(image, weight, find)[0]

    def alpha(self, alpha: Alpha) -> Alpha:
        """The transparency after the steps, where the mask is; where only the picture tells, at its least."""
        made = alpha
        for one_pass in self.passes:
            made = one_pass.alpha(made)
        if made is alpha:
            return alpha
        if reads_picture(self.mask):
            return cv2.min(alpha, made)
        return blend(alpha, made, kept_map(self.mask, Frame(*alpha.shape)).plane)

    def moved(self, plane: Alpha) -> Alpha:
        """As the transparency."""
        return self.alpha(plane)

    def apply(self, image: Image, alpha: Alpha | None, find: Find = None) -> tuple[Image, Alpha | None]:
        """The picture and its transparency; neither is written to."""
        finder = Sight(image, alpha) if find is None else find
        where = self.map(image, alpha, finder)
        if where.most == 0:
            return image, alpha
        *first, last = self.passes
        colours = last if isinstance(last, PointwisePass) and where.least < 255 else None
        made, seen = apply_passes(first if colours else self.passes, image, alpha, finder)
        if where.least == 255:
            return made, seen
        if seen is None or seen is alpha or (alpha is not None and alpha.min() == seen.min() == 255):
            if colours:
                return color_where(colours, made, image, where.plane), alpha
            return blend(image, made, where.plane, out=made if self._is_ours(made, image) else None), alpha
        if colours:
            made = colours.image(made)
        if alpha is None:
            alpha = np.full(image.shape[:2], 255, np.uint8)
        return blend_as_seen(image, alpha, made, seen, where.plane), blend(alpha, seen, where.plane)

    def _is_ours(self, made: Image, image: Image) -> bool:
        """Whether what the steps made is nobody else's and may be written over, which costs a fifth less."""
        remembers = any(isinstance(one_pass, TemporalPass) for one_pass in self.passes)
        return not remembers and made.flags.writeable and not np.may_share_memory(made, image)

    def mix(self, image: Image, made: Image, find: Find = None) -> Image:
        """What the steps made of a picture, where the mask is."""
        return blend(image, made, self.map(image, None, find).plane)

    def map(self, image: Image, alpha: Alpha | None = None, find: Find = None) -> Map:
        """The mask in a picture; whatever is hidden does not count."""
        if alpha is not None and reads_picture(self.mask):
            image = fill_hidden(image, alpha)
        return map_of(self.mask, image, find)


MAX_NARROW = 0.75
"""Of a band's columns: where the mask is in no more of them, they are worked on alone, which takes two more copies."""


def color_where(one_pass: PointwisePass, image: Image, before: Image, plane: Plane) -> Image:
    """A pointwise pass on `image`, mixed with what was `before`: each band as soon as it is made.

    It is not made in columns beside those where the mask is anything.
    """
    out, frame, lowered = sheet(image.shape), Frame(*image.shape[:2]), one_pass.lowered
    across, down = axes(frame)

    def work(rows: slice) -> None:
        columns = columns_where(plane[rows])
        if columns.stop - columns.start > MAX_NARROW * frame.width:
            lowered.work(image[rows], out[rows], Place(frame, across, down[rows], one_pass.t))
            blend_band(before[rows], out[rows], plane[rows], out[rows], columns)
            return
        for beside in (slice(0, columns.start), slice(columns.stop, frame.width)):
            np.copyto(out[rows, beside], before[rows, beside])
        if columns.stop:
            # Copied, as parts of rows are read more slowly than whole ones, again and again.
            shape = rows.stop - rows.start, columns.stop - columns.start, 3
            part, made = (scratch(name, shape, np.uint8) for name in ("part", "made"))
            np.copyto(part, image[rows, columns])
            lowered.work(part, made, Place(frame, across[:, columns], down[rows], one_pass.t))
            if image is not before:
                np.copyto(part, before[rows, columns])
            blend_band(part, made, plane[rows, columns], made, slice(0, shape[1]))
            np.copyto(out[rows, columns], made)

    # Floats of so large a band would count in a picture's memory.
    held = BLEND_BYTES if lowered.bytes_per_pixel <= INTEGER else lowered.bytes_per_pixel
    each_band(work, frame.height, frame.width, bytes_per_pixel=held)
    return out


@byte_cache(shared=(Effect,), unless=brings_own)
def settled_steps(steps: tuple[StepOrGroup, ...], height: int, width: int) -> tuple[StepOrGroup, ...]:
    """The steps for a picture of one size: muted where their mask is nowhere in it, without one where it is everywhere.

    What is left of a stack then is planned as if it had never been masked.
    """
    settled: list[StepOrGroup] = []
    for item in steps:
        settled.append(settled_item(item, Frame(height, width)))
        for step in steps_in((item,)):
            height, width = step.size(height, width)
    return tuple(settled)


def settled_item(item: StepOrGroup, frame: Frame) -> StepOrGroup:
    """One of them; of a group, also the steps in it."""
    if isinstance(item, Group):
        steps = settled_steps(item.steps, frame.height, frame.width)
        item = item if steps == item.steps else replace(item, steps=steps)  # type: ignore[arg-type]
    if not item.mask or reads_picture(item.mask) or not item.is_active:
        return item
    where = kept_map(item.mask, frame)
    if where.most == 0:
        return replace(item, muted=True)
    return replace(item, mask=()) if where.least == 255 else item
