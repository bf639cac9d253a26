"""What of the stack moves as a person moves it: which widget stands for which variable of the picture's program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from effects.marks import Range, Swatch
from effects.masks.shapes import COMMON, Luma
from effects.shaders.masks import is_table
from pages.components.stack.card import Card
from pages.components.stack.cards import Cards
from pages.components.stack.where_changes import shape_in_hand
from pages.components.stack.where_shapes import settings_of
from pages.components.widgets import has_stops, slider_stops


@dataclass(frozen=True)
class Dial:
    """A widget by its key, the variable that it sets, and what it holds now.

    The variable is called as in `effects.shaders.Program`; a colour's are three, and begin so. A widget with `stops`
    tells which of them it is at.
    """

    key: str
    variable: str
    value: float | str
    stops: tuple[float, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """All that it sets."""
        is_colour = isinstance(self.value, str)
        return tuple(f"{self.variable}.{channel}" for channel in range(3)) if is_colour else (self.variable,)

    def wire(self) -> list[Any]:
        """It for the browser: what its variables begin with, and its stops."""
        return [self.variable, list(self.stops)]


def dials(cards: Cards, is_drawn: Callable[[Card], bool] = lambda card: True) -> tuple[Dial, ...]:
    """Those of the stack that is shown; of the cards that are turned off there are none.

    Cards that are not `is_drawn` have none either, and no place in the program.
    """
    shown = [card for card in ((cards.alone,) if cards.alone else cards.stack) if is_drawn(card)]
    on = [(place, card) for place, card in enumerate(shown) if card is cards.alone or not card.step.muted]
    masked = (card for place, card in on if is_mask_alone(card, [later for other, later in on if other > place]))
    places = {card.id: place for place, card in on}
    return (
        *(dial for place, card in on for dial in dials_of(card, str(place))),
        *(dial for card in masked for dial in mask_dials(cards, card, f"{places[card.id]}.mask")),
    )


def dials_of(card: Card, path: str) -> Iterator[Dial]:
    """Those of one card, which is in this place of the stack."""
    if card.has_slider:
        yield Dial(f"{card.id}-strength", f"{path}.strength", float(card.step.strength))
    for param in card.effect.params if card.effect else ():
        value: Any = card.params[param.name]
        key, variable = f"{card.id}-{param.name}", f"{path}.{param.name}"
        if isinstance(param.mark, Swatch):
            yield Dial(key, variable, value)
        elif isinstance(param.mark, Range):
            stops = slider_stops(param.mark, value) if has_stops(param.mark) else ()
            yield Dial(key, variable, float(value), tuple(map(float, stops)))


def is_mask_alone(card: Card, below: Sequence[Card]) -> bool:
    """Whether a card has a mask, and no card below it shares that by chance: if one moves, they part."""
    for other in below:
        if other.step.mask == card.step.mask:
            if not other.is_as_above:
                return False
        elif other.step.is_active:
            break
    return bool(card.step.mask) and not card.is_as_above


def mask_dials(cards: Cards, card: Card, path: str) -> Iterator[Dial]:
    """Those of a card's mask: of each shape what is moved in the picture, of the one in hand its widgets, too."""
    in_hand = shape_in_hand(cards, card)
    for place, shape in enumerate(card.step.mask):
        for name in settings_of(shape) if not is_table(shape) else ():
            value: Any = getattr(shape, name)
            mark = {**COMMON, **shape.marks}[name]
            if not isinstance(mark, Range | Swatch) or isinstance(shape, Luma):
                continue  # a range of light is one slider with two ends
            value = value if isinstance(mark, Swatch) else float(value)
            variable = f"{path}.{place}.{name}"
            yield Dial(f"{card.id}/{place}-{name}", variable, value)
            if place == in_hand:
                yield Dial(f"{card.id}-where-{name}", variable, value)


def settings(of: tuple[Dial, ...]) -> Mapping[str, float | str]:
    """What each widget holds, by its key: by it the browser knows whether a picture is of what it shows."""
    return {dial.key: dial.value for dial in of}


def wired_dials(of: tuple[Dial, ...], values: Mapping[str, float]) -> dict[str, list[Any]]:
    """Those that move a program with these variables, for the browser, by their keys."""
    return {dial.key: dial.wire() for dial in of if values.keys() >= {*dial.variables}}
