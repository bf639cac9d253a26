"""The uploader's other ways in: several files dropped together, and its chooser opened by another button."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.components import session
from pages.components.trouble import MAX_NAME_LETTERS, escape
from pages.components.workbench import Workbench

KEY = "upload_watch"
MAX_NAMED = 5
_watch = st.components.v2.component(KEY, js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def upload_watch(bench: Workbench) -> None:
    """Take the first of several dropped files that opens, and name the others."""

    def left() -> None:
        names = session.component_value(KEY, "left")
        bench.left_out = tuple(str(name) for name in names) if isinstance(names, list) else ()

    _watch(key=KEY, data={"answers": bench.answers, "is_open": not bench.photo_trouble}, on_left_change=left)
    if bench.left_out:
        named = ", ".join(name[:MAX_NAME_LETTERS] for name in bench.left_out[:MAX_NAMED])
        more = " and more" if len(bench.left_out) > MAX_NAMED else ""
        st.caption(escape(f"One photo is opened at a time. Not opened: {named}{more}."))
