"""What a run draws comes to the browser whole and in order, in fewer steps than Streamlit takes."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import AsyncObjects, Runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent

from effects.borrowed import private
from pages.borrowed import sending as borrowed
from tests.upgrades import loss_without

WHERE = "pages/borrowed/sending.py: this {}"
PROTOCOL = "WebSocketsSansIOProtocol"


@pytest.fixture(autouse=True)
def all_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AppSession, "_on_scriptrunner_event", AppSession._on_scriptrunner_event)
    monkeypatch.setattr(Runtime, "_enqueued_some_message", Runtime._enqueued_some_message)
    protocol = private(borrowed.SOCKET, PROTOCOL)
    monkeypatch.setattr(protocol, "connection_made", protocol.connection_made)


class Receiver:
    """A session as what a run draws is handed over to it: what came, and how often its thread was woken."""

    def __init__(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self.came: list[tuple[ScriptRunnerEvent, object]] = []
        self.woken = 0

    def _call_soon_on_event_loop(self, act: Any) -> None:
        self.woken += 1
        self._event_loop.call_soon_threadsafe(act)

    def _handle_scriptrunner_event_on_event_loop(
        self, _sender: object, event: ScriptRunnerEvent, forward_msg: object = None
    ) -> None:
        self.came.append((event, forward_msg))
        if forward_msg == "fails":
            raise ValueError


def test_what_a_run_draws_is_handed_over_together_in_order_and_at_once_where_it_ends() -> None:
    draws, ends = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, ScriptRunnerEvent.FRAGMENT_STOPPED_WITH_SUCCESS
    begins = ScriptRunnerEvent.SCRIPT_STARTED

    async def scene() -> None:
        one, other = Receiver(), Receiver()
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)

        def hand(receiver: Any, event: ScriptRunnerEvent, message: object = None) -> None:
            AppSession._on_scriptrunner_event(receiver, None, event, forward_msg=message)  # type: ignore[arg-type]

        hand(one, begins)
        hand(one, draws, "fails")
        hand(other, draws, "theirs")
        hand(one, draws, 2)
        await asyncio.sleep(0)
        assert one.came == []
        assert (one.woken, other.woken) == (1, 1)
        hand(one, ends)
        await asyncio.sleep(0.001)
        assert one.came == [(begins, None), (draws, "fails"), (draws, 2), (ends, None)]
        assert one.woken == 2
        assert other.came == []
        await asyncio.sleep(5 * borrowed.TOGETHER)
        assert other.came == [(draws, "theirs")]
        assert len(one.came) == 4, "something was handed over twice"
        hand(one, draws, 3)
        await asyncio.sleep(5 * borrowed.TOGETHER)
        assert one.came[4:] == [(draws, 3)]

    assert borrowed.hand_over_together(), WHERE.format("Streamlit hands over what a run draws in another way")
    asyncio.run(scene())


class Waker:
    """A runtime as one tells it that there is something to be sent."""

    def __init__(self) -> None:
        loop, event = asyncio.get_running_loop(), asyncio.Event
        self.objects = AsyncObjects(loop, event(), event(), event(), loop.create_future(), loop.create_future())

    def _get_async_objs(self) -> AsyncObjects:
        return self.objects


def test_the_thread_that_sends_is_told_at_once_by_itself_and_by_any_other() -> None:
    async def scene() -> None:
        waker: Any = Waker()
        to_send = waker.objects.need_send_data
        Runtime._enqueued_some_message(waker)
        assert to_send.is_set()
        to_send.clear()
        other = threading.Thread(target=Runtime._enqueued_some_message, args=(waker,))
        other.start()
        other.join()
        assert not to_send.is_set(), "an event of this loop was set by another thread"
        await asyncio.wait_for(to_send.wait(), 5)

    assert borrowed.wake_directly(), WHERE.format("Streamlit tells what is to be sent in another way")
    asyncio.run(scene())


class Line(asyncio.Transport):
    """A connection that notes what is written, piece by piece."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 5)})
        self.pieces: list[bytes] = []
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.pieces.append(data)

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True


@pytest.mark.slow
def test_what_is_written_in_one_moment_goes_out_as_one_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(borrowed, "IN_ONE", 0.2)  # longer than a busy machine stands still

    async def scene() -> None:
        line = Line()
        gathered = borrowed.Gathered(line)
        assert gathered.get_extra_info("peername") == ("127.0.0.1", 5)
        for piece in (b"one ", b"two ", b"three"):
            gathered.write(piece)
            await asyncio.sleep(0)
        assert line.pieces == []
        await asyncio.sleep(2 * borrowed.IN_ONE)
        assert line.pieces == [b"one two three"]
        gathered.write(b"four")
        await asyncio.sleep(2 * borrowed.IN_ONE)
        assert line.pieces == [b"one two three", b"four"]

    asyncio.run(scene())


def test_the_last_words_go_out_before_a_connection_closes_and_none_after_it() -> None:
    async def scene() -> None:
        line = Line()
        gathered = borrowed.Gathered(line)
        gathered.write(b"farewell")
        gathered.close()
        gathered.write(b"too late")
        await asyncio.sleep(20 * borrowed.IN_ONE)
        assert (line.pieces, gathered.is_closing()) == ([b"farewell"], True)

    asyncio.run(scene())


def test_a_browsers_connection_is_one_of_those(monkeypatch: pytest.MonkeyPatch) -> None:
    speaks = private(borrowed.SOCKET, PROTOCOL)
    used = private("uvicorn.protocols.websockets.auto", "AutoWebSocketsProtocol")
    assert used is speaks, WHERE.format("uvicorn speaks to browsers by another class")
    line = Line()
    monkeypatch.setattr(speaks, "connection_made", lambda self, it: setattr(self, "transport", it))
    assert borrowed.write_together(), WHERE.format("uvicorn takes its connections in another way")
    protocol: Any = object.__new__(speaks)
    protocol.connection_made(line)
    assert isinstance(protocol.transport, borrowed.Gathered)
    protocol.transport.close()
    assert line.is_closed


@pytest.mark.parametrize(
    ("name", "act", "lost"),
    [
        ("AppSession", borrowed.hand_over_together, "wakes the thread"),
        ("Runtime", borrowed.wake_directly, "wakes itself"),
        (PROTOCOL, borrowed.write_together, "a packet of its own"),
    ],
)
def test_without_a_name_all_is_sent_as_before(
    name: str, act: Any, lost: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert lost in loss_without(name, borrowed, act, monkeypatch, caplog)
