"""What can be set on a page, under AppTest."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

WIDGETS = (
    "slider",
    "select_slider",
    "selectbox",
    "toggle",
    "checkbox",
    "color_picker",
    "number_input",
    "text_input",
    "text_area",
    "file_uploader",
)


def settable(app: AppTest) -> dict[str, bool]:
    """Each widget's key, and whether one can set it now."""
    widgets: list[Any] = [widget for kind in WIDGETS for widget in app.get(kind)]
    return {widget.key: not widget.disabled for widget in widgets}
