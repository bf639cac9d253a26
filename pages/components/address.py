"""The address, which always holds the stack: a reload, a bookmark or a copy of it opens the same."""

from __future__ import annotations

from effects import RecipeError
from pages.components.page_component import page_component
from pages.components.workbench import Workbench

_address = page_component("address", __file__)


def address(bench: Workbench) -> None:
    """Write the stack into the address, in place of the one before: the browser's way back does not lead through it.

    Streamlit's own `st.query_params` would add an entry to the history for each change.
    """
    try:
        link = bench.pipeline.to_link() if bench.stack else ""
    except RecipeError:
        link = ""
    bench.remember_link(link)
    _address(key="address", data={"recipe": link})
