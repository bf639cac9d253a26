"""A group: steps under one title and one strength, which stand in a pipeline as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import is_

from effects.effect import STRENGTH, Kind, RecipeError, Step
from effects.marks import Mark, ParamError, Text, Value, quote
from effects.masks.mask import Mask, crossed, level_of, read_mask

TITLE = Text(max_length=100)
"""The mark of a group's title."""


@dataclass(frozen=True)
class Group:
    """Steps that count as one: `out = (1 - strength) * in + strength * steps(in)`, whatever their own strengths.

    At strength 1 it is its steps; muted, or at strength 0, it changes nothing. With a `mask` it counts where that is,
    and its steps see the whole picture. Groups do not nest, and one with a canvas step is there or not: its strength is
    0 or 1, and it has no mask. `RecipeError` says what was asked and what is allowed.

    >>> from effects import EFFECTS, LOOKS, Pipeline
    >>> group = Group((EFFECTS["contrast"].step(), EFFECTS["sepia"].step()), strength=0.5, title="Old print")
    >>> len(Pipeline((group, EFFECTS["vignette"].step())))
    2
    >>> LOOKS["noir"].group(strength=0.5).title
    'Noir'
    """

    steps: tuple[Step, ...] = ()
    strength: float = 1.0
    title: str = field(default="", kw_only=True)
    muted: bool = field(default=False, kw_only=True)
    mask: Mask = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        for index, step in enumerate(self.steps):
            if isinstance(step, Group):
                raise RecipeError("a group stands in no other group", within=f"steps[{index}]")
            if not isinstance(step, Step):
                words = f"a group is made of steps, and {type(step).__name__} is none"
                raise RecipeError(words, within=f"steps[{index}]")
        object.__setattr__(self, "strength", _check(STRENGTH, self.strength, "strength"))
        object.__setattr__(self, "title", _check(TITLE, self.title, "title"))
        if not isinstance(self.muted, bool):
            raise RecipeError(f"group: muted {quote(self.muted)} is not true or false", within="muted")
        canvas = next((step.effect.name for step in self.steps if step.effect.kind is Kind.CANVAS), None)
        if canvas is not None and self.strength not in (0, 1):
            words = f"group: strength {self.strength:g} is neither 0 nor 1, as {canvas} in it needs"
            raise RecipeError(words, within="strength")
        try:
            object.__setattr__(self, "mask", read_mask(self.mask))
        except RecipeError as error:
            raise RecipeError(f"group: {error.sentence}", within=error.within) from None
        if canvas is not None and self.mask:
            words = f"group: {canvas} in it changes the picture's size or outline, which has no mask"
            raise RecipeError(words, within="mask")

    @property
    def is_active(self) -> bool:
        """Whether it can change a picture at all: not muted, some strength, somewhere, and a step in it that can."""
        counts = not self.muted and self.strength > 0 and level_of(self.mask) != 0
        return counts and any(step.is_active for step in self.steps)

    def ungrouped(self) -> tuple[Step, ...]:
        """Its steps as they would stand in its place: the same picture at strength 1, muted, or at strength 0.

        Between 0 and 1 each step takes the group's strength over, times its own: that is near, and not the same. Each
        step has the group's mask, or, where it had one of its own, both together (see `crossed`).

        >>> from effects import EFFECTS
        >>> [step.strength for step in Group((EFFECTS["sepia"].step(strength=0.5),), strength=0.5).ungrouped()]
        [0.25]
        """
        return tuple(
            replace(
                step,
                strength=step.strength * self.strength,
                muted=step.muted or self.muted,
                mask=crossed(step.mask, self.mask),
            )
            for step in self.steps
        )


StepOrGroup = Step | Group
"""What can stand in a pipeline."""


def steps_in(stack: Iterable[StepOrGroup]) -> Iterator[Step]:
    """Every step of a stack, those in its groups too, in order."""
    for item in stack:
        if isinstance(item, Group):
            yield from item.steps
        else:
            yield item


def with_each_step(item: StepOrGroup, change: Callable[[Step], Step]) -> StepOrGroup:
    """The step, or the group with each of its steps, after a change; itself where nothing is changed."""
    if isinstance(item, Step):
        return change(item)
    steps = tuple(map(change, item.steps))
    return item if all(map(is_, steps, item.steps)) else replace(item, steps=steps)


def has_masks(stack: Iterable[StepOrGroup]) -> bool:
    """Whether a step or group of a stack, or a step in a group, has a mask."""
    return any(item.mask for item in stack) or any(step.mask for step in steps_in(stack))


def _check(mark: Mark, value: object, label: str) -> Value:
    try:
        return mark.check(value)
    except ParamError as error:
        raise RecipeError(f"group: {label} {error}", within=label) from None
