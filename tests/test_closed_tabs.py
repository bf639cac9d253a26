"""What a closed tab held, in Streamlit's own server: given back when nobody can come back to it, and not before."""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime import Runtime, RuntimeConfig, SessionClient
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pages.borrowed.streamlit import close_loops_of_closed_tabs, shut_down_expired_sessions
from pages.components.session import MADE
from pages.shell import closed_tabs
from pages.shell.closed_tabs import give_back_once
from pages.shell.garbage import Garbage

pytestmark = pytest.mark.slow

TIME = 0.5  # s that a session is kept


class Tab(SessionClient):
    """A browser's tab, which hears nothing."""

    def write_forward_msg(self, msg: Any) -> None:
        del msg


Serving = Callable[[Callable[[Runtime], Awaitable[None]]], None]


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Serving:
    """Runs something in a server of its own."""
    script = tmp_path / "page.py"
    script.write_text("import streamlit\n")

    def serve(visit: Callable[[Runtime], Awaitable[None]]) -> None:
        async def run() -> None:
            monkeypatch.setattr(Runtime, "_instance", None)
            storage = MemorySessionStorage(ttl_seconds=TIME)  # type: ignore[arg-type]  # whole seconds are its habit
            files = MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")
            runtime = Runtime(RuntimeConfig(str(script), *files, session_storage=storage))
            await runtime.start()
            try:
                await asyncio.wait_for(visit(runtime), 20)
            finally:
                runtime.stop()
                await runtime.stopped

        asyncio.run(run())

    return serve


def close_a_tab(runtime: Runtime) -> Any:
    """A tab that came and went; its session."""
    session_id = runtime.connect_session(Tab(), {})
    session = runtime._session_mgr.get_session_info(session_id)
    assert session is not None
    runtime.disconnect_session(session_id)
    return session.session


def test_a_session_is_shut_down_once_its_time_is_over(serving: Serving) -> None:
    async def visit(runtime: Runtime) -> None:
        session = close_a_tab(runtime)
        assert shut_down_expired_sessions() == 0
        assert "SHUTDOWN" not in str(session._state)
        await asyncio.sleep(TIME + 0.1)
        assert shut_down_expired_sessions() == 1
        assert "SHUTDOWN" in str(session._state)
        assert shut_down_expired_sessions() == 0

    serving(visit)


def test_what_a_session_held_goes_with_it_though_somebody_still_knows_the_session(serving: Serving) -> None:
    class Held:
        """What a page holds."""

    async def visit(runtime: Runtime) -> None:
        session, held = close_a_tab(runtime), Held()
        session.session_state["held"] = held
        session.session_state._new_widget_state.widget_metadata["widget"] = held
        session._fragment_storage._fragments["part"] = held
        gone = weakref.ref(held)
        del held
        await asyncio.sleep(TIME + 0.1)
        give_back_once(Garbage(count(0.0).__next__, lambda: 0.0))
        assert gone() is None
        assert session

    serving(visit)


def test_a_session_that_waits_for_its_tab_holds_no_event_loop_and_nothing_that_is_made_again(serving: Serving) -> None:
    async def visit(runtime: Runtime) -> None:
        session_id = runtime.connect_session(Tab(), {})
        assert close_loops_of_closed_tabs() == 0, "a tab that is open was taken for closed"
        state = runtime.get_app_session(session_id).session_state  # type: ignore[union-attr]
        state[f"{MADE}preview"], state["stack"] = b"what is made again", b"what the tab comes back for"
        assert close_loops_of_closed_tabs(MADE) == 0
        assert f"{MADE}preview" in state
        runtime.disconnect_session(session_id)
        assert close_loops_of_closed_tabs(MADE) == 1
        assert (f"{MADE}preview" in state, "stack" in state) == (False, True)
        assert close_loops_of_closed_tabs(MADE) == 0
        assert runtime.connect_session(Tab(), {}, existing_session_id=session_id) == session_id
        assert shut_down_expired_sessions() == 0

    serving(visit)


def test_the_event_loop_of_a_script_that_still_runs_is_left_to_it(serving: Serving) -> None:
    async def visit(runtime: Runtime) -> None:
        session_id = runtime.connect_session(Tab(), {})
        session: Any = runtime._session_mgr.get_session_info(session_id).session  # type: ignore[union-attr]
        session.request_rerun(None)
        runtime.disconnect_session(session_id)
        assert session._scriptrunner is not None
        assert close_loops_of_closed_tabs() == 0
        assert not session._script_event_loop.is_closed()
        while session._scriptrunner is not None:
            await asyncio.sleep(0.01)
        # Its time may be over by then, on a slow machine.
        assert close_loops_of_closed_tabs() + shut_down_expired_sessions() == 1

    serving(visit)


def test_a_tab_that_comes_back_gets_its_session_and_a_new_loop(serving: Serving) -> None:
    async def visit(runtime: Runtime) -> None:
        session_id = runtime.connect_session(Tab(), {})
        session: Any = runtime._session_mgr.get_session_info(session_id).session  # type: ignore[union-attr]
        runtime.disconnect_session(session_id)
        close_loops_of_closed_tabs()
        runtime.connect_session(Tab(), {}, existing_session_id=session_id)
        session.request_rerun(None)
        while session._script_event_loop.is_closed():
            await asyncio.sleep(0.01)
        while session._scriptrunner is not None:
            await asyncio.sleep(0.01)

    serving(visit)


def test_the_task_gives_back_what_a_closed_tab_held(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed_tabs, "ROUND_SECONDS", 0.02)

    async def visit(runtime: Runtime) -> None:
        session = close_a_tab(runtime)
        task = closed_tabs.watched(asyncio.create_task(closed_tabs.watch_closed_tabs()))
        while "SHUTDOWN" not in str(session._state):
            await asyncio.sleep(0.02)
        assert session._script_event_loop.is_closed()
        assert not task.done()
        task.cancel()

    serving(visit)


def test_the_task_goes_on_after_a_session_that_cannot_be_shut_down(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(closed_tabs, "ROUND_SECONDS", 0.02)

    async def visit(runtime: Runtime) -> None:
        failing = close_a_tab(runtime)
        shutdown = failing.shutdown

        def fail() -> None:
            failing.shutdown = shutdown
            raise OSError("not now")

        failing.shutdown = fail
        task = closed_tabs.watched(asyncio.create_task(closed_tabs.watch_closed_tabs()))
        while "could not be given back" not in caplog.text:
            await asyncio.sleep(0.02)
        later = close_a_tab(runtime)
        while "SHUTDOWN" not in str(later._state):
            await asyncio.sleep(0.02)
        assert not task.done()
        task.cancel()

    serving(visit)


def test_an_end_of_the_task_that_nobody_asked_for_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(seconds: float) -> None:
        raise RuntimeError(f"{seconds} s are never over")

    async def run() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(asyncio, "sleep", wrong)
            task = closed_tabs.watched(asyncio.create_task(closed_tabs.watch_closed_tabs()))
            await asyncio.wait([task])
        asking = closed_tabs.watched(asyncio.create_task(closed_tabs.watch_closed_tabs()))
        asking.cancel()
        await asyncio.wait([asking])

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    assert caplog.text.count("looked after no more") == 1
    assert "never over" in caplog.text
