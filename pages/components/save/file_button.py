"""The button that gives a file at an address: the browser fetches it by itself, and no run of the page waits for it."""

from __future__ import annotations

from pages.components.page_component import page_component

KEY = "download"
_button = page_component("file_button", __file__, html='<button type="button"></button><a hidden></a>')


def file_button(address: str, name: str, word: str) -> None:
    """Offer the file at this address under a name; `word` is what stands on the button."""
    _button(key=KEY, data={"address": address, "name": name, "word": word}, width="content")
