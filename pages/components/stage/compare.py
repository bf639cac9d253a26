"""Whether one compares: the switch that lays the bar between before and after over the picture."""

from __future__ import annotations

import streamlit as st

from pages.components.words import _
from pages.components.workbench import Workbench


def compare(bench: Workbench) -> bool:
    """The switch, where there is something to compare; whether it is on."""
    return bool(bench.stack) and st.toggle(_("Compare"), key="compare", persist_state="session")
