"""What a closed tab held: given back when nobody can come back to it, and not before; with Streamlit's own sessions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.session_manager import SessionClient

from pages.shell.closed_tabs import look, rest, shut_down

TIME = 0.3  # s in which a tab may come back


class Tab(SessionClient):
    """A browser's tab that looks at nothing."""

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        pass


@asynccontextmanager
async def server(folder: Path) -> AsyncIterator[Runtime]:
    """Streamlit at work on a page of one line."""
    script = folder / "page.py"
    script.write_text("import streamlit as st\nst.title('A page')\n", encoding="utf-8")
    running = Runtime(
        RuntimeConfig(
            script_path=str(script),
            media_file_storage=MemoryMediaFileStorage("/media"),
            uploaded_file_manager=MemoryUploadedFileManager("/upload"),
            session_storage=MemorySessionStorage(ttl_seconds=TIME),  # type: ignore[arg-type]  # whole seconds by habit
        )
    )
    try:
        await running.start()
        yield running
        running.stop()
        await running.stopped
    finally:
        Runtime._instance = None


Story = Callable[[Runtime, AppSession, Tab], Coroutine[Any, Any, None]]


@pytest.fixture
def played(tmp_path: Path) -> Callable[[Story], None]:
    """Play what happens to a tab that has just opened the page."""

    async def play(story: Story) -> None:
        async with server(tmp_path) as running:
            tab = Tab()
            session = running.get_app_session(running.connect_session(tab, {}))
            assert session is not None
            await story(running, session, tab)

    return lambda story: asyncio.run(asyncio.wait_for(play(story), 20))


def is_shut_down(session: AppSession) -> bool:
    return session._state.name == "SHUTDOWN_REQUESTED"


def test_a_session_is_shut_down_once_its_time_is_over(played: Callable[[Story], None]) -> None:
    async def story(running: Runtime, session: AppSession, _: Tab) -> None:
        running.disconnect_session(session.id)
        assert shut_down(running) == 0
        assert not is_shut_down(session)
        await asyncio.sleep(TIME + 0.05)
        assert shut_down(running) == 1
        assert is_shut_down(session)
        assert shut_down(running) == 0

    played(story)


def test_a_session_that_waits_for_its_tab_holds_no_event_loop(played: Callable[[Story], None]) -> None:
    async def story(running: Runtime, session: AppSession, _: Tab) -> None:
        assert rest(running) == 0
        running.disconnect_session(session.id)
        assert rest(running) == 1
        assert session._script_event_loop.is_closed()
        assert rest(running) == 0
        assert not is_shut_down(session)

    played(story)


def test_the_event_loop_of_a_script_that_still_runs_is_left_to_it(played: Callable[[Story], None]) -> None:
    async def story(running: Runtime, session: AppSession, _: Tab) -> None:
        session.request_rerun(None)
        running.disconnect_session(session.id)
        assert session._scriptrunner is not None
        assert rest(running) == 0
        assert not session._script_event_loop.is_closed()
        while session._scriptrunner is not None:
            await asyncio.sleep(0.01)
        assert rest(running) + shut_down(running) == 1

    played(story)


def test_a_look_gives_back_what_a_tab_held_that_can_come_back_no_more(played: Callable[[Story], None]) -> None:
    async def story(running: Runtime, session: AppSession, tab: Tab) -> None:
        look()
        assert not session._script_event_loop.is_closed()
        running.disconnect_session(session.id)
        look()
        assert session._script_event_loop.is_closed()
        assert running.connect_session(tab, {}, existing_session_id=session.id) == session.id  # it came back in time
        running.disconnect_session(session.id)
        await asyncio.sleep(TIME + 0.05)
        look()
        assert is_shut_down(session)

    played(story)
