"""A word on every page when the server can no longer be reached, said by the browser itself."""

from __future__ import annotations

import streamlit as st

from pages.components.page_component import page_component

_watch = page_component(
    "connection_watch",
    __file__,
    html='<div class="word" hidden><p role="alert"></p><button type="button">Reload</button></div>',
)


def connection_watch() -> None:
    """Stand ready to tell that the connection was lost, and what to do then; takes no room on the page."""
    with st.container(key="connection"):
        _watch(key="connection_watch")
