"""Uploads are bounded, for one tab and for all, and go when no widget wants them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import Runtime
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from effects.codec.limits import MAX_BYTES
from pages.borrowed.visits import Visits, presence, uploads, uploads_in_use, visits
from pages.components.settings import AppSettings
from pages.shell import uploads as shell
from pages.shell.uploads import UNWANTED_SECONDS, Unwanted, UploadBounds, announced, refusal
from tests.straight import asked
from tests.test_closed_tabs import Serving, Tab, serving

__all__ = ["serving"]

MB = 2**20
BOUNDS = AppSettings(session_mb=25, uploads_mb=40, upload_files=3)


@pytest.mark.parametrize(
    ("held", "size", "why"),
    [
        ({}, 25 * MB, ""),
        ({}, 25 * MB + 1, "This tab may hold 25 MB of uploads."),
        ({"me": {"a": 20 * MB}}, 5 * MB, ""),
        ({"me": {"a": 20 * MB}}, 5 * MB + 1, "This tab may hold 25 MB of uploads."),
        ({"me": {"a": 0, "b": 0, "c": 0}}, 1, "This tab holds 3 files already."),
        ({"you": {"a": 20 * MB}}, 20 * MB, ""),
        ({"you": {"a": 20 * MB}}, 20 * MB + 1, "The server holds as many uploads as it may. Please try again later."),
    ],
)
def test_what_a_tab_and_all_may_hold_is_bounded(held: dict[str, dict[str, int]], size: int, why: str) -> None:
    assert refusal(BOUNDS, "me", size, held) == why


def test_a_request_that_does_not_say_how_much_it_brings_counts_as_the_largest_photo() -> None:
    assert [announced(length) for length in ("12", "", "-1", "1e9", "9" * 30)] == [12, *[MAX_BYTES] * 4]


async def take(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def test_an_upload_beyond_its_bounds_is_refused_unread_and_others_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "uploads", lambda: {"me": {"a": 24 * MB}})
    inner = Starlette(routes=[Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT", "GET"])])
    app = UploadBounds(inner, BOUNDS)
    refused = asked("/_stcore/upload_file/me/b", "PUT", app, b"x" * 9, content_length=str(2 * MB))
    assert (refused.status, refused.text) == (413, "This tab may hold 25 MB of uploads.")
    assert asked("/_stcore/upload_file/me/b", "PUT", app, b"x" * 9, content_length="9").text == "9"
    assert asked("/_stcore/upload_file/you/b", "PUT", app, b"x" * 9, content_length=str(2 * MB)).status == 200
    assert asked("/_stcore/upload_file/me/b", "GET", app, content_length=str(2 * MB)).status == 200
    assert not shell._coming
    assert not shell._files_coming


def test_uploads_on_their_way_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at once are refused as many after another are: none has arrived when the last is asked for."""
    monkeypatch.setattr(shell, "uploads", dict)
    statuses: list[int] = []

    async def scene() -> None:
        gate = asyncio.Event()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            await gate.wait()
            await PlainTextResponse("")(scope, receive, send)

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        app = UploadBounds(slow, BOUNDS)
        request = {"type": "http", "method": "PUT", "headers": [(b"content-length", b"10485760")]}
        scopes = [{**request, "path": f"/_stcore/upload_file/me/{number}"} for number in range(3)]
        asking = [asyncio.create_task(app(scope, None, send)) for scope in scopes]  # type: ignore[arg-type]
        await asyncio.sleep(0.01)
        gate.set()
        await asyncio.gather(*asking)

    asyncio.run(scene())
    assert sorted(statuses) == [200, 200, 413]


@pytest.mark.slow
def test_an_upload_that_no_widget_refers_to_is_let_go_in_time_and_one_that_it_does_is_not(serving: Serving) -> None:
    async def visit(runtime: Runtime) -> None:
        session_id = runtime.connect_session(Tab(), {})
        assert visits() == Visits(1, 0)
        assert presence()()
        info = runtime._session_mgr.get_session_info(session_id)
        assert info is not None
        files: Any = runtime._uploaded_file_mgr
        for name in ("wanted", "left"):
            files.add_file(session_id, UploadedFileRec(name, "photo.jpg", "image/jpeg", b"1234"))
        assert uploads() == {session_id: {"wanted": 4, "left": 4}}
        assert uploads_in_use(session_id) == set()
        told = ClientState()
        widget = told.widget_states.widgets.add(id="upload")
        widget.file_uploader_state_value.uploaded_file_info.add(file_id="wanted", name="photo.jpg", size=4)
        info.session._client_state = told
        assert uploads_in_use(session_id) == {"wanted"}
        now = [0.0]
        unwanted = Unwanted(clock=lambda: now[0])
        assert unwanted.let_go() == 0
        now[0] = UNWANTED_SECONDS - 1
        assert unwanted.let_go() == 0
        now[0] = UNWANTED_SECONDS + 1
        shell._files_coming[session_id] = 1
        assert unwanted.let_go() == 0, "of several files the browser tells when the last has come"
        del shell._files_coming[session_id]
        assert unwanted.let_go() == 0, "what was looked away from counts anew"
        now[0] += UNWANTED_SECONDS
        assert unwanted.let_go() == 1
        assert uploads() == {session_id: {"wanted": 4}}
        runtime.disconnect_session(session_id)
        assert visits() == Visits(0, 1)

    serving(visit)
