"""Cards as groups with a name, for those who hear the page: Streamlit's containers have none."""

from __future__ import annotations

from collections.abc import Mapping

from pages.components.page_component import page_component

_groups = page_component("card_groups", __file__)


def card_groups(titles: Mapping[str, str]) -> None:
    """Name the containers with these keys; nothing is to be seen of it."""
    _groups(key="card_groups", data=dict(titles))
