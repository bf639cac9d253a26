"""A second try for pictures whose address was not there yet, or no longer."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

# Streamlit drops a picture's address while a page is drawn anew, and gives the same one back after it: a browser that
# asks in between would show a broken picture for good.
_retry = st.components.v2.component("picture_retry", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def picture_retry() -> None:
    """Watch over the page's pictures; nothing is to be seen of it."""
    _retry(key="picture_retry")
