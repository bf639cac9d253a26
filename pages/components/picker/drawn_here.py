"""Whether this browser draws the picker's tiles by itself: it has proven that it can, today or on another day."""

from __future__ import annotations

from pages.components import session
from pages.components.page_component import page_component
from pages.components.unforeseen import fragment

KEY = "drawn_here"
_drawn_here = page_component(KEY, __file__)


@fragment
def drawn_here() -> None:
    """Hear it, a part of the page by itself; nothing is to be seen of it."""
    _drawn_here(key=KEY, data={"known": is_drawn_here()}, default={"proven": False}, on_proven_change=lambda: None)


def is_drawn_here() -> bool:
    """As it has told."""
    return bool(session.component_value(KEY, "proven"))
