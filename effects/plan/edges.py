"""Steps with edges between colours that are too sharp for a colour table, which goes straight from point to point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from effects.effect import Effect
from effects.group import Group, StepOrGroup, steps_in
from effects.image import Colors, Floats, Frame
from effects.memory.cache import byte_cache
from effects.plan.colors import depends_on_color
from effects.plan.personal import untitled, untitled_step
from effects.plan.plain import whole_place
from effects.plan.plan import active
from effects.plan.pointwise import evaluate
from effects.tables.baking import Softened

MAX_OFF = {17: 10, 33: 5, 65: 3}
"""Points a side of a table -> how many levels it may be off and still pass for what it was made of."""

TONES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Tones of the two other channels, on the lines along each axis."""

MIN_SHARE = 0.005
"""The share of the colours on the lines below which nobody meets what is off."""

BETWEEN = 8
"""Colours on each line from one point of the table to the next."""


def softened_by_table(steps: Iterable[StepOrGroup], size: int) -> tuple[Softened, ...]:
    """Those of the steps that a table can hold, each effect once, whose edges are too sharp for `size` points a side.

    Each is looked at by itself, at its own strength and that of its group.
    """
    found: dict[str, int] = {}
    for item in (item for item in steps if item.is_active and not item.mask):
        for step in steps_in((item,)):
            if not (step.is_active and depends_on_color(untitled_step(step))):
                continue
            alone = active((replace(item, steps=(step,)) if isinstance(item, Group) else step,))
            off = max((levels_off(untitled(each), size) for each in alone), default=0)
            if off:
                found[step.effect.name] = max(off, found.get(step.effect.name, 0))
    return tuple(Softened(name, levels) for name, levels in found.items())


@byte_cache(shared=(Effect,))
def levels_off(item: StepOrGroup, size: int) -> int:
    """By how many levels a table is off at most, on lines along its axes and on that of the greys; 0 where few are."""
    place, axis = whole_place(Frame(1, 1)), np.linspace(0, 1, (size - 1) * BETWEEN + 1)
    lines = lines_along(axis)
    whole: Floats = evaluate(item, lines.reshape(1, -1, 3), place).reshape(lines.shape)
    points = whole[:, ::BETWEEN]
    share = np.linspace(0, 1, BETWEEN, endpoint=False)[:, None]
    read = points[:, :-1, None] + share * (points[:, 1:, None] - points[:, :-1, None])
    off = 255 * np.abs(read.reshape(len(lines), -1, 3) - whole[:, :-1]).max(axis=-1)
    return round(float(off.max())) if (off > MAX_OFF[size]).mean() > MIN_SHARE else 0


def lines_along(axis: Floats) -> Colors:
    """The greys, and all colours of each channel beside some of the others, lines x colours x 3."""
    lines = [np.repeat(axis[:, None], 3, axis=1)]
    for channel in range(3):
        for one in TONES:
            for other in TONES:
                line = np.insert(np.broadcast_to([one, other], (len(axis), 2)), channel, 0, axis=1).astype(np.float64)
                line[:, channel] = axis
                lines.append(line)
    return np.stack(lines)
