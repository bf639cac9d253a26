"""Cards worked by hand: dragged to another place, a setting reset by a double click, the last one added in sight."""

from __future__ import annotations

import streamlit as st

from pages.components.page_component import page_component
from pages.components.stack.card import Card, differing
from pages.components.stack.cards import Cards
from pages.components.words import _, later, translated

WORDS = {
    "moved": later("{title}, moved to {place} of {count}"),
    "differs": later("Changed. A double click on the name resets it."),
}

_hands = page_component(
    "card_hands",
    __file__,
    html='<p role="status"></p>',
    css="p { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }",
)


def card_hands(cards: Cards) -> None:
    """Stand before the container `cards`; but for the handles there, nothing is to be seen of it.

    What a hand does goes with all other presses, in their order (`presses`); a card that was moved stands at its new
    place until the server has followed. Without this script a card's menu moves and resets it.
    """
    _hands(
        key="card_hands",
        data={
            "titles": {card.id: card.title for card in cards.stack},
            "shown": [key for card in cards.stack if card.id in cards.opened for key in shown_keys(card)],
            "followed": cards.last_press[1],
            "differing": [key for card in cards.stack for key in differing(card)],
            "words": translated(WORDS),
        },
    )


def handle(card: str, title: str) -> None:
    """What a card is taken by: dragged by a pointer, or moved by the arrow keys up and down."""
    named = _("Move {title}: drag it, or press arrow up or down").format(title=title)
    st.button(named, key=f"{card}-move", icon=":material/drag_indicator:", type="tertiary")


def shown_keys(card: Card) -> list[str]:
    """The keys of an open card and of what comes and goes on it: what is new of them is brought in sight."""
    return [f"card-{card.id}", *([f"{card.id}-where-lines"] if card.step.mask else [])]
