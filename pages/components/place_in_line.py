"""One's place in the line before the workers, told while one waits."""

from __future__ import annotations

import time

import streamlit as st

from effects import workers
from effects.workers.patience import Meanwhile
from pages.components import session
from pages.components.words import plural

SOON = 0.7  # s: who waits for less need not be told


def waiting() -> Meanwhile:
    """What to call while a worker is waited for: it tells how many are ahead, and makes way for what is done meanwhile.

    It is told beside the page, where nothing moves for it.
    """
    shown, began = 0, time.monotonic()

    def look() -> None:
        nonlocal shown
        session.give_way()
        if time.monotonic() < began + SOON or (ahead := workers.ahead()) == shown:
            return
        shown = ahead
        if ahead:
            st.toast(place_words(ahead), icon=":material/hourglass_top:")

    return look


def place_words(ahead: int) -> str:
    """How many are ahead, in words."""
    told = plural(
        "The server is busy: {count} job is ahead of you.", "The server is busy: {count} jobs are ahead of you.", ahead
    )
    return told.format(count=ahead)
