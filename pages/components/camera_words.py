"""Words for a camera that does not come: refused, missing, busy, or kept away by an insecure address."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__)
ANSWERS = _HERE.with_name("camera_answers.js")
"""The script that hears what a browser answers; goes before one that shows it."""

_words = st.components.v2.component(
    "camera_words",
    html='<p role="alert"></p>',
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js="".join(part.read_text(encoding="utf-8") for part in (ANSWERS, _HERE.with_suffix(".js"))),
)


def camera_words() -> None:
    """Stand ready to say why there is no camera; asks for none itself.

    Must be on the page before the camera is asked for: it listens to the answer the browser gives.
    """
    _words(key="camera_words")
