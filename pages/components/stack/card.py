"""A card: an effect or a look on the stack, with an identity of its own; what it is called is known here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from effects import LOOKS, Pipeline
from effects.effect import Effect, Kind, Step
from effects.group import Group, StepOrGroup, steps_in
from effects.looks import LOOK_BOOK, Look
from effects.marks import Value
from pages.components.words import _, later

WITHOUT_STEPS = later("No steps")

_looks = {look.pipeline.steps: look for look in LOOK_BOOK.values()}  # by their steps, of which no two have the same


@dataclass(frozen=True)
class Card:
    """A step or a group with an identity: it keeps its widgets wherever it moves.

    `look` is the look it was chosen as, which another one replaces: one card has it at most, and no copy of that card.
    `is_auto` says that Auto wrote it, `is_match` that another photo's colours did; `is_as_above` that it counts where
    the card above it does, also when that is changed.
    """

    id: str
    step: StepOrGroup
    look: str = ""
    is_auto: bool = False
    is_match: bool = False
    is_as_above: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return title_of(self.step)

    @property
    def summary(self) -> str:
        """What it does, in a sentence; nothing where a group is no look."""
        if self.effect is not None:
            return _(self.effect.summary)
        look = look_of(self.step)
        return _(look.summary) if look else ""

    @property
    def effect(self) -> Effect | None:
        """Its effect, where it is no group."""
        return self.step.effect if isinstance(self.step, Step) else None

    @property
    def params(self) -> Mapping[str, Value]:
        """The parameters of its effect; a group has none of its own."""
        return self.step.params if isinstance(self.step, Step) else {}

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its step, or its group's steps."""
        return tuple(steps_in((self.step,)))

    @property
    def is_group(self) -> bool:
        """Whether it has steps that can be opened into cards."""
        return isinstance(self.step, Group)

    @property
    def has_slider(self) -> bool:
        """Whether its strength may be anything from 0 to 1: what changes the canvas is there or not."""
        return all(step.effect.kind is not Kind.CANVAS for step in self.steps)

    @property
    def at_defaults(self) -> StepOrGroup:
        """The same at full strength and everywhere, an effect at its defaults."""
        if isinstance(self.step, Step):
            return self.step.effect.step()
        return replace(self.step, strength=1.0, muted=False, mask=())

    @property
    def steps_apart(self) -> tuple[Step, ...]:
        """What would stand in its place: its steps, which take its strength over."""
        return self.step.ungrouped() if isinstance(self.step, Group) else (self.step,)

    @property
    def opens_exactly(self) -> bool:
        """Whether those make the same picture: strengths one after another are not one strength over them all."""
        return not self.step.is_active or self.step.strength == 1 or len(self.steps) < 2


Stack = tuple[Card, ...]


def title_of(item: StepOrGroup) -> str:
    """What a step or a group is called, in one line: by its own title, else as the look it is, else by its steps.

    A title that somebody gave stands as it was given, but for that of a look of ours.
    """
    if isinstance(item, Step):
        return _(item.effect.title)
    look, own = look_of(item), " ".join(item.title.split())
    if look and own in ("", look.title):
        return _(look.title)
    titles = ", ".join(dict.fromkeys(_(step.effect.title) for step in item.steps))
    return own or titles or _(WITHOUT_STEPS)


def titles_of(items: Pipeline) -> str:
    """What a stack is made of, in words; each title once."""
    return ", ".join(dict.fromkeys(map(title_of, items)))


def look_of(item: StepOrGroup) -> Look | None:
    """The look whose steps a group has, exactly, however strong it is."""
    return _looks.get(item.steps) if isinstance(item, Group) else None


def own_look_of(item: StepOrGroup, own: Mapping[str, Group]) -> str:
    """Which of these looks of one's own has the steps of a group, exactly; nothing where none has."""
    return next((name for name, look in own.items() if isinstance(item, Group) and item.steps == look.steps), "")


def with_looks(pipeline: Pipeline) -> Pipeline:
    """The same picture, bit by bit, where each run of steps that is a look, exactly, stands as that look.

    Whoever wrote a group knew of groups, and meant the steps beside it as steps.
    """
    if any(isinstance(item, Group) for item in pipeline):
        return pipeline
    return Pipeline(_grouped(pipeline.all_steps))


def _grouped(steps: tuple[Step, ...]) -> tuple[StepOrGroup, ...]:
    for look in sorted(LOOKS.values(), key=len, reverse=True):
        for place in range(len(steps) - len(look) + 1):
            end = place + len(look)
            if steps[place:end] == look.steps:
                return (*_grouped(steps[:place]), look.group(), *_grouped(steps[end:]))
    return steps


def differing(card: Card) -> list[str]:
    """The keys of those settings that are not as an effect is at first, and of More where it hides one."""
    own = card.effect.params if card.effect else ()  # a look has none
    params = [param for param in own if card.params[param.name] != param.default]
    names = [param.name for param in params]
    names += ["more"] if any(param.rare for param in params) else []
    names += ["strength"] if card.step.strength != 1 else []
    return [f"{card.id}-{name}" for name in names]
