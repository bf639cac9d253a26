"""Whether one compares: the switch that lays the bar between before and after over the picture."""

from __future__ import annotations

import streamlit as st

from pages.components import session
from pages.components.words import _
from pages.components.workbench import Workbench

KEY = "compare"


def compare(bench: Workbench) -> None:
    """The switch, where there is something to compare."""
    if bench.stack:
        st.toggle(_("Compare"), key=KEY, persist_state="session")


def is_comparing(bench: Workbench) -> bool:
    """Whether it is on, for what is drawn before it."""
    return bool(bench.stack and session.value(KEY))
