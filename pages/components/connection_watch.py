"""A word on every page when the server can no longer be reached, said by the browser itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__)
_watch = st.components.v2.component(
    "connection_watch",
    html='<div class="word" hidden><p role="alert"></p><button type="button">Reload</button></div>',
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def connection_watch() -> None:
    """Stand ready to tell that the connection was lost, and what to do then; takes no room on the page."""
    with st.container(key="connection"):
        _watch(key="connection_watch")
