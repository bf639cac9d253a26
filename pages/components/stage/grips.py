"""What of a card is taken hold of in the picture: which card it is, and what the browser needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from effects import Pipeline, Step
from effects.effect import Kind
from effects.kernels.lettering import MARGIN
from effects.marks import Range, Text
from pages.components.stack.cards import Cards
from pages.components.stack.lying import BEARINGS, Grips, counting_grips, places, shape_ratios
from pages.components.stack.turns import TITLES
from pages.components.widgets import label
from pages.components.words import _, later

CORNERS = {
    "move": later("{title}: move it"),
    "nw": later("{title}: top left corner"),
    "n": later("{title}: top edge"),
    "ne": later("{title}: top right corner"),
    "e": later("{title}: right edge"),
    "se": later("{title}: bottom right corner"),
    "s": later("{title}: bottom edge"),
    "sw": later("{title}: bottom left corner"),
    "w": later("{title}: left edge"),
}

SIGNS = {"left": "↺", "right": "↻", "across": "⇄", "down": "⇅"}
"""How the picture is turned or flipped -> what stands on the button."""

A_SIDE, A_TURN = 1000, 10.0  # px and degrees of a picture of which one asks whether turning it cuts something off


@dataclass(frozen=True)
class Hold:
    """A card that one can take hold of in the picture; `before` is what is shown meanwhile where that is cut.

    What comes before the card can be turned and flipped (`turns`) where that is shown, or by the card itself.
    """

    card: str
    step: Step
    before: Pipeline | None
    turns: bool = False

    @property
    def needs_room(self) -> bool:
        """Whether nothing else may lie over the picture or at its lower edge."""
        return self.before is not None or self.turns or bool(step_grips(self.step).words)


def hold_of(cards: Cards) -> Hold | None:
    """The last open card that has something to take hold of where it is seen; None where there is none.

    A rectangle is drawn on the picture before its own step, and a picture is levelled as it was before; a point lies
    only where no later step has another canvas, on which it would lie elsewhere.
    """
    shown = (cards.alone,) if cards.alone else cards.stack
    has_moved = False
    for place, card in reversed([*enumerate(shown)]):
        step, is_open = card.step, card.id in cards.opened and not card.step.muted
        if isinstance(step, Step) and is_open:  # a look has nothing in the picture
            grips = step_grips(step)
            if grips.box or grips.turned:
                before = Pipeline(tuple(each.step for each in shown[:place]))
                return Hold(card.id, step, before, turns=cards.alone is None)
            if grips and not has_moved:
                return Hold(card.id, step, None, turns=bool(grips.quarter))
        has_moved = has_moved or any(step.effect.kind is Kind.CANVAS and step.is_active for step in card.steps)
    return None


def step_grips(step: Step) -> Grips:
    """What can be taken hold of with these values."""
    return counting_grips(step.effect, step.params)


def grips_data(hold: Hold) -> dict[str, Any]:
    """What the browser needs to draw the handles, and to say what they are."""
    step, grips = hold.step, step_grips(hold.step)
    marks = {param.name: param.mark for param in step.effect.params}
    shapes = shape_ratios(marks[grips.shape]) if grips.shape else {}
    anchors = places(marks[grips.anchor]) if grips.anchor else {}
    return {
        "card": hold.card,
        "values": {name: step.params[name] for name in grips.names},
        "limits": {name: [mark.low, mark.high] for name in grips.names if isinstance(mark := marks[name], Range)},
        "box": list(grips.box),
        "spots": [list(pair) for pair in grips.spots],
        "around": grips.around,
        "across": grips.across,
        "angle": grips.angle,
        "bearing": list(BEARINGS[grips.bearing]),
        "turned": grips.turned,
        "cuts": bool(grips.turned) and turning_cuts(step, grips),
        "words": grips.words,
        "longest": words.max_length if isinstance(words := marks.get(grips.words), Text) else 0,
        "aside": list(grips.aside),
        "anchor": list(anchors.get(str(step.params.get(grips.anchor)), (0.5, 0.5))),
        "margin": MARGIN,
        "shape": grips.shape,
        "shapes": [{"value": value, "title": label(value), "ratio": ratio} for value, ratio in shapes.items()],
        "turns": [{"way": way, "title": _(TITLES[way]), "sign": SIGNS[way]} for way in TITLES if hold.turns],
        "says": grips_words(step, grips),
    }


def grips_words(step: Step, grips: Grips) -> dict[str, str]:
    """What each handle is called, for those who do not see it."""
    title = _(step.effect.title)
    says = {name: _(words).format(title=title) for name, words in CORNERS.items()} if grips.box else {}
    for number in range(len(grips.spots)):
        says[f"center{number + 1 if number else ''}"] = _("{title}: where it is").format(title=title)
    says |= {name: _("{title}: {setting}").format(title=title, setting=label(name).lower()) for name in grips.names}
    if grips.words:
        says["place"] = _("{title}: where it stands; Enter to write").format(title=title)
        says["write"] = _("{title}: what is written; Escape ends it").format(title=title)
    return says


def turning_cuts(step: Step, grips: Grips) -> bool:
    """Whether the picture is cut where it is turned, so that no empty corners are left."""
    turned = Step(step.effect, {**step.params, grips.turned: A_TURN})
    return turned.size(A_SIDE, A_SIDE) != (A_SIDE, A_SIDE)


def wish_of(cards: Cards, told: Any) -> tuple[str, dict[str, Any], str] | None:
    """Which card's parameters the browser asks for, by hand on the picture, and in which stay; None for all else."""
    match told:
        case {"card": str(name), "values": dict(values), "stay": str(stay)}:
            card = cards.card(name)
            if card is None or not isinstance(card.step, Step):
                return None
            known = step_grips(card.step).names
            return name, {param: value for param, value in values.items() if param in known}, f"stage {stay}"
    return None
