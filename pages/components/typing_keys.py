"""Keeps the shortcuts of Undo and Redo away from whoever types: there the same keys take letters back, not cards."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_keys = st.components.v2.component("typing_keys", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def typing_keys() -> None:
    """Stand beside buttons with shortcuts; nothing is to be seen of it."""
    _keys(key="typing_keys")
