"""What a browser tells of presses, done on the cards: in order, none lost and none twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from secrets import randbelow
from typing import Any

from effects import EFFECTS
from pages.components.stack import turns
from pages.components.stack.cards import Cards
from pages.components.stack.surprise import MAX_SEED
from pages.components.stack.where_changes import paint

MAX_DIGITS = 9  # of a state's number
MAX_PRESSES = 200  # followed at once: as many as `presses.js` tells


def follow(cards: Cards, told: Any) -> None:
    """Do what was pressed since the last time, in order.

    The browser counts the presses of one page load, and tells the last of them: `{"load": "k3", "count": 12,
    "last": ["look noir", "undo"]}`. However many of its messages were merged into one, none is lost or done twice.
    """
    told = told if isinstance(told, Mapping) else {}
    load, number, last = (told.get(key) for key in ("load", "count", "last"))
    if not (isinstance(load, str) and isinstance(number, int) and isinstance(last, list)):
        return
    known = cards.last_press[1] if load == cards.last_press[0] else 0
    cards.last_press = load, number
    for press in last[-min(number - known, MAX_PRESSES) :] if number > known else ():
        follow_press(cards, str(press))


def follow_press(cards: Cards, press: str) -> None:
    """Do one press; one that nobody knows does nothing.

    That is "undo", "redo", "surprise", "add" or "look" and a name, "jump" and a number, "move c3 -1", a card by so many
    places, "reset c3 radius", one of its parameters or its strength, or "turn c3 left", as `Cards.turn` has it; or
    "paint c3 0 50 1 120:500,500;510,500", lines of a brush in the first shape of its mask: how soft they are, in
    percent, whether they erase, and of each its size and points, in thousandths.
    """
    match press.split(" "):
        case ["undo"]:
            cards.undo()
        case ["redo"]:
            cards.redo()
        case ["surprise"]:
            cards.surprise(randbelow(MAX_SEED))
        case ["look", name]:
            cards.choose_look(name)
        case ["add", name] if name in EFFECTS:
            cards.add(name)
        case ["jump", number]:
            cards.go_to(int(number) if number.isdecimal() and len(number) <= MAX_DIGITS else -1)
        case ["move", card, by] if re.fullmatch(r"-?\d{1,3}", by):
            cards.move(card, int(by))
        case ["reset", card, param]:
            cards.reset(card, param)
        case ["paint", card, place, soft, erase, *lines] if re.fullmatch(r"\d \d{1,3} [01]", f"{place} {soft} {erase}"):
            paint(cards, card, int(place), lines, soft=min(int(soft), 100) / 100, is_eraser=erase == "1")
        case ["turn", card, way] if way in turns.TITLES:
            cards.turn(card, way)
