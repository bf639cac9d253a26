"""A sentence about what could not be done."""

from __future__ import annotations

import streamlit as st


def trouble(sentence: str) -> None:
    """Tell it, if there is one. It may quote what a stranger sent, so nothing in it becomes a link or a picture."""
    if sentence:
        st.error(sentence.replace("](", "]\\(").replace("://", ":\\//"))
