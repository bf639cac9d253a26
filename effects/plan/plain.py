"""The oracle: what a plan does, slowly and one step at a time, to hold its passes against."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from effects.group import Group, StepOrGroup, steps_in
from effects.image import Floats, Frame, Image, Place, to_float, to_uint8
from effects.kernels.sampling import pixel_axis
from effects.plan.passes import PASSES
from effects.plan.plan import fused_runs, is_pointwise
from effects.plan.pointwise import evaluate


def plain_picture(steps: Iterable[StepOrGroup], image: Image) -> Image:
    """The picture after these steps and groups: pointwise ones in float64, rounded where another kind needs 8 bits.

    What a group of other kinds makes is mixed in float64, and rounded once.
    """
    for run in fused_runs(steps):
        first = run[0]
        if is_pointwise(first):
            values: Floats = to_float(image)
            for step in run:
                values = evaluate(step, values, whole_place(Frame(*image.shape[:2])))
            image = np.ascontiguousarray(to_uint8(values))
        elif isinstance(first, Group):
            before, after = to_float(image), to_float(plain_picture(first.steps, image))
            image = np.ascontiguousarray(to_uint8(before + first.strength * (after - before)))
        else:
            image = PASSES[first.effect.kind](tuple(steps_in(run))).image(image)
    return image


def whole_place(frame: Frame) -> Place:
    """The place of all pixels of a picture, in float64."""
    across, down = pixel_axis(frame.width, frame.short), pixel_axis(frame.height, frame.short)
    return Place(frame, across[None], down[:, None])
