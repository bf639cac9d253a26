"""The booth over the whole screen, for parties; and Space, which takes a photo there as on the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__)
WORDS = {"enter": "Full screen", "leave": "Leave full screen"}
_button = st.components.v2.component(
    "full_screen",
    html='<button type="button"><span class="sign" aria-hidden="true"></span><span class="word"></span></button>',
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js="".join(path.read_text(encoding="utf-8") for path in (_HERE.with_name("space.js"), _HERE.with_suffix(".js"))),
)


def full_screen() -> None:
    """Show the button; Space presses the shutter while that can be pressed.

    What is shown then is left to `booth.css`: the video, and the row with the shutter.
    """
    _button(key="full_screen", data={"words": WORDS}, width="content")
