"""The button that gives the zip: the browser fetches it by itself, and no run of the page waits for it."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.words import _

KEY = "download"
_button = page_component("zip_button", __file__, html='<button type="button"></button><a hidden></a>')


def zip_button(address: str, name: str) -> None:
    """Offer the zip at this address under a name."""
    _button(key=KEY, data={"address": address, "name": name, "word": _("Save all as a zip")}, width="content")
