"""What of a stack is somebody's own, and so kept by nothing that all share: they go, and it with them.

Of a picture and of words the result is made: with them in it nothing is kept. Titles change no pixel: what is kept of
their steps is kept without.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from effects.effect import Step
from effects.group import Group, StepOrGroup, steps_in, with_each_step
from effects.marks import Text
from effects.tables.cube import Cube


def brings_own(steps: tuple[StepOrGroup, ...], *_size: int) -> bool:
    """Whether a picture or words that somebody brought are in them."""
    return any(map(is_personal, steps_in(steps)))


def is_personal(step: Step) -> bool:
    """Whether the step holds a picture that somebody brought, or words; those that an effect reads are numbers."""
    words = (param for param in step.effect.params if isinstance(param.mark, Text) and param.mark.read is None)
    return step.backdrop is not None or any(step.params[param.name] not in ("", param.default) for param in words)


def untitled(item: StepOrGroup) -> StepOrGroup:
    """The same step or group, equal in all it does, without its title and those of its colour tables."""
    item = with_each_step(item, untitled_step)
    return replace(item, title="") if isinstance(item, Group) and item.title else item


def untitled_step(step: Step) -> Step:
    """The same step without the title of its colour table; itself where there is none."""
    cube = step.cube
    if cube is None or cube.untitled is cube:
        return step
    params = {name: value.untitled if isinstance(value, Cube) else value for name, value in step.params.items()}
    bare = object.__new__(Step)
    bare.__dict__.update(step.__dict__, params=MappingProxyType(params))
    return bare
