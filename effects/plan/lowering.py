"""Stages on integers: the quickest cv2 calls that do what a run of stages does, band by band.

Between stages values are uint16 on the scale v * 257, so that cv2 clamps by saturating and the rounding of ten steps
stays far below one 8-bit level. A run of one stage stays in 8 bits. Whatever stands before a color step is done in
float32 instead, and so are the stages around a rounding that later ones would amplify, the worst first, until what is
left of it stays below `MAX_ROUNDING_ERROR`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from math import inf
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Matrix, Place, Values
from effects.kernels.lookups import LookUp, ShadeLookUp
from effects.memory.bands import MIN_LARGE_PIXELS
from effects.memory.scratch import Scratch
from effects.plan.affine import NEGATIVE_MATRIX, is_diagonal, is_grey
from effects.plan.atlas import draw_atlas, largest_error, refine_positions
from effects.plan.dense import tabulate
from effects.plan.pointwise import Affine, Coloring, Mixture, Stage, ToneTable, evaluate
from effects.plan.rounding import round_planes

scratch = Scratch()

Band = npt.NDArray[Any]
"""Rows of a picture, h x W x 3: uint8 as v * 255 or uint16 as v * 65535."""

Work = Callable[[Band, Band, Place], None]
"""Fills its second argument from its first."""

Change = Callable[[Values, Place], Values]
"""A stage on floats, h x W x 3."""

MAX_ROUNDING_ERROR = 200.0
"""The most that rounding may grow to, in 1/65535: up to 257, one 8-bit level, no result is off by more than one."""

MAX_ERROR_IN_BYTES = 64.0
"""The most that rounding inside a mixture may grow to, in 1/65535, where its result is rounded to 8 bits twice."""

MAX_ATLAS_ERROR = 1.5
"""The most that an atlas may be off on random colours, in 8-bit levels, also after the steps that follow."""

SINGLE = 0
"""Bytes a pixel that one cv2 call goes over more than once."""

INTEGER = 18
"""Bytes a pixel that several calls hold at once: 8 bits at either end, and twice 16 between them."""

FLOAT = 33
"""Bytes a pixel of a band of floats: two copies of them, and whole numbers at either end."""


@dataclass(frozen=True)
class LoweredRun:
    """A run ready to be used: what to do with each band, how many bytes of each pixel it holds at once, and how many
    pixels a picture has to have before more threads than one are quicker."""

    work: Work
    bytes_per_pixel: int
    alone: float = 0


def lower(run: Sequence[Stage], *, precise: bool) -> LoweredRun:
    """The work that takes a uint8 band to a uint8 band.

    cv2 rounds the entries of an 8-bit matrix to 1/1024. Seen at once, nobody can tell; where another pass goes on with
    the result (`precise`), a lone matrix is done in 16 bits like the others.
    """
    if len(run) == 1 and (table := as_table(run[0])):
        # One table for all channels is as fast as memory, and stringzilla holds the interpreter meanwhile.
        return LoweredRun(lookup_work(table, np.uint8, np.uint8), SINGLE, inf if table.is_alike else MIN_LARGE_PIXELS)
    if len(run) == 1 and not precise and is_exact_in_bytes(run[0]):
        return LoweredRun(stage_work(run[0], np.uint8), SINGLE if isinstance(run[0], Affine) else INTEGER)
    works: list[Work] = []
    parts = divide(run)
    for index, (part, in_floats) in enumerate(parts):
        source = np.uint16 if index else np.uint8
        target = np.uint16 if index < len(parts) - 1 else np.uint8
        if in_floats:
            works.append((None if index else atlas_work(part, run[len(part) :], target)) or float_work(part, source))
        else:
            works += integer_works(part, source, target)
    work = chain(works, "run")
    if any(in_floats for _, in_floats in parts):
        return LoweredRun(work, FLOAT)
    return LoweredRun(work, INTEGER if len(works) > 1 else SINGLE)


def is_exact_in_bytes(stage: Stage) -> bool:
    """Whether a lone stage may round what it makes to 8 bits, and once more where it is mixed with what came in."""
    if isinstance(stage, Mixture):
        return not needs_floats(stage) and stage.error_after(0) <= MAX_ERROR_IN_BYTES
    return isinstance(stage, Affine)


def needs_floats(stage: Stage) -> bool:
    """Whether only floats will do: for a color step, a mixture with one in it, or one that makes much of rounding."""
    if isinstance(stage, Mixture):
        return any(map(needs_floats, stage.stages)) or stage.error_after(0) > MAX_ROUNDING_ERROR
    return isinstance(stage, Coloring)


def as_table(stage: Stage) -> ToneTable | None:
    """The stage as a table, if that is quickest: a matrix that does the same to every channel takes half the time."""
    if isinstance(stage, Affine) and is_diagonal(stage.matrix) and (table := ToneTable((stage,))).is_alike:
        return table
    return stage if isinstance(stage, ToneTable) else None


def divide(run: Sequence[Stage]) -> list[tuple[list[Stage], bool]]:
    """The run in parts, and whether each is done in floats: what needs them is, and both sides of a bad rounding."""
    unrounded_after = find_unrounded(run)
    parts: list[tuple[list[Stage], bool]] = []
    for index, stage in enumerate(run):
        in_floats = needs_floats(stage) or index in unrounded_after or index - 1 in unrounded_after
        if parts and parts[-1][1] == in_floats:
            parts[-1][0].append(stage)
        else:
            parts.append(([stage], in_floats))
    return parts


def find_unrounded(run: Sequence[Stage]) -> set[int]:
    """The stages after which nothing may be rounded, since the stages that follow would make too much of it.

    Two errors together grow to no more than the sum of what each grows to.
    """
    errors: dict[int, float] = {}
    for index in range(len(run) - 1):
        # A mixture on integers has rounded before, inside.
        inside = isinstance(stage := run[index], Mixture) and not needs_floats(stage)
        rounded = 0.5 + (stage.error_after(0) if inside else 0)
        errors[index] = reduce(lambda error, later: later.error_after(error), run[index + 1 :], rounded)
    found = set()
    while sum(errors.values()) > MAX_ROUNDING_ERROR:
        worst = max(errors, key=errors.__getitem__)
        del errors[worst]
        found.add(worst)
    return found


def chain(works: Sequence[Work], name: str) -> Work:
    """Works one after another, with 16 bits between them; `name` keeps the bands of a chain inside a chain apart."""
    if len(works) == 1:
        return works[0]

    def work(band: Band, out: Band, place: Place) -> None:
        for index, following in enumerate(works):
            last = index == len(works) - 1
            result = out if last else scratch(f"{name}_{index % 2}", band.shape, np.uint16)
            following(band, result, place)
            band = result

    return work


def integer_works(
    run: Sequence[Stage], source: npt.DTypeLike, target: npt.DTypeLike, name: str = "mixed"
) -> list[Work]:
    """The run's stages as works from the depth `source` to the depth `target`; `name` as of `stage_work`."""
    works: list[Work] = []
    for index, stage in enumerate(run):
        last = index == len(run) - 1
        if isinstance(stage, ToneTable):
            grey = index > 0 and isinstance(before := run[index - 1], Affine) and is_grey(before.matrix)
            works.append(lookup_work(stage, source, target if last else np.uint16, grey=grey))
        else:
            works += [widen] if source == np.uint8 else []
            works.append(stage_work(stage, np.uint16, name))
            works += [narrow] if last and target == np.uint8 else []
        source = np.uint16
    return works


def stage_work(stage: Stage, depth: npt.DTypeLike, name: str = "mixed") -> Work:
    """A matrix, or a mixture, from one depth to the same depth; `name` keeps a mixture inside a mixture apart."""
    if isinstance(stage, Affine):
        return matrix_work(stage.matrix, 255 if depth == np.uint8 else 65535)
    assert isinstance(stage, Mixture), "color steps are done in floats"
    inner = chain(integer_works(stage.stages, depth, depth, f"{name}_inside"), name)

    def work(band: Band, out: Band, place: Place) -> None:
        mixture = scratch(f"{name}_result", band.shape, band.dtype)
        inner(band, mixture, place)
        cv2.addWeighted(band, 1 - stage.strength, mixture, stage.strength, 0, dst=out)

    return work


def placeless(change: Callable[[Band, Band], object]) -> Work:
    """A change that is the same at every place, as work."""

    def work(band: Band, out: Band, _place: Place) -> None:
        change(band, out)

    return work


def lookup_work(table: ToneTable, source: npt.DTypeLike, target: npt.DTypeLike, *, grey: bool = False) -> Work:
    """A table as one look-up: one column where the channels of the result are alike, else three."""
    top = 255 if target == np.uint8 else 65535
    entries = np.rint((table.at(256) if source == np.uint8 else table.fine) * top).astype(target)
    if grey and source == np.uint16 and target == np.uint8:
        return placeless(ShadeLookUp(entries))
    return placeless(LookUp(entries[:, :1] if (entries[:, :1] == entries).all() else entries))


def matrix_work(matrix: Matrix, top: int) -> Work:
    """A matrix as one cv2.transform; a negative, which is half as dear, as all bits turned over."""
    if np.array_equal(matrix, NEGATIVE_MATRIX):
        return placeless(lambda band, out: cv2.bitwise_not(band, dst=out))
    scaled = matrix * [1, 1, 1, top]
    if is_diagonal(matrix):
        # cv2 takes a diagonal matrix down a path four times as slow (30 ms against 7.6 at 12 MP).
        scaled[0, 1] += 1e-6

    return placeless(lambda band, out: cv2.transform(band, scaled, dst=out))


def widen(band: Band, out: Band, _place: Place) -> None:
    """From 8 to 16 bits."""
    np.multiply(band, np.uint16(257), out=out, dtype=np.uint16)


def narrow(band: Band, out: Band, _place: Place) -> None:
    """From 16 to 8 bits, rounded to nearest."""
    cv2.convertScaleAbs(band, dst=out, alpha=1 / 257)


def atlas_work(run: Sequence[Stage], later: Sequence[Stage], target: npt.DTypeLike) -> Work | None:
    """A color step that looks colours up in a table, and the tones before it, as an atlas; None if that is too rough.

    What stands before a table has to be known for each of 256 values: after a matrix, floats do it.
    """
    tones, colorings = (run[0], run[1:]) if isinstance(run[0], ToneTable) else (ToneTable(), run)
    if len(colorings) != 1 or not isinstance(coloring := colorings[0], Coloring) or coloring.step.cube is None:
        return None
    step, entries, limit = coloring.step, np.broadcast_to(tones.at(256), (256, 3)), MAX_ATLAS_ERROR
    # At full strength nothing is mixed, and the clamp can wait until after the interpolation.
    change = step.call if step.strength == 1 else partial(evaluate, step, place=None)
    for depth in (np.uint8, np.uint16) if target == np.uint8 else (np.uint16,):
        atlas = draw_atlas(change, refine_positions(coloring.step.cube.positions), entries, depth=depth, target=target)
        off = largest_error(atlas, change, entries)
        worst = reduce(lambda error, stage: stage.error_after(error), later, 257 * off) / 257
        # What may grow need not: a curve can be steep where no colour of this table lies.
        if off <= limit and (worst <= limit or largest_error(atlas, change, entries, later) <= limit):
            return placeless(atlas.look_up)
    return None


def float_change(stage: Stage) -> Change:
    """The stage on floats: tones as dense tables where these do not show, in mixtures too."""
    if isinstance(stage, ToneTable):
        return tabulate(stage) or stage
    if not isinstance(stage, Mixture):
        return stage
    changes, strength = tuple(map(float_change, stage.stages)), stage.strength

    def change(values: Values, place: Place) -> Values:
        result = reduce(lambda before, each: each(before, place), changes, values)
        return values + strength * (result - values)

    return change


def float_work(run: Sequence[Stage], source: npt.DTypeLike) -> Work:
    """Stages in float32 from one depth to either, each channel in a plane of its own: 5 times as quick."""
    first, later_stages = (run[0], run[1:]) if isinstance(run[0], ToneTable) else (ToneTable(), run)
    changes = list(map(float_change, later_stages))
    results = first.at(256) if source == np.uint8 else first.fine
    columns = np.broadcast_to(results, (len(results), 3)).astype(np.float32).T.copy()

    def work(band: Band, out: Band, place: Place) -> None:
        height, width = band.shape[:2]
        planes = scratch("planes", (3, height, width), np.float32)
        channels = scratch("channels", (3, height, width), band.dtype)
        cv2.split(band, list(channels))
        for plane, column, channel in zip(planes, columns, channels, strict=True):
            cv2.LUT(channel, column[None], dst=plane)
        values: npt.NDArray[Any] = planes.transpose(1, 2, 0)
        for change in changes:
            values = change(values, place)
        cv2.merge(list(round_planes(values.transpose(2, 0, 1), out.dtype)), out)

    return work
