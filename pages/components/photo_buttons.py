"""Two more buttons for a photo: paste the one in the clipboard, and on a phone take one with its own camera."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

WORDS = {
    "paste": "Paste",
    "take": "Take a photo",
    "empty": "There is no picture in the clipboard.",
    "refused": "The browser keeps its clipboard to itself. Press Ctrl+V (on a Mac, Cmd+V) on the page instead.",
}

_HERE = Path(__file__)
_buttons = st.components.v2.component(
    "photo_buttons",
    html="""
<div>
  <button type="button"></button>
  <label><input type="file" accept="image/*" capture="environment"><span></span></label>
  <p role="status"></p>
</div>""",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def photo_buttons() -> None:
    """Offer both where the browser has them; what they bring goes the way of all photos (see `intake`)."""
    _buttons(key="photo_buttons", data={"words": WORDS}, width="content")
