"""The stack as cards: each step with an identity, every change with a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from effects import EFFECTS, LOOKS, Pipeline, RecipeError, Step
from effects.recipe import MAX_STEPS

STEPS_BACK = 100  # that undo goes


@dataclass(frozen=True)
class Card:
    """A step with an identity: it keeps its widgets wherever it moves.

    `look` is the look that brought it, if any; `is_auto` says that Auto did.
    """

    id: str
    step: Step
    look: str = ""
    is_auto: bool = False


@dataclass(frozen=True)
class Refusal:
    """What a card's parameter was asked to be and cannot; `asked` is None where the widget itself keeps it."""

    card: str
    param: str
    asked: Any = None


Stack = tuple[Card, ...]


@dataclass
class Cards:
    """The stack of one session. Every change goes through `put`, so every change can be undone.

    What is asked of a card that has gone does nothing: a browser may still speak of it for a moment.
    """

    stack: Stack = ()
    past: list[Stack] = field(default_factory=list)
    future: list[Stack] = field(default_factory=list)
    solo: str = ""  # the card whose effect alone is shown; never part of the recipe
    opened: frozenset[str] = frozenset()  # cards that show all their settings: the last one added, and those asked for
    # A sentence each about the last thing that could not be done:
    trouble: str = ""
    refusal: Refusal | None = None  # what the trouble is about, where that is one card's parameter
    link_trouble: str = ""
    recipe_trouble: str = ""
    _ids: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    last_press: tuple[str, int] = ("", 0)  # presses told by the browser: which page load counted them, and up to which
    _stay: str = ""  # of the focus on one slider, in which the last change was made

    @property
    def pipeline(self) -> Pipeline:
        """The stack as the library sees it."""
        return Pipeline(tuple(card.step for card in self.stack))

    @property
    def alone(self) -> Card | None:
        """The card that is shown alone, if there is one."""
        return self.card(self.solo)

    @property
    def shown(self) -> Pipeline:
        """What the preview shows: the stack, or the one step that is shown alone."""
        return Pipeline((replace(self.alone.step, muted=False),)) if self.alone else self.pipeline

    @property
    def look(self) -> str:
        """The look whose steps are on the stack, or nothing."""
        return next((card.look for card in self.stack if card.look), "")

    def card(self, name: str) -> Card | None:
        """The card of this identity, if it is still there."""
        return next((card for card in self.stack if card.id == name), None)

    def put(self, stack: Stack) -> None:
        """Make this the stack, the one before it one undo away."""
        self._forget_troubles()
        if len(stack) > MAX_STEPS:
            self.trouble = f"A stack holds at most {MAX_STEPS} effects; remove one to add another."
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

    def follow(self, pressed: Any) -> None:
        """Do what was pressed since the last time, in that order: "undo", "redo", or "look" and its name.

        The browser counts the presses of one page load, and tells the last of them: `{"load": "k3", "count": 12,
        "last": ["look noir", "undo"]}`. However many of its messages were merged into one, none is lost or done twice.
        """
        told = pressed if isinstance(pressed, Mapping) else {}
        load, number, last = (told.get(key) for key in ("load", "count", "last"))
        if not (isinstance(load, str) and isinstance(number, int) and isinstance(last, list)):
            return
        known = self.last_press[1] if load == self.last_press[0] else 0
        self.last_press = load, number
        for press in last[-(number - known) :] if number > known else ():
            way, _, name = str(press).partition(" ")
            if way == "look":
                self.choose_look(name)
            elif way in ("undo", "redo"):
                self.undo() if way == "undo" else self.redo()

    def load(self, pipeline: Pipeline) -> None:
        """Replace the whole stack by a pipeline's steps, each on a card of its own; a look among them is known."""
        stack = tuple(self._card(step, look) for step, look in with_looks(open_groups(pipeline).all_steps))
        self.put(stack)
        self.opened = frozenset(card.id for card in stack if len(stack) == 1)

    def choose_look(self, look: str) -> None:
        """Put a look's steps in place of those of the look before, or at the end; "" takes these away."""
        steps = LOOKS[look].all_steps if look in LOOKS else ()
        if tuple(card.step for card in self.stack if card.look) == steps and self.look in (look, ""):
            return
        fresh = tuple(self._card(step, look) for step in steps)
        place = next((place for place, card in enumerate(self.stack) if card.look), len(self.stack))
        rest = tuple(card for card in self.stack[place:] if not card.look)
        self.put((*self.stack[:place], *fresh, *rest))

    def put_first(self, steps: Iterable[Step]) -> None:
        """Put the steps that Auto wrote before all others, in place of those it wrote before."""
        fresh = tuple(replace(self._card(step), is_auto=True) for step in steps)
        if [card.step for card in fresh] != [card.step for card in self.stack if card.is_auto]:
            self.put((*fresh, *(card for card in self.stack if not card.is_auto)))

    def add(self, effect: str) -> None:
        """Put an effect, at its defaults, on top of the stack, its card open and no other."""
        card = self._card(EFFECTS[effect].step())
        self.put((*self.stack, card))
        if card in self.stack:
            self.opened = frozenset({card.id})

    def toggle_open(self, card: str) -> None:
        """Open a card beside those that are open, or close it."""
        self.opened ^= {card}

    def change(self, card: str, *, stay: str = "", **fields: Any) -> None:
        """Change a card's strength or muting, or (`params=`) some of its parameters; a bad value is told, not taken.

        Changes in the same `stay` of the focus on a slider are one step back.
        """
        here, asked = self.card(card), fields.get("params", {})
        if here is None:
            return
        if asked:
            fields["params"] = {**here.step.params, **asked}
        try:
            self._swap(here, replace(here.step, **fields), stay)
        except RecipeError as error:
            self.refuse(str(error), Refusal(card, *next(iter(asked.items()))) if asked else None)

    def refuse(self, why: str, refusal: Refusal | None = None) -> None:
        """Tell why something was not done; what was asked of a card stays on it, to be mended."""
        if refusal is None or self.card(refusal.card):
            self._forget_troubles()
            self.trouble, self.refusal = why, refusal

    def shown_value(self, card: Card, param: str) -> Any:
        """What a card shows of a parameter: its value, or what was last asked of it and refused."""
        asked = self.refusal.asked if self.refusal and self.is_about(card, param) else None
        return card.step.params[param] if asked is None else asked

    def is_about(self, card: Card, param: str) -> bool:
        """Whether the trouble is with this parameter of this card."""
        return self.refusal is not None and (self.refusal.card, self.refusal.param) == (card.id, param)

    def reset(self, card: str) -> None:
        """Give a card its effect's defaults back, at full strength."""
        here = self.card(card)
        if here is not None:
            self._swap(here, here.step.effect.step())

    def toggle_solo(self, card: str) -> None:
        """Show this card's effect alone, or the whole stack again."""
        if self.card(card) is not None:
            self.solo = "" if self.solo == card else card

    def move(self, card: str, by: int) -> None:
        """Move a card up (-1) or down (+1) the stack; at its ends nothing happens."""
        here = self.card(card)
        if here is not None:
            there = min(max(self.stack.index(here) + by, 0), len(self.stack) - 1)
            rest = [other for other in self.stack if other is not here]
            self.put((*rest[:there], here, *rest[there:]))

    def duplicate(self, card: str) -> None:
        """Put a copy of a card right after it."""
        here = self.card(card)
        if here is not None:
            after = self.stack.index(here) + 1
            self.put((*self.stack[:after], self._card(here.step), *self.stack[after:]))

    def remove(self, card: str) -> None:
        """Take a card off the stack."""
        self.put(tuple(other for other in self.stack if other.id != card))

    def _forget_troubles(self) -> None:
        """What was told of an earlier stack says nothing of the next."""
        self.trouble = self.link_trouble = self.recipe_trouble = ""
        self.refusal, self._stay = None, ""

    def _card(self, step: Step, look: str = "") -> Card:
        return Card(f"c{self._ids()}", step, look)

    def _swap(self, card: Card, step: Step, stay: str = "") -> None:
        goes_on, past = bool(stay) and stay == self._stay, self.past
        self.put(tuple(replace(other, step=step) if other is card else other for other in self.stack))
        if goes_on:
            self.past = past  # the first change of this stay is there already
            if past and past[-1] == self.stack:
                self.past, stay = past[:-1], ""
        self._stay = stay


def open_groups(pipeline: Pipeline) -> Pipeline:
    """The stack of a recipe as cards show it: there is a card for each step, and so far none for a group."""
    return pipeline.ungrouped()


def with_looks(steps: tuple[Step, ...]) -> list[tuple[Step, str]]:
    """Each step with the look it belongs to: the longest look whose steps stand there in a row, as it has them."""
    known = sorted(LOOKS.items(), key=lambda item: -len(item[1].steps))
    for name, look in known:
        size = len(look.steps)
        for place in range(len(steps) - size + 1):
            if steps[place : place + size] == look.steps:
                return [(step, name if place <= number < place + size else "") for number, step in enumerate(steps)]
    return [(step, "") for step in steps]
