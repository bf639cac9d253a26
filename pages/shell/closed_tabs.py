"""Tabs that were closed: what the server held for them is given back, also when nobody else comes.

Streamlit keeps a closed tab's session for `server.disconnectedSessionTTL` seconds in case it comes back, but looks at
the clock only when the next tab closes, and shuts a session down only when the collector finds it: until then its
pictures, its event loop and three descriptors stay.
"""

import asyncio
import gc
from typing import Any

from streamlit import runtime

EVERY = 5.0  # s


async def give_back() -> None:
    """Shut down, every few seconds, the sessions that nobody can come back to; runs until it is cancelled."""
    while True:
        await asyncio.sleep(EVERY)
        if runtime.exists() and shut_down(runtime.get_instance()):
            gc.collect()


def shut_down(running: Any) -> int:
    """Shut down the sessions whose time is over; how many there were.

    Streamlit has no call for it: what is used here is its own, of version 1.67.
    """
    manager = running._session_mgr
    with manager._storage_lock:
        gone = manager._session_storage._cache.expire()
    for _, info in gone:
        info.session.shutdown()
    return len(gone)
