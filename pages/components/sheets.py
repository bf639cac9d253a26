"""On a phone: a bar of buttons under the thumb, and one sheet above it at a time."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_HERE = Path(__file__)
_bar = st.components.v2.component(
    "sheets",
    html="<nav></nav>",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)

SWITCH = "compare"
"""What is switched by its button instead of brought up: a switch that stands elsewhere on the page."""

SHEETS = {
    "strip": ("Looks", ":material/auto_awesome:"),
    "picker": ("Effects", ":material/grid_view:"),
    "side": ("Stack", ":material/layers:"),
    SWITCH: ("Compare", ":material/compare:"),
}
"""The parts of the page by key: what their buttons say and show."""


def sheets() -> None:
    """The bar; which sheet is up is a matter of the browser alone, and nothing waits for the server."""
    shown = [
        {"key": key, "title": title, "sign": sign.strip(":").removeprefix("material/")}
        for key, (title, sign) in SHEETS.items()
    ]
    _bar(key="sheets", data={"sheets": shown, "switch": SWITCH, "name": "Parts of the page"})
