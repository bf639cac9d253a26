"""A word on every page when the server can no longer be reached, said by the browser itself."""

from __future__ import annotations

import streamlit as st

from pages.components.page_component import page_component
from pages.components.words import later, translated

WORDS = {
    "offline": later("This device is offline. The page goes on by itself once there is a network again."),
    "lost": later(
        "The connection to the server was lost. The page keeps trying to get it back; if it does not come, check your "
        "network or reload the page."
    ),
    "gone": later("The connection to the server cannot be restored. Reload the page to go on."),
    "live": later("If live video stops, press Start once the connection is back."),
    "back": later("The connection is back. Press Start to go on with live video."),
    "reload": later("Reload"),
}

_watch = page_component(
    "connection_watch",
    __file__,
    html='<div class="word" hidden><p role="alert"></p><button type="button"></button></div>',
    at_once=True,
)


def connection_watch() -> None:
    """Stand ready to tell that the connection was lost, and what to do then; takes no room on the page."""
    with st.container(key="connection"):
        _watch(key="connection_watch", data={"words": translated(WORDS)})
