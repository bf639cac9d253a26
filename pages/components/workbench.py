"""What one person has on the table: a picture, a stack of cards on it, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from effects import EFFECTS, Photo, Pipeline, RecipeError, Step
from effects.recipe import MOST_STEPS

STEPS_BACK = 100  # that undo goes


@dataclass(frozen=True)
class OpenPhoto:
    """A picture as it was opened: its encoded bytes, and the small copy that one edits on.

    `before` is the small copy as a JPEG; `width` and `height` are the whole picture's, in pixels.
    """

    name: str
    data: bytes
    preview: Photo
    before: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Picked:
    """An encoded picture that someone has just chosen, not opened yet."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Card:
    """A step with an identity: it keeps its widgets wherever it moves."""

    id: str
    step: Step


@dataclass(frozen=True)
class Refused:
    """What a card's parameter was asked to be and cannot; `asked` is None where the widget itself keeps it."""

    card: str
    param: str
    asked: Any = None


Stack = tuple[Card, ...]


@dataclass
class Workbench:
    """One session's work. Every change of the stack goes through `put`, so every change can be undone."""

    picked: Picked | None = None
    photo: OpenPhoto | None = None
    stack: Stack = ()
    past: list[Stack] = field(default_factory=list)
    future: list[Stack] = field(default_factory=list)
    solo: str = ""  # the card whose effect alone is shown; never part of the recipe
    page: str = ""  # where the person is
    visits: int = 0  # of any page
    camera_on: bool = False
    sample_asked_for: bool = False  # by another part of the app than the source
    link: str = ""  # the recipe link last opened or made
    # A sentence each about the last thing that could not be done:
    trouble: str = ""
    refused: Refused | None = None  # what the trouble is about, where that is one card's parameter
    photo_trouble: str = ""
    link_trouble: str = ""
    recipe_trouble: str = ""
    download_trouble: str = ""
    _ids: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    @property
    def pipeline(self) -> Pipeline:
        """The stack as the library sees it."""
        return Pipeline(tuple(card.step for card in self.stack))

    @property
    def alone(self) -> Card | None:
        """The card that is shown alone, if there is one."""
        return next((card for card in self.stack if card.id == self.solo), None)

    @property
    def shown(self) -> Pipeline:
        """What the preview shows: the stack, or the one step that is shown alone."""
        return Pipeline((replace(self.alone.step, muted=False),)) if self.alone else self.pipeline

    def enter(self, page: str) -> None:
        """Be on a page; a camera that was turned on before the person left it has to be asked for again."""
        if page != self.page:
            self.page, self.camera_on = page, False
            self.visits += 1

    def put(self, stack: Stack) -> None:
        """Make this the stack, the one before it one undo away."""
        self._forget_troubles()
        if len(stack) > MOST_STEPS:
            self.trouble = f"A stack holds at most {MOST_STEPS} effects; remove one to add another."
            return
        if stack != self.stack:
            self.past = [*self.past, self.stack][-STEPS_BACK:]
            self.future = []
            self.stack = stack

    def undo(self) -> None:
        """Go one change back, if there is one."""
        self._forget_troubles()
        if self.past:
            self.future = [*self.future, self.stack]
            self.stack = self.past[-1]
            self.past = self.past[:-1]

    def redo(self) -> None:
        """Take the last undo back, if there is one."""
        self._forget_troubles()
        if self.future:
            self.past = [*self.past, self.stack]
            self.stack = self.future[-1]
            self.future = self.future[:-1]

    def load(self, pipeline: Pipeline) -> None:
        """Replace the whole stack by a pipeline's steps, each on a card of its own."""
        self.put(tuple(self._card(step) for step in pipeline.steps))

    def add(self, effect: str) -> None:
        """Put an effect, at its defaults, on top of the stack."""
        self.put((*self.stack, self._card(EFFECTS[effect].step())))

    def change(self, card: str, **fields: Any) -> None:
        """Change a card's strength or muting, or (`params=`) some of its parameters; a bad value is told, not taken."""
        step, asked = self.stack[self._at(card)].step, fields.get("params", {})
        if asked:
            fields["params"] = {**step.params, **asked}
        try:
            self._swap(card, replace(step, **fields))
        except RecipeError as error:
            self.refuse(str(error), Refused(card, *next(iter(asked.items()))) if asked else None)

    def refuse(self, why: str, refused: Refused | None = None) -> None:
        """Tell why something was not done; what was asked of a card stays on it, to be mended."""
        self._forget_troubles()
        self.trouble, self.refused = why, refused

    def wanted(self, card: Card, param: str) -> Any:
        """What a card shows of a parameter: its value, or what was last asked of it and refused."""
        asked = self.refused.asked if self.refused and self.is_about(card, param) else None
        return card.step.params[param] if asked is None else asked

    def is_about(self, card: Card, param: str) -> bool:
        """Whether the trouble is with this parameter of this card."""
        return self.refused is not None and (self.refused.card, self.refused.param) == (card.id, param)

    def reset(self, card: str) -> None:
        """Give a card its effect's defaults back, at full strength."""
        self._swap(card, self.stack[self._at(card)].step.effect.step())

    def toggle_solo(self, card: str) -> None:
        """Show this card's effect alone, or the whole stack again."""
        self.solo = "" if self.solo == card else card

    def move(self, card: str, by: int) -> None:
        """Move a card up (-1) or down (+1) the stack; at its ends nothing happens."""
        here = self._at(card)
        there = min(max(here + by, 0), len(self.stack) - 1)
        rest = [other for other in self.stack if other.id != card]
        self.put((*rest[:there], self.stack[here], *rest[there:]))

    def duplicate(self, card: str) -> None:
        """Put a copy of a card right after it."""
        after = self._at(card) + 1
        self.put((*self.stack[:after], self._card(self.stack[after - 1].step), *self.stack[after:]))

    def remove(self, card: str) -> None:
        """Take a card off the stack."""
        self.put(tuple(other for other in self.stack if other.id != card))

    def _forget_troubles(self) -> None:
        """What was told of an earlier stack says nothing of the next."""
        self.trouble = self.link_trouble = self.recipe_trouble = ""
        self.refused = None

    def _card(self, step: Step) -> Card:
        return Card(f"c{self._ids()}", step)

    def _at(self, card: str) -> int:
        return [other.id for other in self.stack].index(card)

    def _swap(self, card: str, step: Step) -> None:
        self.put(tuple(replace(other, step=step) if other.id == card else other for other in self.stack))
