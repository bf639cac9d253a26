"""What a closed tab held: given back when nobody can come back to it, and not before."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from pages.shell.closed_tabs import rest, shut_down


class Tab:
    """A session as Streamlit keeps it once its tab is closed."""

    id = "tab"
    is_shut_down = False

    def __init__(self) -> None:
        self._scriptrunner: object = None
        self._script_event_loop = asyncio.new_event_loop()

    def shutdown(self) -> None:
        self.is_shut_down = True


@pytest.fixture
def tab() -> Iterator[Tab]:
    closed = Tab()
    yield closed
    closed._script_event_loop.close()


@pytest.fixture
def running(tab: Tab) -> Any:
    nothing: Any = None
    storage = MemorySessionStorage(ttl_seconds=0.3)  # type: ignore[arg-type]  # whole seconds are its habit only
    storage.save(SimpleNamespace(session=tab))  # type: ignore[arg-type]
    return SimpleNamespace(_session_mgr=WebsocketSessionManager(storage, nothing, nothing, nothing))


def test_a_session_is_shut_down_once_its_time_is_over(running: Any, tab: Tab) -> None:
    assert shut_down(running) == 0
    assert not tab.is_shut_down
    time.sleep(0.35)
    assert shut_down(running) == 1
    assert tab.is_shut_down
    assert shut_down(running) == 0


def test_a_session_that_waits_for_its_tab_holds_no_event_loop(running: Any, tab: Tab) -> None:
    tab._scriptrunner = "a script still runs"
    assert rest(running) == 0
    assert not tab._script_event_loop.is_closed()
    tab._scriptrunner = None
    assert rest(running) == 1
    assert tab._script_event_loop.is_closed()
    assert rest(running) == 0
    assert not tab.is_shut_down
