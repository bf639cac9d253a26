"""Cards as groups with a name, for those who hear the page: Streamlit's containers have none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

_groups = st.components.v2.component("card_groups", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def card_groups(titles: Mapping[str, str]) -> None:
    """Name the containers with these keys; nothing is to be seen of it."""
    _groups(key="card_groups", data=dict(titles))
