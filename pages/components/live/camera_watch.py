"""Words for a live camera that does not come, said at once and by the browser itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.components.camera_words import ANSWERS

_HERE = Path(__file__)
_SCRIPTS = (ANSWERS, _HERE.with_name("player_frame.js"), _HERE.with_suffix(".js"))
_watch = st.components.v2.component(
    "camera_watch",
    html='<p role="alert"></p>',
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js="".join(part.read_text(encoding="utf-8") for part in _SCRIPTS),
)


def camera_watch(shape: float) -> bool:
    """Stand ready to say why there is no camera; asks for none itself. False where the browser can have no live video.

    It listens to the answer that the player's frame gets, and says nothing while all is well. The frame is as high as
    a video of this shape (width by height) will need, before there is one.
    """
    return not _watch(key="camera_watch", data={"shape": shape}, on_why_not_change=lambda: None).why_not
