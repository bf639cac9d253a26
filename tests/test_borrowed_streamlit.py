"""What is borrowed from Streamlit is there as it was, and the app goes on without it."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime import Runtime
from streamlit.testing.v1 import AppTest

from effects.borrowed import private
from pages.borrowed import streamlit as borrowed
from pages.borrowed import webrtc
from pages.components import session
from pages.components.picture_url import picture_url
from pages.shell import front_page
from tests.test_closed_tabs import Serving, Tab, serving
from tests.test_pages import bench_of, names, with_photo
from tests.upgrades import Without, forget, losses, take_away

pytestmark = pytest.mark.slow

__all__ = ["serving"]

WHERE = "pages/borrowed/streamlit.py, {}: this Streamlit {}"


def asking() -> None:
    """A page, and a part of it, that ask what is borrowed; the page is drawn anew once."""
    import streamlit as st  # noqa: PLC0415  (a script of its own)

    from pages.borrowed import streamlit as borrowed  # noqa: PLC0415

    seen = st.session_state.setdefault("seen", [])
    seen.append(("page", borrowed.page(), borrowed.part(), borrowed.parts_drawn(), borrowed.is_called()))

    @st.fragment
    def fragment() -> None:
        asked = borrowed.part()
        seen.append(("part", borrowed.page(), asked, borrowed.parts_drawn(), borrowed.is_called()))
        if len(seen) == 2:
            seen.append(("asked", borrowed.draw_part(asked, lambda: True), borrowed.is_called()))

    fragment()


def asked() -> list[Any]:
    app = AppTest.from_function(asking, default_timeout=30).run()
    assert not app.exception
    seen: list[Any] = app.session_state["seen"]
    return seen


def test_a_run_knows_its_page_its_parts_and_whether_it_is_called() -> None:
    page, part, wish, *later = asked()
    assert page[1], WHERE.format("page", "knows its pages by another name than page_script_hash")
    assert page[2] == "", WHERE.format("part", "says that a page is a part")
    assert page[3] == (), WHERE.format("parts_drawn", "says that a run of the page is for parts")
    assert part[2], WHERE.format("part", "has the part that is drawn elsewhere than in ThreadState.fragment_id")
    assert part[1] == page[1], WHERE.format("page", "knows a page by another name inside its parts")
    assert (page[4], part[4]) == (False, False), WHERE.format("is_called", "says of a quiet page that it is called")
    assert wish[1] is True, WHERE.format("draw_part", "takes no request for another run")
    assert wish[2] is True, WHERE.format("is_called", "keeps what it is asked for elsewhere than in _state")
    assert [run[0] for run in later] == ["part"], WHERE.format("draw_part", "draws more than the part asked for")
    assert later[0][3] == (part[2],), WHERE.format("parts_drawn", "has another name for fragment_ids_this_run")


def moving() -> None:
    """A page that asks in a callback what was changed."""
    import streamlit as st  # noqa: PLC0415  (a script of its own)

    from pages.borrowed import streamlit as borrowed  # noqa: PLC0415

    seen = st.session_state.setdefault("seen", [])
    st.slider("Amount", 0, 9, key="amount", on_change=lambda: seen.append(borrowed.changed()))
    st.toggle("Another", key="another")


def test_a_callback_knows_all_that_was_changed_with_its_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    app = AppTest.from_function(moving, default_timeout=30).run()
    app.slider(key="amount").set_value(3).run()
    app.toggle(key="another").set_value(True)
    app.slider(key="amount").set_value(4).run()
    assert not app.exception
    assert app.session_state["seen"] == [{"amount"}, {"amount", "another"}], WHERE.format(
        "changed", "keeps what a browser sends elsewhere than in the session state's _new_widget_state"
    )
    take_away(monkeypatch, borrowed, "get_script_run_ctx")
    app.slider(key="amount").set_value(5).run()
    assert app.session_state["seen"][2] is None


def test_outside_a_run_nothing_is_known_and_nothing_breaks(caplog: pytest.LogCaptureFixture) -> None:
    forget()
    assert (borrowed.page(), borrowed.parts_drawn(), borrowed.is_called(), borrowed.draw_anew()) == (
        "",
        (),
        False,
        False,
    )
    assert borrowed.run() is None
    assert picture_url(b"picture", "here") == ""
    assert borrowed.close_loops_of_closed_tabs() == borrowed.shut_down_expired_sessions() == 0
    assert not losses(caplog)


INSIDE = ("page_script_hash", "script_requests", "fragment_ids_this_run", "query_string")


def work_on(app: AppTest) -> None:
    """What one does on Snapshot, to the download."""
    app.selectbox(key="add_effect").select("invert").run()
    app.menu_button(key=f"{bench_of(app).stack[0].id}-menu").click("Remove").run()
    assert not app.exception
    assert not app.error
    assert names(app) == ["invert"]
    assert app.download_button(key="download").label


@pytest.mark.parametrize("name", ["get_script_run_ctx", "RerunData", "ScriptRequestType", "ThreadState"])
def test_without_a_name_of_streamlits_snapshot_works(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    take_away(monkeypatch, borrowed, name)
    work_on(with_photo("sepia"))


@pytest.mark.parametrize("name", INSIDE)
def test_without_what_a_run_knows_snapshot_works(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = private

    def found(module: str, wanted: str) -> Any:
        there = look_up(module, wanted)
        return (lambda: (run := there()) and Without(run, name)) if wanted == "get_script_run_ctx" else there

    monkeypatch.setattr(borrowed, "private", found)
    work_on(with_photo("sepia"))


def test_what_is_lost_is_logged_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    forget()
    take_away(monkeypatch, borrowed, "get_script_run_ctx")
    for _ in range(3):
        assert not borrowed.is_called()
        assert borrowed.may_be_called(), "who cannot look has to ask the session's state"
        assert not session.draw_anew()
    first, asking, second = losses(caplog)
    assert "a press waits" in first
    assert "asks the session's state" in asking
    assert "until the next press" in second


# A server's sessions


def test_connections_have_an_event_loop_of_the_servers(serving: Serving) -> None:
    async def visit(runtime: Runtime) -> None:
        del runtime
        assert webrtc.event_loop() is asyncio.get_running_loop(), (
            "pages/borrowed/webrtc.py, event_loop: this streamlit-webrtc has its connections on another loop"
        )

    serving(visit)


def test_pictures_have_addresses_while_a_server_runs_and_travel_by_themselves_without(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forget()

    async def visit(runtime: Runtime) -> None:
        address = await asyncio.to_thread(picture_url, b"picture", "here")
        assert address.startswith("/media/"), "pages/borrowed/pictures.py: this Streamlit keeps pictures elsewhere"
        assert address.endswith(".jpg")
        with monkeypatch.context() as patched:
            patched.setattr(Runtime, "media_file_mgr", property())
            assert picture_url(b"picture", "here") == "data:image/jpeg;base64," + base64.b64encode(b"picture").decode()

    serving(visit)
    (loss,) = losses(caplog)
    assert "a third larger" in loss


@pytest.mark.parametrize("name", ["_session_storage", "_storage_lock"])
def test_a_server_whose_sessions_are_kept_in_another_way_goes_on(
    name: str, serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forget()

    async def visit(runtime: Runtime) -> None:
        session_id = runtime.connect_session(Tab(), {})
        runtime.disconnect_session(session_id)
        sessions = runtime._session_mgr
        with monkeypatch.context() as patched:
            patched.setattr(runtime, "_session_mgr", Without(sessions, name))
            for _ in range(2):
                assert borrowed.close_loops_of_closed_tabs() == 0
                assert borrowed.shut_down_expired_sessions() == 0
        assert borrowed.close_loops_of_closed_tabs() == 1, WHERE.format(
            "close_loops_of_closed_tabs", "keeps closed tabs elsewhere than in its session manager's storage"
        )

    serving(visit)
    assert len(losses(caplog)) == 2


# Its files


def test_streamlits_own_files_are_where_they_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = borrowed.static_files()
    assert (folder / "index.html").is_file(), WHERE.format("static_files", "has its page elsewhere")
    assert [*folder.glob("static/js/*.js")], WHERE.format("static_files", "has its scripts elsewhere")
    take_away(monkeypatch, borrowed, "get_static_dir")
    assert borrowed.static_files() == folder


def test_without_streamlits_page_browsers_get_what_it_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(front_page, "INDEX", tmp_path / "index.html")
    sent: list[Any] = []

    async def theirs(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b"another")]})

    async def send(message: Any) -> None:
        sent.append(message)

    page = front_page.FrontPage(theirs)
    asyncio.run(page({"type": "http", "method": "GET"}, None, send))  # type: ignore[arg-type]
    assert [message["status"] for message in sent] == [200]
    assert "elsewhere" in caplog.text
