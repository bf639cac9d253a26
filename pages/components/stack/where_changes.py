"""What a person does to a card's mask: chooses where it counts, adds and sets shapes, paints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from effects.masks.shapes import Brush, Shape
from effects.masks.strokes import PARTS
from pages.components.stack.card import Card
from pages.components.stack.cards import Cards
from pages.components.stack.where_shapes import ABOVE, EVERYWHERE, SEVERAL, first_shape

LINE = re.compile(r"(\d{1,4}):(-?\d{1,4},-?\d{1,4}(?:;-?\d{1,4},-?\d{1,4})*)")
"""A line of a brush as a browser tells it: its size, and its points, in thousandths."""

MaskPart = Shape | Mapping[str, Any]


def choose_where(cards: Cards, name: str, chosen: str) -> None:
    """Have a card count everywhere, where a new shape of this kind is, or where the card above it counts."""
    card = cards.card(name)
    if card is None or not card.has_slider or chosen == SEVERAL:
        return
    if chosen == ABOVE:
        cards.follow_above(name)
        cards.masking = replace(cards.masking, card="")
    else:
        cards.change(name, mask=() if chosen == EVERYWHERE else (first_shape(chosen),))
        cards.masking = replace(cards.masking, card="" if chosen == EVERYWHERE else name, shape=0, is_eraser=False)


def shape_in_hand(cards: Cards, card: Card) -> int:
    """The place of the shape of a card's mask that one works on: the one that was chosen, else the last."""
    last = max(len(card.step.mask) - 1, 0)
    return min(cards.masking.shape, last) if cards.masking.card == card.id else last


def show_mask(cards: Cards, name: str, is_shown: bool) -> None:
    """Show a card's mask in the picture, where it can be moved and painted, or no more."""
    card = cards.card(name)
    if card is not None:
        place = shape_in_hand(cards, card)
        cards.masking = replace(cards.masking, card=name if is_shown else "", shape=place)


def choose_shape(cards: Cards, name: str, place: int) -> None:
    """Work on the shape at this place of a card's mask."""
    if cards.card(name) is not None:
        cards.masking = replace(cards.masking, card=name, shape=place, is_eraser=False)


def add_shape(cards: Cards, name: str, kind: str) -> None:
    """Put a shape of this kind behind those that a card's mask has; more than it may have are refused in words."""
    card = cards.card(name)
    if card is not None and card.has_slider:
        before = len(card.step.mask)
        cards.change(name, mask=(*card.step.mask, first_shape(kind)))
        card = cards.card(name)
        if card is not None and len(card.step.mask) > before:
            choose_shape(cards, name, before)


def remove_shape(cards: Cards, name: str, place: int) -> None:
    """Take a shape out of a card's mask."""
    card = cards.card(name)
    if card is not None and place < len(card.step.mask):
        cards.change(name, mask=(*card.step.mask[:place], *card.step.mask[place + 1 :]))


def set_shape(cards: Cards, name: str, place: int, values: Mapping[str, Any], stay: str = "") -> None:
    """Give the shape at this place of a card's mask other values; those that it cannot have are told, not taken."""
    card = cards.card(name)
    if card is not None and place < len(card.step.mask):
        shape = card.step.mask[place]
        strokes = {"strokes": shape.strokes} if isinstance(shape, Brush) else {}  # as they are: read once is enough
        told = {"kind": shape.kind, **{key: getattr(shape, key) for key in shape_names(shape)}, **strokes}
        put_part(cards, card, place, {**told, **values}, stay)


def shape_names(shape: Shape) -> tuple[str, ...]:
    """All that a shape says but its strokes."""
    return tuple(name for name in type(shape)().to_json() if name not in ("kind", "strokes"))


def paint(cards: Cards, name: str, place: int, lines: Iterable[str], *, soft: float, is_eraser: bool) -> None:
    """Add what was painted in one go to a brush in a card's mask: one step back, however many lines it is.

    What is no line of a brush paints nothing; more than a mask may hold is told.
    """
    card = cards.card(name)
    if card is None or place >= len(card.step.mask):
        return
    brush, strokes = card.step.mask[place], [read_line(line) for line in lines]
    if isinstance(brush, Brush) and all(strokes):
        fresh = [{**stroke, "soft": soft, "erase": is_eraser} for stroke in strokes]
        set_shape(cards, name, place, {"strokes": (*brush.strokes, *fresh)})


def read_line(line: str) -> dict[str, Any]:
    """A line of a brush as a recipe has it, nothing where it is none."""
    found = LINE.fullmatch(line)
    if found is None:
        return {}
    points = [[int(part) / PARTS for part in point.split(",")] for point in found[2].split(";")]
    return {"size": int(found[1]) / PARTS, "points": points}


def put_part(cards: Cards, card: Card, place: int, part: MaskPart, stay: str) -> None:
    """Put what is said of a shape in place of the one there."""
    mask = card.step.mask
    cards.change(card.id, mask=(*mask[:place], part, *mask[place + 1 :]), stay=stay)
