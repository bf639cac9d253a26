"""Where a stack's program begins: after the last step that only the server can do, or at one that has to see."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from effects.effect import Effect, Kind, Step
from effects.group import StepOrGroup, steps_in
from effects.shaders.branches import Untraceable
from effects.shaders.glsl import MAX_SAMPLERS
from effects.shaders.pieces import ANY_PICTURE, piece_of
from effects.shaders.tracing import closed_values, is_measure


def first_of(items: Sequence[StepOrGroup], sees: bool, opaque: bool) -> int:
    """How many items are not in the program; `sees` says that it can be told what its picture looks like.

    A step that has to see its picture is the first of all; before one that has to know its size no other changes that.
    Where the picture is not `opaque`, a formula is none of an effect that is told how much each pixel counts.
    """
    first = 0
    for place, item in enumerate(items):
        if item.muted:
            continue
        steps = [step for step in steps_in((item,)) if not step.muted]
        looking = [number for number, step in enumerate(steps) if step.effect.has_to_see]
        has_map = bool(item.mask) or any(step.mask for step in steps)  # no texture holds one yet
        blind = not opaque and any(step.effect.knows_weight and step.effect.formula is not None for step in steps)
        if has_map or blind or not _can_draw(steps) or (looking and not sees):
            first = place + 1
        elif any(number and (steps[number].effect.survey or has_canvas(item)) for number in looking):
            first = place + 1  # within a group, after others
        elif any(steps[number].effect.survey for number in looking):
            first = place
        elif looking:
            first = max([first, *(above + 1 for above in range(first, place) if changes_size(items[above]))])
    return first


def has_canvas(item: StepOrGroup) -> bool:
    """Whether it is there or not: its strength is 0 or 1."""
    return any(step.effect.kind is Kind.CANVAS for step in steps_in((item,)))


def changes_size(item: StepOrGroup) -> bool:
    """Whether what comes after it may see a picture of another size."""
    return not item.muted and has_canvas(item)


def _can_draw(steps: Sequence[Step]) -> bool:
    """Whether each is a piece, and no draw of theirs that stays in one reads more than a draw may."""
    seeing = [step for step in steps if step.effect.has_to_see]
    try:
        pieces = [piece_of(step) for step in steps if not step.effect.has_to_see]
    except Untraceable:
        return False
    if all(step.effect.kind.is_pointwise for step in steps):
        tables = {each.digest for piece in pieces for each in piece.body.textures}
        return 1 + len(tables) <= MAX_SAMPLERS
    fit = all(piece.samplers <= MAX_SAMPLERS for piece in pieces)
    return fit and all(_can_draw_seen(step.effect, closed_values(step, is_measure)) for step in seeing)


@lru_cache(maxsize=512)
def _can_draw_seen(effect: Effect, closed: tuple[tuple[str, Any], ...]) -> bool:
    """Whether a step that has to see is a piece, tried on a picture in the place of its own."""
    try:
        return piece_of(effect.step(**dict(closed)), ANY_PICTURE).samplers <= MAX_SAMPLERS
    except Untraceable:
        return False
