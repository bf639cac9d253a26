"""A slider that was moved: where that changes nothing on the page but the picture and what is told of it.

Then only those pieces of the table are drawn. Whatever is in doubt has the table drawn, as anything else that is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from effects import Pipeline, Step
from pages.components import pieces, session
from pages.components.own.own_look import inexact
from pages.components.stack.card import Card, Stack, differing
from pages.components.stack.history import History
from pages.components.workbench import Workbench

PICTURE, STATES, DIFFERENCES, BEHIND, CLOSEUP = ("picture", "states", "differences", "behind", "closeup")
"""What a slider may change: the picture, the history, which settings are no defaults, what is not seen, pixels."""

OWN = {"history", "links", "_stay", "looks_of", "own_shown", "looks_part"}
"""What of a workbench is looked at by itself, or is not to be seen on the table."""


@dataclass
class Drawn:
    """What a session's table was drawn with: the workbench's fields, and its history."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    history: History = field(default_factory=History)


def note_drawn(bench: Workbench) -> None:
    """The table is drawn with this."""
    drawn = _drawn()
    drawn.fields, drawn.history = dict(vars(bench)), bench.history


def follow_slider(bench: Workbench, key: str) -> None:
    """The end of the callback of a slider with this key: where the pieces are enough, only they are drawn."""
    drawn = _drawn()
    before = drawn.history
    if not (pieces.stands() and is_alone(bench, {key}) and is_as_drawn(bench) and only_slides(before, bench)):
        return
    session.note_shown(key)
    drawn.history = bench.history
    is_other = {
        PICTURE: True,
        STATES: named(before) != named(bench.history),
        DIFFERENCES: [*map(differing, before.now.stack)] != [*map(differing, bench.stack)],
        BEHIND: True,
        CLOSEUP: bool(session.component_value(CLOSEUP, "sight")),
    }
    pieces.draw_only([name for name, is_wanted in is_other.items() if is_wanted], key)


def follow_hand(bench: Workbench) -> None:
    """The end of the callback of what tells what is in hand: that alone changes nothing on the page."""
    if changes_nothing(bench, set()):
        pieces.draw_only([DIFFERENCES])


def changes_nothing(bench: Workbench, widgets: set[str]) -> bool:
    """Whether the browser tells of these widgets alone, none of which the table shows, and that stands as it was drawn.

    Who asks draws the piece that they are about; where more was done, the table is to be drawn for that.
    """
    return pieces.stands() and is_alone(bench, widgets) and is_as_drawn(bench) and bench.history is _drawn().history


def look_back(bench: Workbench) -> None:
    """The pieces are drawn: where the table is not as it would be drawn now, it is drawn after them."""
    if not (is_as_drawn(bench) and bench.history is _drawn().history):
        pieces.draw_table()


def is_alone(bench: Workbench, widgets: set[str]) -> bool:
    """Whether the browser tells of these widgets and of nothing else, and no press waits to be followed."""
    changed, told = session.changed(), session.component_value("presses", "pressed")
    presses = (told.get("load"), told.get("count")) if isinstance(told, Mapping) else bench.last_press
    return changed is not None and changed <= widgets | pieces.HANDS and presses == bench.last_press


def is_as_drawn(bench: Workbench) -> bool:
    """Whether all but the history is as it was when the table was drawn."""
    fields, drawn = vars(bench), _drawn().fields
    return (
        fields.keys() == drawn.keys()
        and all(
            name in OWN or value is drawn[name] or (isinstance(value, str) and value == drawn[name])
            for name, value in fields.items()
        )
        and bench.has_looks_shown
        and not has_more_to_show(bench)
    )


def has_more_to_show(bench: Workbench) -> bool:
    """Whether there is something on the page that the picture under the stack, and not the stack alone, decides on."""
    photo = bench.photo
    return (
        photo is None
        or photo.preview.alpha is not None
        or photo.sha256 in bench.originals
        or bench.pipeline.hides
        or any(card.step.mask for card in bench.stack if card.id in bench.opened)
    )


def only_slides(before: History, bench: Workbench) -> bool:
    """Whether the stack is that of before but for numbers on one card, of which no other widget depends."""
    after, old, new = bench.history, before.now.stack, bench.stack
    ways = [(bool(history.past), bool(history.future)) for history in (before, after)]
    other = [(one, two) for one, two in zip(old, new, strict=False) if one is not two]
    return (
        ways[0] == ways[1]
        and len(old) == len(new)
        and all(looks_alike(one, two) for one, two in other)
        and inexact_of(old) == inexact_of(new)
        and Pipeline(tuple(card.step for card in old)).changes_nothing == bench.pipeline.changes_nothing
    )


def looks_alike(one: Card, two: Card) -> bool:
    """Whether two cards show the same but for what their sliders hold."""
    if isinstance(one.step, Step) and isinstance(two.step, Step):
        params = one.step.effect.params
        same = replace(two, step=replace(two.step, strength=one.step.strength, params=one.step.params))
        shown = [[param.when.holds(card.params) for param in params] for card in (one, two)]
    else:
        same, shown = replace(two, step=replace(two.step, strength=one.step.strength)), [[], []]
    return same == one and shown[0] == shown[1] and active_steps(one) == active_steps(two)


def named(history: History) -> list[tuple[int, str, str]]:
    """What stands in the list of states."""
    return [(state.number, state.title, state.param) for state in history.states]


def active_steps(card: Card) -> list[bool]:
    """Which of its steps do anything."""
    return [card.step.is_active, *(step.is_active for step in card.steps)]


def inexact_of(stack: Stack) -> str:
    """The card that a look of one's own would not keep exactly; empty where there is none."""
    card = inexact(stack)
    return card.id if card else ""


def _drawn() -> Drawn:
    return session.hold("drawn", Drawn)
