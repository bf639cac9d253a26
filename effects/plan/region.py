"""A part of a result: no more of the picture is made than is looked at, wherever the passes can do without the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from effects.group import steps_in
from effects.image import Alpha, Find, Frame, Image, Place
from effects.kernels.sampling import resample
from effects.memory.bands import each_band
from effects.memory.sheets import sheet
from effects.plan.calls import mix_by_strength
from effects.plan.passes import (
    MAP_BYTES,
    GeometricPass,
    Pass,
    PointwisePass,
    apply_passes,
    axes,
    maps,
)


@dataclass(frozen=True)
class Region:
    """Rows and columns of a picture, from its first pixels on."""

    top: int
    left: int
    bottom: int
    right: int

    def cut(self, plane: Image | Alpha) -> Image | Alpha:
        """What lies in it, as an array of its own."""
        return np.ascontiguousarray(plane[self.top : self.bottom, self.left : self.right])


def apply_passes_to_region(
    passes: Sequence[Pass], image: Image, alpha: Alpha | None, region: Region, find: Find = None
) -> tuple[Image, Alpha | None]:
    """The region of what `apply_passes` makes, bit by bit.

    The last pass needs nothing but the region where it is pointwise, and one that looks points up, the last or before
    that, makes nothing else. What comes earlier is done to the whole picture: what follows may need any of it.
    """
    colours = passes[-1] if passes and isinstance(passes[-1], PointwisePass) else None
    before = passes[:-1] if colours else passes
    bend = before[-1] if before and isinstance(before[-1], GeometricPass) and stays_opaque(before, alpha) else None
    image, alpha = apply_passes(before[:-1] if bend else before, image, alpha, find)
    frame = Frame(*image.shape[:2])
    part = look_up_region(bend, image, region) if isinstance(bend, GeometricPass) else region.cut(image)
    if isinstance(colours, PointwisePass):
        part = color_region(colours, part, frame, region)
    return part, None if alpha is None else region.cut(alpha)


def stays_opaque(passes: Sequence[Pass], alpha: Alpha | None) -> bool:
    """Whether no transparency comes out of the passes."""
    return alpha is None and not any(step.effect.cuts for one_pass in passes for step in steps_in(one_pass.steps))


def color_region(one_pass: PointwisePass, part: Image, frame: Frame, region: Region) -> Image:
    """A pointwise pass on the part of a picture (`frame`) that lies in a region."""
    out, lowered = sheet(part.shape), one_pass.lowered
    across, down = axes(frame)
    across, down = across[:, region.left : region.right], down[region.top : region.bottom]

    def work(rows: slice) -> None:
        lowered.work(part[rows], out[rows], Place(frame, across, down[rows], one_pass.t))

    each_band(work, *part.shape[:2], bytes_per_pixel=lowered.bytes_per_pixel, alone=lowered.alone)
    return out


def look_up_region(one_pass: GeometricPass, image: Image, region: Region) -> Image:
    """The region of what a geometric pass makes of an opaque picture."""
    frame, former = Frame(*image.shape[:2]), region.cut(image)
    out, columns = sheet(former.shape), slice(region.left, region.right)

    def work(rows: slice) -> None:
        there = slice(region.top + rows.start, region.top + rows.stop)
        resample(image, maps(one_pass.steps, frame, there, columns), out[rows])

    each_band(work, *former.shape[:2], bytes_per_pixel=MAP_BYTES)
    return mix_by_strength(former, out, one_pass.steps[0].strength)
