"""Where a stack's program begins: after the last step that only the server can do, or at one that has to see."""

from __future__ import annotations

from collections.abc import Sequence

from effects.effect import Kind, Step
from effects.group import StepOrGroup, steps_in
from effects.shaders.branches import Untraceable
from effects.shaders.pieces import piece_of


def first_of(items: Sequence[StepOrGroup], sees: bool) -> int:
    """How many items are not in the program; `sees` says that it can be told what its picture looks like.

    A step that has to see its picture is the first of all; before one that has to know its size no other changes that.
    """
    first = 0
    for place, item in enumerate(items):
        if item.muted:
            continue
        steps = [step for step in steps_in((item,)) if not step.muted]
        looking = [number for number, step in enumerate(steps) if has_to_see(step)]
        has_map = bool(item.mask) or any(step.mask for step in steps)  # no texture holds one yet
        if has_map or not _can_draw(steps) or (looking and not sees):
            first = place + 1
        elif any(number and (steps[number].effect.survey or has_canvas(item)) for number in looking):
            first = place + 1  # within a group, after others
        elif any(steps[number].effect.survey for number in looking):
            first = place
        elif looking:
            first = max([first, *(above + 1 for above in range(first, place) if changes_size(items[above]))])
    return first


def has_to_see(step: Step) -> bool:
    """Whether its formula has to know the picture, or its size."""
    return step.effect.survey is not None or step.effect.layer is not None


def has_canvas(item: StepOrGroup) -> bool:
    """Whether it is there or not: its strength is 0 or 1."""
    return any(step.effect.kind is Kind.CANVAS for step in steps_in((item,)))


def changes_size(item: StepOrGroup) -> bool:
    """Whether what comes after it may see a picture of another size."""
    return not item.muted and has_canvas(item)


def _can_draw(steps: Sequence[Step]) -> bool:
    try:
        for step in steps:
            if not has_to_see(step):
                piece_of(step)
    except Untraceable:
        return False
    return True
