"""A surprise: a look and a light that suits it, drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from effects import EFFECTS, Pipeline, Step
from effects.group import Group, StepOrGroup
from effects.looks import LOOK_BOOK, Look, is_grey
from pages.components.stack.card import look_of, own_look_of
from pages.components.words import _

MAX_SEED = 999_999  # as an effect's own


@dataclass(frozen=True)
class Light:
    """A light effect with the range of each setting in which it suits most photos; `is_coloured` where grey has no use.

    Of all settings that are not named the effect's own default is taken.
    """

    effect: str
    settings: tuple[tuple[str, float, float], ...]
    is_coloured: bool = False

    def step(self, chance: random.Random) -> Step:
        """The effect at settings drawn by chance, rounded so that they read well; its own chance, where it has one."""
        params: dict[str, Any] = {name: round(chance.uniform(low, high), 3) for name, low, high in self.settings}
        if any(param.name == "seed" for param in EFFECTS[self.effect].params):
            params["seed"] = chance.randint(0, MAX_SEED)
        return EFFECTS[self.effect].step(**params)


LIGHTS = (
    Light("vignette", (("amount", 0.2, 0.5), ("size", 0.35, 0.6))),
    Light("bloom", (("threshold", 0.55, 0.75), ("radius", 0.02, 0.06), ("amount", 0.3, 0.8))),
    Light(
        "light_leak",
        (("y", 0, 1), ("hue", 0, 45), ("radius", 0.5, 0.9), ("amount", 0.3, 0.6)),
        is_coloured=True,
    ),
    Light("chromatic_aberration", (("shift", 0.002, 0.005),), is_coloured=True),
    Light("grain", (("amount", 0.1, 0.25), ("size", 0.001, 0.002))),
    Light("fade", (("amount", 0.15, 0.4),)),
)
"""In the order in which light meets film: later ones never come before earlier ones."""

MAX_LIGHTS = 2  # lights upon one look
SURPRISE = "surprise"  # what a surprise is chosen as, among the looks


def surprise(seed: int, before: Pipeline) -> Pipeline:
    """A look with one light or two that it has not itself, by this seed: never with the look of the surprise before.

    It is titled by what it is made of, in the language of whoever it surprises.
    """
    chance = random.Random(seed)
    look = chance.choice([look for look in LOOK_BOOK.values() if not begins_with(before, look)])
    suits = suiting(look)
    chosen = chance.sample(suits, k=min(len(suits), chance.randint(1, MAX_LIGHTS)))
    lights = sorted(chosen, key=LIGHTS.index)
    steps = (*look.pipeline.all_steps, *(light.step(chance) for light in lights))
    titles = [look.title, *(EFFECTS[light.effect].title for light in lights)]
    return Pipeline(steps, title=", ".join(map(_, titles)))


def suiting(look: Look) -> list[Light]:
    """The lights that a look has not itself; to one without colours none brings any."""
    own, grey = {step.effect.name for step in look.pipeline.all_steps}, is_grey(look)
    return [light for light in LIGHTS if light.effect not in own and not (grey and light.is_coloured)]


def begins_with(pipeline: Pipeline, look: Look) -> bool:
    """Whether a pipeline's first steps are the look's."""
    steps = look.pipeline.all_steps
    return pipeline.all_steps[: len(steps)] == steps


def chosen_as(item: StepOrGroup, own: Mapping[str, Group]) -> str:
    """The name that a card is chosen by among the looks: a look's, one of these of one's own, or a surprise's; else "".

    A surprise is known by its steps, since an address or a file says no more of it.
    """
    look = look_of(item)
    if look is not None or not isinstance(item, Group):
        return look.name if look else ""
    return own_look_of(item, own) or (SURPRISE if any(is_lit(item, look) for look in LOOK_BOOK.values()) else "")


def is_lit(group: Group, look: Look) -> bool:
    """Whether a group is this look and then lights as a surprise has them."""
    effects = {light.effect for light in LIGHTS}
    lights = [step.effect.name for step in group.steps[len(look.pipeline.all_steps) :]]
    return 0 < len(lights) <= MAX_LIGHTS and effects.issuperset(lights) and begins_with(Pipeline(group.steps), look)
