"""The stack as cards: each effect or look with an identity, every change with a name and a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from effects import EFFECTS, LOOKS, Pipeline, RecipeError, Step
from effects.group import Group, StepOrGroup
from effects.recipe import MAX_STEPS
from pages.components.stack import turns
from pages.components.stack.card import Card, Stack, title_of, with_looks
from pages.components.stack.history import History, State
from pages.components.stack.surprise import SURPRISE, chosen_as, surprise
from pages.components.stack.where_shapes import Masking
from pages.components.stack.where_shared import noticed, with_mask_of, with_shared_masks
from pages.components.words import _, later

NO_LOOK = "none"  # what is chosen where none is
OWN = "own:"  # before the identity of a look of one's own, where it is named beside those that the app brings

NEARLY = later("The steps of {title} have taken over its strength. That comes near to it, and is not quite the same.")
ASIDE = later(
    "What this picture has in it already was taken off the stack: it would have been done twice. Undo puts it back."
)
FULL = later("A stack holds at most {count} effects, those in looks counted; remove one to add another.")


@dataclass(frozen=True)
class Refusal:
    """What a card's parameter was asked to be and cannot; `asked` is None where the widget itself keeps it."""

    card: str
    param: str
    asked: Any = None


@dataclass
class Cards:
    """The stack of one session. Every change goes through `put`, so every change can be undone.

    What is asked of a card that has gone does nothing: a browser may still speak of it for a moment.
    """

    history: History = field(default_factory=History)
    solo: str = ""  # the card that alone is shown; never part of the recipe
    opened: frozenset[str] = frozenset()  # cards that show all their settings: the last one added, and those asked for
    is_picking: bool = False  # whether what one may add is shown, until something is
    # A sentence each about the last thing that could not be done:
    trouble: str = ""
    refusal: Refusal | None = None  # what the trouble is about, where that is one card's parameter
    link_trouble: str = ""
    recipe_trouble: str = ""
    cube_trouble: str = ""
    note: str = ""  # what there is to know of the last change
    own: Mapping[str, Group] = field(default_factory=dict)  # looks of the person's own, by the names of their tiles
    _ids: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    last_press: tuple[str, int] = ("", 0)  # presses told by the browser: which page load counted them, and up to which
    masking: Masking = field(default_factory=Masking)  # what of a mask is worked on in the picture
    _stay: str = ""  # of the focus on one slider, in which the last change was made

    @property
    def stack(self) -> Stack:
        """The cards, in the order they are applied."""
        return self.history.now.stack

    @property
    def past(self) -> tuple[State, ...]:
        """What undo goes back to, the nearest last."""
        return self.history.past

    @property
    def future(self) -> tuple[State, ...]:
        """What redo goes on to, the nearest first."""
        return self.history.future

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
        """What the preview shows: the stack, or the one card that is shown alone."""
        return Pipeline((replace(self.alone.step, muted=False),)) if self.alone else self.pipeline

    @property
    def look(self) -> str:
        """The look that was chosen and is on the stack, or nothing."""
        return next((card.look for card in self.stack if card.look), "")

    def card(self, name: str) -> Card | None:
        """The card of this identity, if it is still there."""
        return next((card for card in self.stack if card.id == name), None)

    def put(self, stack: Stack, title: str, param: str = "") -> None:
        """Make this the stack, the one before it one undo away; `title` is what was done, `param` what was set."""
        self._forget_troubles()
        stack = with_shared_masks(stack, self.stack)
        if sum(len(card.steps) or 1 for card in stack) > MAX_STEPS:
            self.trouble = _(FULL).format(count=MAX_STEPS)
        elif stack != self.stack:
            self.history = self.history.add(title, stack, param)

    def undo(self) -> None:
        """Go one change back, if there is one."""
        self._go(self.history.by(-1))

    def redo(self) -> None:
        """Take the last undo back, if there is one."""
        self._go(self.history.by(1))

    def go_to(self, number: int) -> None:
        """Go back or forth to the state of this number, if it is still there."""
        self._go(self.history.at(number))

    def load(self, pipeline: Pipeline) -> None:
        """Replace the whole stack by that of a recipe, on new cards.

        The first look among them is the chosen one, or where there is none the first surprise.
        """
        stack = [self._card(item) for item in with_looks(pipeline)]
        looks = [(place, look) for place, card in enumerate(stack) if (look := chosen_as(card.step, self.own))]
        for place, look in sorted(looks, key=lambda found: found[1] == SURPRISE)[:1]:
            stack[place] = replace(stack[place], look=look)
        self.put(noticed(tuple(stack)), _("Open a stack") if stack else _("Empty the stack"))
        self.opened = frozenset(card.id for card in stack if len(stack) == 1)

    def set_aside(self, inside: Pipeline) -> None:
        """Take off the stack what a picture on the table has in it already: steps that both begin with."""
        first = tuple(card.step for card in self.stack)[: len(inside)]
        if first and first == tuple(with_looks(inside))[: len(first)]:
            self.put(self.stack[len(first) :], _("Set aside what is in the picture"))
            self.note = _(ASIDE)

    def choose_look(self, look: str) -> None:
        """Put a look on a card in place of the look before, or at the end; "" takes that away.

        The look that is there already is opened, so that its strength is seen, and turned on where it is off.
        """
        self.is_picking = False
        here = next((card for card in self.stack if card.look), None)
        group = self.own.get(look) or (LOOKS[look].group() if look in LOOKS else None)
        if group is None and look.startswith(OWN):
            return  # it was deleted meanwhile
        if group is None:
            self.remove(here.id if here else "")
        elif here is None:
            self.put((*self.stack, self._card(group, look)), _("Add {title}").format(title=title_of(group)))
        elif here.look != look:
            fresh = self._card(group, look)
            self.put(
                self._with(here, fresh), _("{title} in place of {other}").format(title=fresh.title, other=here.title)
            )
        else:
            self.change(here.id, muted=False)
            self.opened = frozenset({here.id})

    def surprise(self, seed: int) -> None:
        """Put a surprise, drawn by chance with this seed, on a card in place of the look or of the surprise before."""
        here = next((card for card in self.stack if card.look), None)
        fresh = self._card(surprise(seed, Pipeline(here.steps if here else ())).group(), SURPRISE)
        self.put(
            self._with(here, fresh) if here else (*self.stack, fresh),
            _("Surprise: {titles}").format(titles=fresh.title),
        )

    def open_steps(self, card: str) -> None:
        """Put the steps of a group on cards of their own, in its place; what that changes is noted."""
        here = self.card(card)
        if here is not None and here.is_group:
            self.put(
                self._with(here, *map(self._card, here.steps_apart)),
                _("Open the steps of {title}").format(title=here.title),
            )
            if not here.opens_exactly:
                self.note = _(NEARLY).format(title=here.title)

    def put_first(self, steps: Iterable[Step]) -> None:
        """Put the steps that Auto wrote before all others, in place of those it wrote before."""
        fresh = tuple(replace(self._card(step), is_auto=True) for step in steps)
        if [card.step for card in fresh] != [card.step for card in self.stack if card.is_auto]:
            self.put((*fresh, *(card for card in self.stack if not card.is_auto)), _("Auto"))

    def put_match(self, step: Step) -> None:
        """Put the step that another photo's colours ask for next to Auto's, in place of the one before it."""
        card = replace(self._card(step), is_match=True)
        rest = [card for card in self.stack if not card.is_match]
        auto, others = ([card for card in rest if card.is_auto is wanted] for wanted in (True, False))
        self.put((*auto, card, *others), _("Match a photo"))

    def refuse_match(self, why: str) -> None:
        """Leave the stack as it is, and say why a photo cannot be matched."""
        self._forget_troubles()
        self.trouble = why

    def add(self, effect: str) -> None:
        """Put an effect, at its defaults, on top of the stack, its card open and no other."""
        self.is_picking = False
        card = self._card(EFFECTS[effect].step())
        self.put((*self.stack, card), _("Add {title}").format(title=card.title))
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
        if here is None or (asked and here.effect is None):
            return
        if asked:
            fields["params"] = {**here.params, **asked}
        title, param = here.title, next(iter(asked or fields), "")
        if param == "muted":
            turned, param = _("Turn {title} off") if fields["muted"] else _("Turn {title} on"), ""
            title = turned.format(title=title)
        try:
            self._swap(here, replace(here.step, **fields), title, param, stay)
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
        return card.params[param] if asked is None else asked

    def is_about(self, card: Card, param: str) -> bool:
        """Whether the trouble is with this parameter of this card."""
        return self.refusal is not None and (self.refusal.card, self.refusal.param) == (card.id, param)

    def reset(self, card: str, param: str = "") -> None:
        """Give a card its full strength back, and an effect its defaults; or one of them, by its name or "strength"."""
        here = self.card(card)
        if here is None:
            return
        first = here.at_defaults
        if param == "strength":
            self.change(card, strength=first.strength)
        elif isinstance(first, Step) and param in first.params:
            self.change(card, params={param: first.params[param]})
        elif not param:
            self._swap(here, first, _("Reset {title}").format(title=here.title))

    def follow_above(self, card: str) -> None:
        """Have a card count where the card above it does, from now on."""
        here = self.card(card)
        place = self.stack.index(here) if here is not None else 0
        if here is not None and place and here.has_slider and (above := self.stack[place - 1]).step.mask:
            fresh = replace(with_mask_of(here, above), is_as_above=True)
            self.put(self._with(here, fresh), here.title, "mask")

    def hold_brush(self, **settings: Any) -> None:
        """Have other settings of the brush for masks: its size, its softness, whether it erases."""
        self.masking = replace(self.masking, **settings)

    def toggle_solo(self, card: str) -> None:
        """Show this card alone, or the whole stack again."""
        if self.card(card) is not None:
            self.solo = "" if self.solo == card else card

    def move(self, card: str, by: int) -> None:
        """Move a card up (-1) or down (+1) the stack, or farther; at its ends it stays."""
        here = self.card(card)
        if here is not None:
            there = min(max(self.stack.index(here) + by, 0), len(self.stack) - 1)
            rest = [other for other in self.stack if other is not here]
            moved = _("Move {title} up") if by < 0 else _("Move {title} down")
            self.put((*rest[:there], here, *rest[there:]), moved.format(title=here.title))

    def turn(self, card: str, way: str) -> None:
        """Turn by a quarter, or flip, what a card is applied to: by a card before it, which is made if there is none.

        What the card does, it does to the same things, and so do all after it. A card that turns pictures itself turns
        them on.
        """
        here = self.card(card)
        if here is None or not isinstance(here.step, Step):
            return
        place = self.stack.index(here)
        at = place if turns.is_turner(here.step) else place - 1
        turner = self.stack[at] if at >= 0 else None
        if turner is not None and isinstance(turner.step, Step) and turns.is_turner(turner.step):
            before, turned = self.stack[:at], replace(turner, step=turns.turned_step(turner.step, way))
        else:
            before, turned = self.stack[:place], self._card(turns.first_turn(way))
        later_cards = self.stack[at + 1 :]
        carried = turns.carried_steps((card.step for card in later_cards), way)
        moved = (replace(card, step=step) for card, step in zip(later_cards, carried, strict=True))
        self.put((*before, turned, *moved), _(turns.TITLES[way]))

    def duplicate(self, card: str) -> None:
        """Put a copy of a card right after it."""
        here = self.card(card)
        if here is not None:
            self.put(self._with(here, here, self._card(here.step)), _("Duplicate {title}").format(title=here.title))

    def remove(self, card: str) -> None:
        """Take a card off the stack."""
        here = self.card(card)
        if here is not None:
            self.put(self._with(here), _("Remove {title}").format(title=here.title))

    def _forget_troubles(self) -> None:
        """What was told of an earlier stack says nothing of the next."""
        self.trouble = self.link_trouble = self.recipe_trouble = self.cube_trouble = self.note = ""
        self.refusal, self._stay = None, ""

    def _go(self, history: History) -> None:
        self._forget_troubles()
        self.history = history

    def _card(self, step: StepOrGroup, look: str = "") -> Card:
        return Card(f"c{self._ids()}", step, look)

    def _with(self, card: Card, *instead: Card) -> Stack:
        """The stack with these in place of a card."""
        place = self.stack.index(card)
        return (*self.stack[:place], *instead, *self.stack[place + 1 :])

    def _swap(self, card: Card, step: StepOrGroup, title: str, param: str = "", stay: str = "") -> None:
        fresh = replace(card, step=step, is_as_above=card.is_as_above and step.mask == card.step.mask)
        stack, before = with_shared_masks(self._with(card, fresh), self.stack), self.history
        if stay and stay == self._stay:
            self._go(before.go_on(stack))  # the first change of this stay is a step already
            has_step = self.history.place == before.place
        else:
            self.put(stack, title, param)
            has_step = self.history is not before
        self._stay = stay if has_step else ""
