"""The oracle: what a plan does, slowly and one step at a time, to hold its passes against."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from effects.group import Group, StepOrGroup, steps_in
from effects.image import Find, Finder, Floats, Frame, Image, Place, to_float, to_uint8
from effects.kernels.sampling import pixel_axis
from effects.masks.maps import map_of
from effects.models.sight import Moved, Sight
from effects.plan.masked import settled_steps
from effects.plan.passes import PASSES
from effects.plan.plan import fused_runs, is_pointwise, pass_of, unmasked
from effects.plan.pointwise import evaluate


def plain_picture(steps: Iterable[StepOrGroup], image: Image, find: Find = None) -> Image:
    """The picture after these steps and groups: pointwise ones in float64, rounded where another kind needs 8 bits.

    What a group of other kinds, or a run under a mask, makes is mixed in float64, and rounded once.
    """
    finder: Finder = Sight(image) if find is None else find
    for run in fused_runs(settled_steps(tuple(steps), *image.shape[:2])):
        first = run[0]
        if first.mask:
            where = to_float(map_of(first.mask, image, finder).plane)[..., None]
            before, after = to_float(image), plain_values(tuple(map(unmasked, run)), image, finder)
            image = np.ascontiguousarray(to_uint8(before + where * (after - before)))
        elif is_pointwise(first):
            image = np.ascontiguousarray(to_uint8(plain_values(run, image, finder)))
        elif isinstance(first, Group):
            before, after = to_float(image), to_float(plain_picture(first.steps, image, finder))
            image = np.ascontiguousarray(to_uint8(before + first.strength * (after - before)))
        else:
            image = PASSES[first.effect.kind](tuple(steps_in(run))).image(image, None, finder)
        finder = Moved(finder, pass_of(run).moved)
    return image


def plain_values(steps: tuple[StepOrGroup, ...], image: Image, find: Find = None) -> Floats:
    """The picture after steps and groups in float64: not rounded where all of them are pointwise."""
    values: Floats = to_float(image)
    if not all(map(is_pointwise, steps)):
        return to_float(plain_picture(steps, image, find))
    place = whole_place(Frame(*image.shape[:2]))
    for run in fused_runs(steps):
        for step in run:
            values = evaluate(step, values, place)
    return values


def whole_place(frame: Frame) -> Place:
    """The place of all pixels of a picture, in float64."""
    across, down = pixel_axis(frame.width, frame.short), pixel_axis(frame.height, frame.short)
    return Place(frame, across[None], down[:, None])
