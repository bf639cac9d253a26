"""Tabs that were closed: what the server held for them is given back, also when nobody else comes.

Streamlit keeps a closed tab's session for `server.disconnectedSessionTTL` seconds in case it comes back: a phone whose
camera or lock screen was in front. But it looks at the clock only when the next tab closes, and shuts a session down
only when the collector finds it; until then its pictures, its event loop and that loop's three descriptors stay.
"""

from __future__ import annotations

import asyncio
import logging
from itertools import count

from effects.memory import heaps
from effects.memory.sheets import SHEETS
from pages.borrowed.pictures import ROUNDS
from pages.borrowed.streamlit import close_loops_of_closed_tabs, shut_down_expired_sessions
from pages.components import session
from pages.shell.garbage import Garbage
from pages.shell.uploads import Unwanted

log = logging.getLogger(__name__)

ROUND_SECONDS = 5.0  # s
ROUNDS_OF_UPLOADS = 4  # rounds between two looks at what all sessions have uploaded, which takes its time


async def watch_closed_tabs() -> None:
    """Look after the closed tabs every few seconds; runs until it is cancelled."""
    unwanted, garbage = Unwanted(), Garbage()
    for number in count():
        await asyncio.sleep(ROUND_SECONDS)
        try:
            give_back_once(garbage)
            ROUNDS.go()
            if number % ROUNDS_OF_UPLOADS == 0:
                unwanted.let_go()
        except Exception:  # one look that failed is no reason never to look again
            log.exception("What closed tabs hold could not be given back")


def give_back_once(garbage: Garbage) -> None:
    """Give back what the tabs hold that have been closed, once."""
    rested, gone = close_loops_of_closed_tabs(session.MADE), shut_down_expired_sessions()
    is_collected = garbage.look(has_left=bool(gone))
    if rested or gone or is_collected:
        give_back_unused()


def give_back_unused() -> None:
    """Give back what lies ready for the next pictures: nobody works, and the next ones may be of other sizes."""
    SHEETS.clear()
    heaps.trim()


def watched(giving_back: asyncio.Task[None]) -> asyncio.Task[None]:
    """The task of `watch_closed_tabs`, whose end is logged where nobody asked for it."""
    giving_back.add_done_callback(_ended)
    return giving_back


def _ended(giving_back: asyncio.Task[None]) -> None:
    if not giving_back.cancelled():
        log.error("Closed tabs are looked after no more", exc_info=giving_back.exception())
