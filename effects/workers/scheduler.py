"""The connection to a Dask scheduler: there within seconds or not at all, and given up whole.

A client of Dask's that has a thread of its own leaves it behind wherever the scheduler does not answer, waits for ever
for one that takes the call and says nothing, and where it is collected as garbage while the next one starts, each waits
for the other. So the clients of a process share one thread, which stays.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any


@cache
def event_loop() -> asyncio.AbstractEventLoop:
    """Where all of a process's connections live."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="effects-cluster", daemon=True).start()
    return loop


def opened(address: str, seconds: float) -> Any:
    """A client of the scheduler at this address, for any thread; some error where there is none within the seconds."""
    make_client = import_module("distributed").Client  # seconds of imports, in which the others go on

    async def open_client() -> Any:
        client = make_client(address, asynchronous=True, timeout=seconds, set_as_default=False, name="emulsion")
        try:
            return await asyncio.wait_for(client, seconds)
        except BaseException:
            await let_go(client, seconds)
            raise

    return asyncio.run_coroutine_threadsafe(open_client(), event_loop()).result()


def close(client: Any, seconds: float) -> None:
    """Give up a connection, whatever state it is in, within the seconds."""
    asyncio.run_coroutine_threadsafe(let_go(client, seconds), event_loop()).result()


async def let_go(client: Any, seconds: float) -> None:
    """The same for who is on that thread already."""
    with suppress(Exception):
        await client.close(seconds)
    client.status = "closed"  # its end as garbage, in whatever thread, is no second try
