"""Which way live video goes: through this device's own graphics card, in the page, or through the server."""

from __future__ import annotations

import streamlit as st

from pages.components import session
from pages.components.live.room import Room
from pages.components.settings import SETTINGS
from pages.components.words import _, later

KEY = "live_way"
DEVICE, SERVER = later("On this device"), later("On the server")

UNABLE, SLOW, LOST = "unable", "slow", "lost"
"""Why a browser cannot draw the stack itself, as its script tells: no WebGL2, or wrongly; too slowly; no longer."""


def way_of(room: Room) -> str:
    """The way that was chosen; where nobody has chosen, this device if it can, else the server."""
    if room.no_device in (UNABLE, LOST):
        return SERVER
    return room.way or (SERVER if room.no_device or SETTINGS.live_way == "server" else DEVICE)


def choose_way(room: Room, way: str) -> None:
    """Go this way from now on; a video that runs on the other one ends."""
    if way != way_of(room):
        room.video.hang_up()
        room.draw_anew()
    room.way = way


def live_way(room: Room) -> str:
    """The choice between the ways, where there is one; returns the way."""

    def chosen() -> None:
        if not session.is_echo(KEY):
            choose_way(room, session.value(KEY) or DEVICE)

    way = way_of(room)
    if room.no_device not in (UNABLE, LOST):
        if session.value(KEY) not in (None, way):
            session.show(KEY, way)  # another part of the page has chosen, or the browser's pace
        st.segmented_control(
            _("Effects are computed"),
            [DEVICE, SERVER],
            format_func=_,
            default=way,
            required=True,
            key=KEY,
            on_change=chosen,
            label_visibility="collapsed",
            persist_state="session",
        )
    return way
