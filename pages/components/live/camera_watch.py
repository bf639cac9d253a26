"""Words for a live camera that does not come, said at once and by the browser itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.components.camera_words import ANSWERS

_HERE = Path(__file__)
_watch = st.components.v2.component(
    "camera_watch",
    html='<p role="alert"></p>',
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js="".join(part.read_text(encoding="utf-8") for part in (ANSWERS, _HERE.with_suffix(".js"))),
)


def camera_watch() -> None:
    """Stand ready to say why there is no camera; asks for none itself.

    It listens to the answer that the player's frame gets, and says nothing while all is well.
    """
    _watch(key="camera_watch")
