"""The browser's side of one's own looks: what it keeps comes up once, and wishes go down to it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.components import session
from pages.components.own.own_look import MAX_BYTES
from pages.components.own.own_looks import MAX_HEAD, MAX_LOOKS, OwnLooks
from pages.components.page_component import page_component
from pages.components.stack.card import own_look_of
from pages.components.stack.cards import Cards
from pages.components.stack.surprise import SURPRISE
from pages.components.trouble import literal
from pages.components.words import _
from pages.components.workbench import Workbench

KEY = "own_store"
_store = page_component(KEY, __file__)


def own_looks() -> OwnLooks:
    """What this session knows of them."""
    return session.hold("own-looks", OwnLooks)


def own_store(bench: Workbench) -> None:
    """Hear of the browser's looks when the page opens and when they change, in another tab too.

    They come as a trigger, for what a component holds as its state is sent again with every press of anything.
    """
    held = own_looks()

    def heard() -> None:
        held.hear(session.component_value(KEY, "told"))
        bench.own = held.groups
        know_again(bench)

    _store(
        key=KEY,
        data={
            "session": session.identity(),
            "known": [*map(list, held.heads)],
            "wishes": [dict(wish) for wish in held.wishes],
            "most": {"looks": MAX_LOOKS, "head": MAX_HEAD, "recipe": MAX_BYTES},
        },
        on_told_change=heard,
    )
    if held.news:
        st.toast(_("{name} is one of your looks now.").format(name=literal(held.news)))
        held.news = ""


def know_again(cards: Cards) -> None:
    """Have a card that is one of one's own looks be the chosen one, where no look of the app's is.

    After a reload the stack, which the address brings, is there before the looks, which the browser keeps.
    """
    chosen = cards.look
    for place, card in enumerate(cards.stack):
        name = own_look_of(card.step, cards.own)
        if name and card.look == chosen in ("", SURPRISE):
            known = replace(card, look=name)
            cards.history = cards.history.known_as((*cards.stack[:place], known, *cards.stack[place + 1 :]))
            return
