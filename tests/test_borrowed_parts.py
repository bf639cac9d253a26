"""What is borrowed from Streamlit to draw parts of a page after others, tried in a server's own sessions."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, SessionClient
from streamlit.runtime import runtime as runtime_module
from streamlit.testing.v1 import AppTest

from tests.test_borrowed_streamlit import WHERE
from tests.test_closed_tabs import Serving, serving

pytestmark = pytest.mark.slow

__all__ = ["serving"]

ONE_AFTER_ANOTHER = """
import streamlit as st
from pages.borrowed import streamlit as borrowed

parts = st.session_state.setdefault("parts", {})

@st.fragment
def later():
    parts["later"] = borrowed.part()

@st.fragment
def first():
    parts["first"] = borrowed.part()
    if borrowed.parts_drawn():
        borrowed.draw_part(parts["later"], lambda: True, seconds=parts.get("seconds", 0))

later()
first()
"""


class Listener(SessionClient):
    """A browser's tab that notes how runs ended."""

    def __init__(self) -> None:
        self.ends: list[str] = []

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.ends.append(ForwardMsg.ScriptFinishedStatus.Name(msg.script_finished))

    async def until(self, count: int) -> None:
        while len(self.ends) < count:
            await asyncio.sleep(0.01)


async def visited(runtime: Runtime) -> tuple[Listener, Any]:
    """A tab whose page was drawn once, and its session."""
    tab = Listener()
    opened = runtime.get_app_session(runtime.connect_session(tab, {}))
    assert opened is not None
    opened.request_rerun(None)
    await tab.until(1)
    return tab, opened


def test_a_part_drawn_after_another_leaves_the_browser_the_word_of_that_ones_end(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By it the browser takes off the page what is no longer there."""
    monkeypatch.setattr(runtime_module, "MESSAGE_FLUSH_INTERVAL_SECS", 0.2)  # as on a machine with much to do

    async def visit(runtime: Runtime) -> None:
        (tmp_path / "page.py").write_text(ONE_AFTER_ANOTHER, encoding="utf-8")
        tab, opened = await visited(runtime)
        first = opened.session_state["parts"]["first"]
        opened.request_rerun(ClientState(fragment_id=first))
        await tab.until(3)
        assert tab.ends == ["FINISHED_SUCCESSFULLY", *["FINISHED_FRAGMENT_RUN_SUCCESSFULLY"] * 2], WHERE.format(
            "draw_part", "takes another run's end for that of one broken off"
        )

    serving(visit)


def test_a_part_drawn_later_keeps_nobody_waiting_until_then(serving: Serving, tmp_path: Path) -> None:
    async def visit(runtime: Runtime) -> None:
        (tmp_path / "page.py").write_text(ONE_AFTER_ANOTHER, encoding="utf-8")
        tab, opened = await visited(runtime)
        opened.session_state["parts"]["seconds"] = 1.0
        opened.request_rerun(ClientState(fragment_id=opened.session_state["parts"]["first"]))
        await tab.until(2)
        ended = time.monotonic()
        await tab.until(3)
        assert time.monotonic() - ended > 0.5, WHERE.format("draw_part", "draws a part before its time")

    serving(visit)


SENDING = """
import streamlit as st
from pages.borrowed import streamlit as borrowed

st.session_state["has_browser"] = borrowed.has_browser()
told = st.session_state.setdefault("told", [])
borrowed.when_sent(lambda: told.append(True))
"""


def test_it_is_told_when_the_browser_was_sent_all(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime_module, "MESSAGE_FLUSH_INTERVAL_SECS", 0.2)  # as on a machine with much to do

    async def visit(runtime: Runtime) -> None:
        (tmp_path / "page.py").write_text(SENDING, encoding="utf-8")
        tab, opened = await visited(runtime)
        for _ in range(500):
            if opened.session_state["told"]:
                break
            assert opened._state.name != "SHUTDOWN_REQUESTED"
            await asyncio.sleep(0.01)
        assert opened.session_state["told"] == [True], WHERE.format("when_sent", "never comes to rest")
        assert opened.session_state["has_browser"], WHERE.format("has_browser", "knows its sessions by other names")
        assert len(tab.ends) == 1, WHERE.format("when_sent", "says of what is not sent that it is")

    serving(visit)


LEAVING = """
import streamlit as st
from pages.borrowed import streamlit as borrowed

parts = st.session_state.setdefault("parts", {})

@st.fragment
def first():
    parts["first"] = borrowed.part()
    if borrowed.parts_drawn():
        borrowed.draw_part(parts["first"], lambda: True)
        st.switch_page(elsewhere)

elsewhere = st.Page(lambda: parts.update(is_left=True), title="Elsewhere", url_path="elsewhere")
st.navigation([st.Page(first, title="Home"), elsewhere]).run()
"""


def test_a_part_of_a_page_that_was_left_is_not_drawn(serving: Serving, tmp_path: Path) -> None:
    """The browser would take all that stands on the next page off it."""

    async def visit(runtime: Runtime) -> None:
        (tmp_path / "page.py").write_text(LEAVING, encoding="utf-8")
        tab, opened = await visited(runtime)
        parts = opened.session_state["parts"]
        opened.request_rerun(ClientState(fragment_id=parts["first"]))
        while "is_left" not in parts:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        assert tab.ends[-1] == "FINISHED_SUCCESSFULLY", WHERE.format("draw_part", "draws on a page that was left")

    serving(visit)


def test_a_run_outside_a_server_has_no_browser() -> None:
    assert not AppTest.from_string(SENDING).run().session_state["has_browser"]
