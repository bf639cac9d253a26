"""Notices a download that failed, so that the page can say why."""

from __future__ import annotations

from pages.components.page_component import page_component

# A download that runs no script tells the script nothing; Streamlit's own words are "Failed to generate file".
_watch = page_component("download_watch", __file__)


def download_watch() -> bool:
    """Whether the picture or the stack's table has just failed to come."""
    return bool(_watch(key="download_watch", on_failed_change=lambda: None).failed)
