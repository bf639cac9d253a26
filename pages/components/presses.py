"""What is pressed faster than pages are drawn: undo, redo, looks, jumps; counted by the browser, none lost."""

from __future__ import annotations

from functools import partial

from pages.components import session
from pages.components.page_component import page_component
from pages.components.stack.cards import NO_LOOK
from pages.components.stack.moves import follow_hand
from pages.components.stack.told_presses import follow
from pages.components.workbench import Workbench

KEY = "presses"
SLIDING = "s"  # at the end of what tells of a slider in hand
_presses = page_component(KEY, __file__)


def presses(bench: Workbench) -> None:
    """Stand before the stack that the presses are about; nothing is to be seen of it.

    Streamlit merges messages that come while it draws: of two presses of a button one is left, and of a press and a
    click the order is lost. The browser's list arrives whole, and is followed after what was clicked before it; what is
    clicked after it waits in the browser until `seen` tells that it has been followed. Without this script buttons work
    as buttons do. In a field that one types in, the keys of undo take letters back, not cards.

    The strip of looks is not drawn at each press: it is told from here which of them is on the stack.
    """
    follow(bench, session.component_value(KEY, "pressed"))
    load, count = bench.last_press
    _presses(
        key=KEY,
        data={"load": load, "seen": count, "look": bench.look or NO_LOOK},
        default={"pressed": None, "hand": ""},
        on_pressed_change=lambda: None,
        on_hand_change=partial(follow_hand, bench),
    )


def stay_on(key: str) -> str:
    """The stay of the focus on the slider with this key; "" where the browser tells of another widget or of none."""
    hand = session.hand()
    return hand if hand.startswith(f"{key} ") and hand.endswith(SLIDING) else ""
