"""Tabs that were closed: what the server held for them is given back, also when nobody else comes.

Streamlit keeps a closed tab's session for `server.disconnectedSessionTTL` seconds in case it comes back: a phone whose
camera or lock screen was in front. But it looks at the clock only when the next tab closes, and shuts a session down
only when the collector finds it; until then its pictures, its event loop and that loop's three descriptors stay.
"""

import asyncio
import gc
import logging
from typing import Any

from streamlit import runtime

from effects.memory import heaps

log = logging.getLogger(__name__)

EVERY = 5.0  # s


async def give_back() -> None:
    """Look after the closed tabs every few seconds; runs until it is cancelled."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            look()
        except Exception:  # one look that failed is no reason never to look again
            log.exception("What closed tabs hold could not be given back")


def look() -> None:
    """Give back what the tabs hold that have been closed, once."""
    if runtime.exists():
        running = runtime.get_instance()
        rested, gone = rest(running), shut_down(running)
        if gone:
            gc.collect()
        if rested or gone:
            heaps.give_back()


def rest(running: Any) -> int:
    """Close the event loops of sessions whose tab is closed, and say of how many.

    One that comes back is given a new one by Streamlit.

    Streamlit has no call for this or for `shut_down`: what both use is its own, of version 1.67.
    """
    manager = running._session_mgr
    with manager._storage_lock:
        waiting = [info.session for info in manager._session_storage.list()]
    idle = [
        session
        for session in waiting
        if session._scriptrunner is None
        and not session._script_event_loop.is_closed()
        and not session._script_event_loop.is_running()
    ]
    for session in idle:
        session._script_event_loop.close()
    return len(idle)


def shut_down(running: Any) -> int:
    """Shut down the sessions whose time is over; how many there were."""
    manager = running._session_mgr
    with manager._storage_lock:
        gone = manager._session_storage._cache.expire()
    for _, info in gone:
        info.session.shutdown()
    return len(gone)
