"""What a run draws goes to the browser in few steps: to Streamlit each thing is one, and a slider sends fourteen.

To be called by the server, before its first session.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from effects.borrowed import lent, private

RUNTIME = "streamlit.runtime.runtime"
SESSION = "streamlit.runtime.app_session"
RUNNER = "streamlit.runtime.scriptrunner.script_runner"
SOCKET = "uvicorn.protocols.websockets.websockets_sansio_impl"

TOGETHER = 0.01  # s: as long as Streamlit lets pass between two looks for what is to be sent
IN_ONE = 0.002  # s in which what is written to a socket goes out as one


def send_together() -> None:
    """All of it."""
    hand_over_together()
    wake_directly()
    write_together()


@lent(
    "streamlit", "each thing that a run draws wakes the thread that sends, which takes the interpreter", otherwise=False
)
def hand_over_together() -> bool:
    """Have what a run draws within a moment handed over together to the thread that sends; whether that is so.

    At once where it ends: then no more is to come.
    """
    session, kinds = private(SESSION, "AppSession"), private(RUNNER, "ScriptRunnerEvent")
    going_on = {kinds.SCRIPT_STARTED, kinds.ENQUEUE_FORWARD_MSG}
    waiting, one_at_a_time = WeakKeyDictionary[Any, list[Callable[[], None]]](), threading.Lock()

    def hand_over(self: Any) -> None:
        with one_at_a_time:
            acts = waiting.pop(self, [])
        for act in acts:
            self._event_loop.call_soon(act)

    def on_event(self: Any, sender: Any, event: Any, *more: Any, **facts: Any) -> None:
        act = partial(self._handle_scriptrunner_event_on_event_loop, sender, event, *more, **facts)
        with one_at_a_time:
            acts = waiting.setdefault(self, [])
            acts.append(act)
            is_first = len(acts) == 1
        if event not in going_on:
            self._call_soon_on_event_loop(partial(hand_over, self))
        elif is_first:
            self._call_soon_on_event_loop(partial(self._event_loop.call_later, TOGETHER, hand_over, self))

    session._on_scriptrunner_event = on_event
    return True


@lent("streamlit", "the thread that sends wakes itself through the system for each thing to be sent", otherwise=False)
def wake_directly() -> bool:
    """Have the thread that sends told of what is to be sent without a call of the system; whether that is so.

    From any other thread that is still what it takes.
    """
    runtime = private(RUNTIME, "Runtime")
    wake = runtime._enqueued_some_message

    def tell(self: Any) -> None:
        within = self._get_async_objs()
        try:
            is_here = asyncio.get_running_loop() is within.eventloop
        except RuntimeError:
            is_here = False
        if is_here:
            within.need_send_data.set()
        else:
            wake(self)

    runtime._enqueued_some_message = tell
    return True


class Gathered:
    """A connection whose writes of one moment go out as one; all else is as of that connection."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._waiting: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Take this to be sent, after what was to be sent before."""
        self._waiting.append(data)
        if len(self._waiting) == 1:
            asyncio.get_running_loop().call_later(IN_ONE, self._send)

    def close(self) -> None:
        """Send what is waiting, and close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and not self._transport.is_closing():
            self._transport.write(b"".join(waiting))


@lent("uvicorn", "each thing that is sent to a browser is a packet of its own", otherwise=False)
def write_together() -> bool:
    """Have what goes to a browser within a moment written as one; whether that is so."""
    protocol = private(SOCKET, "WebSocketsSansIOProtocol")
    connect = protocol.connection_made

    def connection_made(self: Any, transport: Any) -> None:
        connect(self, transport)
        self.transport = Gathered(self.transport)

    protocol.connection_made = connection_made
    return True
