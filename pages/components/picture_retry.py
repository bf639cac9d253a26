"""A second try for pictures whose address was not there yet, or no longer."""

from __future__ import annotations

from pages.components.page_component import page_component

# Streamlit drops a picture's address while a page is drawn anew, and gives the same one back after it: a browser that
# asks in between would show a broken picture for good.
_retry = page_component("picture_retry", __file__)


def picture_retry() -> None:
    """Watch over the page's pictures; nothing is to be seen of it."""
    _retry(key="picture_retry")
