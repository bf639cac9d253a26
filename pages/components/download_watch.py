"""Notices a download that failed, so that the page can say why."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

# A download that runs no script tells the script nothing; Streamlit's own words are "Failed to generate file".
_watch = st.components.v2.component("download_watch", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def download_watch() -> bool:
    """Whether a download has just failed."""
    return bool(_watch(key="download_watch", on_failed_change=lambda: None).failed)
