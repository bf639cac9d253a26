"""What a stack does to colours wherever they stand: the part of it that a colour table can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce

import numpy as np

from effects.effect import Effect, Step
from effects.group import Group, StepOrGroup, steps_in
from effects.image import Colors, Floats, Frame
from effects.memory.cache import byte_cache
from effects.plan.personal import is_personal, untitled_step
from effects.plan.plain import whole_place
from effects.plan.plan import active
from effects.plan.pointwise import evaluate

PROBED_PLACES, PROBED_TONES = 48, 4
"""Places along each side, and tones of each channel, at which a step is seen not to ask where a pixel stands."""

MAX_DIFFERENCE = 1e-6
"""By how much a colour's result may differ from place to place and still be the same."""


def colors_of(steps: Iterable[StepOrGroup]) -> tuple[Callable[[Colors], Colors], list[str], tuple[str, ...]]:
    """The change of colours ... x 3 in float64 that the steps make, the titles of those in it, the names of the others.

    Groups keep what can be held of them, under their titles. Each name stands once, in the order of the stack.
    """
    held: list[StepOrGroup] = []
    titles: list[str] = []
    left_out: dict[str, None] = {}
    for item in (item for item in steps if item.is_active):
        inside = [
            (step, not item.mask and depends_on_color(untitled_step(step)))
            for step in steps_in((item,))
            if step.is_active
        ]
        inner = tuple(step for step, holds in inside if holds)
        left_out |= dict.fromkeys(step.effect.name for step, holds in inside if not holds)
        if inner:
            held += active((replace(item, steps=inner) if isinstance(item, Group) else item,))
            titles.append(title_of(item, inner))

    def change(colors: Colors) -> Colors:
        values: Floats = np.asarray(colors, np.float64).reshape(1, -1, 3)
        place = whole_place(Frame(*values.shape[:2]))
        return reduce(lambda before, item: evaluate(item, before, place), held, values).reshape(np.shape(colors))

    return change, titles, tuple(left_out)


@byte_cache(shared=(Effect,), unless=is_personal)
def depends_on_color(step: Step) -> bool:
    """Whether what becomes of a pixel depends on its colour alone; under a mask it never does.

    An effect that is told where pixels stand may, with these parameters, not ask: that is seen by trying.
    """
    if step.mask or not step.effect.kind.is_pointwise:
        return False
    if not step.effect.knows_place or step.is_by_channel:
        return True
    place = whole_place(Frame(PROBED_PLACES, PROBED_PLACES))
    tones = np.linspace(0, 1, PROBED_TONES)
    for color in np.stack(np.meshgrid(tones, tones, tones), axis=-1).reshape(-1, 3):
        found = evaluate(step, np.broadcast_to(color, (PROBED_PLACES, PROBED_PLACES, 3)), place)
        if np.ptp(found, axis=(0, 1)).max() > MAX_DIFFERENCE:
            return False
    return True


def title_of(item: StepOrGroup, inner: Iterable[Step]) -> str:
    """What a step or group is called of which these steps are held."""
    own = item.title if isinstance(item, Group) else ""
    return own or ", ".join(step.effect.title for step in inner)
