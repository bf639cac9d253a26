"""A component of the page, from the files beside the Python that names it: `x.js`, and `x.css` where there is one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components import pieces, session
from pages.components.page_script import loader, page_script

UNSAID = 'button:empty:not([aria-label]), [type="search"]:not([aria-label]), label:has(> span:empty)'
NAMELESS = f"{UNSAID} {{ visibility: hidden; }}\n"
"""What a script has given no words yet: nobody should meet it."""

STYLE_IMPORT = re.compile(r'^@import "(\.[^"]+\.css)";\n', re.MULTILINE)


def page_component(name: str, module: str, html: str = "", css: str = "", *, at_once: bool = False) -> Any:
    """The component `name` of the Python file `module` (its `__file__`), declared once as the file is imported.

    Its script may import others, its style sheet may, too; a short style may be given instead of a file. The script
    does not travel in messages (see `loader`), but for one that must be there `at_once`, though nothing can be fetched.
    """
    file = Path(module)
    sheet, script = file.with_suffix(".css"), file.with_suffix(".js")
    style = css or (style_sheet(sheet) if sheet.exists() else "")
    component: Any = st.components.v2.component(
        name,
        html=html or None,
        css=NAMELESS + style if html else style or None,
        js=page_script(script) if at_once else loader(script),
    )

    @wraps(component)
    def shown(**wishes: Any) -> Any:
        part = session.part()
        return component(**{name: followed(wish, part) if callable(wish) else wish for name, wish in wishes.items()})

    return shown


def followed(heard: Callable[[], None], part: str) -> Callable[[], None]:
    """The same callback, after which the part of the page is drawn that its component stands in.

    What components of two parts tell in the same moment leaves the browser in one message, for which Streamlit draws
    the part of whichever was first: the other would have been heard, and not be followed before the next press.
    """

    def called() -> None:
        heard()
        pieces.have_drawn(part)

    return called


def style_sheet(file: Path) -> str:
    """A style sheet, with those that it imports (`@import "./x.css";`) in their places."""
    return STYLE_IMPORT.sub(lambda found: style_sheet(file.parent / found[1]), file.read_text(encoding="utf-8"))
