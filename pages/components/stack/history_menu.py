"""History: what was done, step by step, the newest last; a click goes back or forth to how it was then."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.components import pieces, session
from pages.components.page_component import page_component
from pages.components.stack.cards import Cards
from pages.components.stack.history import State
from pages.components.stack.moves import STATES
from pages.components.widgets import label
from pages.components.words import _

KEY = "history_list"
_list = page_component(
    KEY,
    __file__,
    html="<ol></ol>",
)


def history_menu(cards: Cards) -> None:
    """A button that opens the list of all states that undo and redo can reach.

    A click on one is told as undo and redo are (see `presses`), so that it comes in its order among them.
    """
    with st.popover(_("History"), icon=":material/history:", key="history", disabled=len(cards.history.states) == 1):
        pieces.piece(STATES, partial(states, cards))


def states(cards: Cards) -> None:
    """The list."""
    history = cards.history
    data = {
        "states": [{"number": state.number, "title": words_of(state)} for state in history.states],
        "now": history.now.number,
        "name": _("What was done, the newest last"),
    }

    def picked() -> None:
        number = session.component_value(KEY, "picked")
        if isinstance(number, int):
            cards.go_to(number)

    _list(key=KEY, data=data, on_picked_change=picked)


def words_of(state: State) -> str:
    """What led to a state, as one reads it: "Add Noir", "Vignette: amount"."""
    if not state.param:
        return _(state.title)
    name = label(state.param)
    setting = name if name[:2].isupper() else name[:1].lower() + name[1:]
    return _("{title}: {setting}").format(title=state.title, setting=setting)
