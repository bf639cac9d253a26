"""Where a stack's program begins: after the last step that only the server can do, or at one that has to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from effects.effect import Effect, Kind, Step
from effects.group import StepOrGroup, steps_in
from effects.masks.maps import reads_picture
from effects.masks.shapes import Brush
from effects.plan.personal import is_personal
from effects.shaders.branches import Untraceable
from effects.shaders.glsl import MAX_SAMPLERS
from effects.shaders.masks import is_table
from effects.shaders.pieces import ANY_PICTURE, piece_of
from effects.shaders.tracing import closed_values, is_measure

Placed = tuple[StepOrGroup, str]
"""An item of a stack or a step of a group, and its path."""


def first_of(items: Sequence[StepOrGroup], sees: bool, opaque: bool, maps: bool = False) -> int:
    """How many items are not in the program.

    `sees` says that it can be told what its picture looks like, and `maps` what is painted or found there. A step that
    has to see its picture is the first of all; before one that has to know its size no other changes that. Where the
    picture is not `opaque`, a formula is none of an effect that is told how much each pixel counts, or that makes a
    picture of another size. Items that share a mask stay together.
    """
    first = 0
    for place, item in enumerate(items):
        if item.muted:
            continue
        steps = [step for step in steps_in((item,)) if not step.muted]
        looking = [number for number, step in enumerate(steps) if step.effect.has_to_see]
        blind = not opaque and any(map(_is_blind, (item, *steps)))
        if blind or not _can_draw(steps) or (looking and not sees) or not _can_mask((item, *steps), maps):
            first = place + 1
        elif any(number and (steps[number].effect.survey or has_canvas(item)) for number in looking):
            first = place + 1  # within a group, after others
        elif any(steps[number].effect.survey for number in looking):
            first = place
        elif looking:
            first = max([first, *(above + 1 for above in range(first, place) if changes_size(items[above]))])
        first = max(first, _first_for_tables(items[: place + 1], first))
    return _after_run(items, first)


def masked_runs(items: Iterable[Placed]) -> list[list[Placed]]:
    """The items that are drawn, in runs of those that share a mask; those without one are runs, too.

    What changes nothing and stands within such a run is left out: in the plan it does not part it, either.
    """
    runs: list[list[Placed]] = []
    idle: list[Placed] = []
    for item, path in items:
        if item.muted or (item.strength == 0 and has_canvas(item)):
            continue
        if runs and runs[-1][0][0].mask == item.mask:
            runs[-1] += [(item, path)] if item.mask else [*idle, (item, path)]
            idle = []
        elif runs and runs[-1][0][0].mask and not item.is_active:
            idle.append((item, path))
        else:
            runs += [*([each] for each in idle), [(item, path)]]
            idle = []
    return [*runs, *([each] for each in idle)]


def _after_run(items: Sequence[StepOrGroup], first: int) -> int:
    """The first item that shares its mask with none before it."""
    before = next((item for item in reversed(items[:first]) if item.is_active), None)
    if before is None or not before.mask:
        return first
    for place in range(first, len(items)):
        if items[place].is_active and items[place].mask != before.mask:
            return first
        if items[place].is_active:
            first = place + 1
    return first


def _can_mask(parts: Iterable[StepOrGroup], maps: bool) -> bool:
    """Whether there is a map of each part's mask."""
    return maps or not any(is_table(shape) for part in parts for shape in part.mask)


def _is_blind(part: StepOrGroup) -> bool:
    """Whether a part of a stack has to know how much of each pixel is to be seen."""
    steps = list(steps_in((part,)))
    weighs = any(step.effect.knows_weight and step.effect.formula is not None for step in steps)
    moves = any(step.effect.kind is Kind.GEOMETRIC for step in steps)
    return weighs or has_canvas(part) or (bool(part.mask) and (moves or reads_picture(part.mask)))


def _first_for_tables(items: Sequence[StepOrGroup], first: int) -> int:
    """Where to begin, that nothing from there on moves what a table of the last item's masks shows.

    What is painted is laid out by the picture's size, what was found by where the photo's pixels have come to. A run
    that shares a mask sees it once, before all its steps.
    """
    item, place = items[-1], len(items) - 1
    start = place
    while start > first and (not items[start - 1].is_active or items[start - 1].mask == item.mask):
        start -= 1
    first = max([first, *(above + 1 for above in range(first, start) if _moves(items[above], (item,)))])
    if isinstance(item, Step):
        return first
    first = max([first, *(above + 1 for above in range(first, place) if _moves(items[above], item.steps))])
    steps = [step for step in item.steps if step.is_active]
    for number, step in enumerate(steps):
        runs_on = number > 0 and steps[number - 1].mask == step.mask
        if not runs_on and any(_moves(above, (step,)) for above in steps[:number]):
            return place + 1
    return first


def _moves(above: StepOrGroup, parts: Iterable[StepOrGroup]) -> bool:
    """Whether an item may move what a table of later parts' masks shows."""
    tables = {type(shape) for part in parts for shape in part.mask if is_table(shape)}
    if not tables or not above.is_active:
        return False
    return changes_size(above) or (
        tables != {Brush} and not all(s.effect.kind.is_pointwise for s in steps_in((above,)))
    )


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
    return fit and all(map(_can_draw_looking, seeing))


def _can_draw_looking(step: Step) -> bool:
    can_draw_seen = _can_draw_seen.__wrapped__ if is_personal(step) else _can_draw_seen
    return can_draw_seen(step.effect, closed_values(step, is_measure))


@lru_cache(maxsize=512)
def _can_draw_seen(effect: Effect, closed: tuple[tuple[str, Any], ...]) -> bool:
    """Whether a step that has to see is a piece, tried on a picture in the place of its own."""
    try:
        return piece_of(effect.step(**dict(closed)), ANY_PICTURE).samplers <= MAX_SAMPLERS
    except Untraceable:
        return False
