"""The uploader's other ways in: several files dropped together, and its chooser opened by another button."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.components import session
from pages.components.trouble import MOST_OF_A_NAME, plain
from pages.components.workbench import Workbench

KEY = "upload_watch"
MOST_NAMED = 5
_watch = st.components.v2.component(KEY, js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def upload_watch(bench: Workbench) -> None:
    """Take the first of several dropped files that opens, and name the others."""

    def left() -> None:
        names = session.told(KEY, "left")
        bench.left_out = tuple(str(name) for name in names) if isinstance(names, list) else ()

    _watch(key=KEY, data={"answers": bench.answers, "is_open": not bench.photo_trouble}, on_left_change=left)
    if bench.left_out:
        named = ", ".join(name[:MOST_OF_A_NAME] for name in bench.left_out[:MOST_NAMED])
        more = " and more" if len(bench.left_out) > MOST_NAMED else ""
        st.caption(plain(f"One photo is opened at a time. Not opened: {named}{more}."))
