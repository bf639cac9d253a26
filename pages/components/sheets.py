"""On a phone: a bar of buttons under the thumb, and one sheet above it at a time."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pages.components.page_component import page_component
from pages.components.words import _, later

_bar = page_component(
    "sheets",
    __file__,
    html="<nav></nav>",
)


@dataclass(frozen=True)
class Button:
    """One of the bar: its words and sign, the part of the page it brings up, and what it presses there, by key."""

    title: str
    sign: str
    sheet: str = ""
    press: str = ""


BUTTONS = (
    Button(later("Looks"), ":material/auto_awesome:", sheet="strip"),
    Button(later("Effects"), ":material/grid_view:", sheet="side", press="open_picker"),
    Button(later("Stack"), ":material/layers:", sheet="side", press="close_picker"),
    Button(later("Compare"), ":material/compare:", press="compare"),
)


def sheets() -> None:
    """The bar; which sheet is up is a matter of the browser alone, and nothing waits for the server."""
    buttons = [
        {**asdict(button), "title": _(button.title), "sign": button.sign.strip(":").removeprefix("material/")}
        for button in BUTTONS
    ]
    _bar(key="sheets", data={"buttons": buttons, "name": _("Parts of the page")})
