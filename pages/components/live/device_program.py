"""The stack as the program that this device draws the camera's picture with, and which of it only the server can do."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from effects import Pipeline
from effects.shaders import program
from pages.components import session
from pages.components.drawing.dials import dials, settings, wired_dials
from pages.components.drawing.program_address import program_address
from pages.components.live.device_card import proof_address
from pages.components.live.room import Room
from pages.components.live.way import SERVER, choose_way
from pages.components.page_component import page_component
from pages.components.stack.card import title_of
from pages.components.stack.cards import Cards
from pages.components.stack.needs_server import is_drawable
from pages.components.words import _, listed, plural
from pages.components.workbench import Workbench

KEY = "device_program"

_program = page_component(KEY, __file__)


def device_program(bench: Workbench, room: Room) -> None:
    """Tell the browser the program of the stack that is shown; of what it leaves out, say so and propose the server."""
    missing = [title_of(item) for item in bench.shown if item.is_active and not is_drawable(item)]
    if missing:
        told = plural(
            "{titles} can be computed on the server only, and is left out on this device.",
            "{titles} can be computed on the server only, and are left out on this device.",
            len(set(missing)),
        )
        st.info(told.format(titles=listed(list(dict.fromkeys(missing)))))
        st.button(
            _("Show all of it on the server"), key="to_server", type="primary", on_click=choose_way, args=(room, SERVER)
        )
    _program(key=KEY, data=what_to_draw(bench))


def drawable(shown: Pipeline) -> Pipeline:
    """The stack without what only the server can do."""
    return Pipeline(tuple(item for item in shown if is_drawable(item)))


def what_to_draw(cards: Cards) -> dict[str, Any]:
    """The program of what can be drawn, what proves it, which widgets move it, and what these hold."""
    drawn = drawable(cards.shown)
    # The page is drawn anew for other reasons, too.
    made = session.kept("device-program", drawn, partial(program, drawn))
    moving = dials(cards, lambda card: is_drawable(card.step))
    told = wired_dials(moving, made.values)
    held = {key: value for key, value in settings(moving).items() if key in told}
    proof = proof_address(drawn, KEY)
    told_of = {"is_plain": not any(item.is_active for item in drawn), "proof": proof, "dials": told, "settings": held}
    return {**program_address(made, KEY), **told_of}
