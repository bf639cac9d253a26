"""What a closed tab held: given back when nobody can come back to it, and not before."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from pages.shell.closed_tabs import shut_down


class Tab:
    """A session as Streamlit keeps it once its tab is closed."""

    id = "tab"
    is_shut_down = False

    def shutdown(self) -> None:
        self.is_shut_down = True


def test_a_session_is_shut_down_once_its_time_is_over() -> None:
    nothing: Any = None
    storage = MemorySessionStorage(ttl_seconds=0.3)  # type: ignore[arg-type]  # whole seconds are its habit only
    manager = WebsocketSessionManager(storage, nothing, nothing, nothing)
    running, tab = SimpleNamespace(_session_mgr=manager), Tab()
    storage.save(SimpleNamespace(session=tab))  # type: ignore[arg-type]
    assert shut_down(running) == 0
    assert storage.get("tab") is not None
    time.sleep(0.35)
    assert shut_down(running) == 1
    assert tab.is_shut_down
    assert shut_down(running) == 0
