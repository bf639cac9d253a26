"""What was saved in a session: how much of it is kept, under which names it is zipped, who can fetch the zip."""

from __future__ import annotations

import asyncio
import gc
import io
import tracemalloc
import zipfile
from typing import Any

import pytest
from PIL import Image as PILImage
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from pages.components.live.tray import jpeg, recording
from pages.components.save.parcel import Outlet, Parcel, archive
from pages.components.save.piece import MAX_PIECES, Piece, unique_names
from pages.components.save.saved_files import MAX_BYTES, SIDE, SavedFiles
from pages.shell.parcels import send_parcel
from tests.pictures import encoded, photograph

MEGABYTE = 1_000_000


def piece(name: str, size: int = 1, fill: bytes = b"x") -> Piece:
    return Piece(name, fill * size, "image/png")


def names(held: SavedFiles) -> list[str]:
    return [kept.name for kept in held.pieces]


def test_the_newest_file_comes_first_and_the_very_same_is_kept_once() -> None:
    held = SavedFiles()
    for name, fill in (("a.png", b"1"), ("b.png", b"1"), ("a.png", b"2"), ("b.png", b"1")):
        held.add(piece(name, fill=fill))
    assert [(kept.name, kept.data) for kept in held.pieces] == [("b.png", b"1"), ("a.png", b"2"), ("a.png", b"1")]


def test_of_too_many_files_and_of_too_large_ones_the_oldest_go() -> None:
    held = SavedFiles()
    for number in range(MAX_PIECES + 3):
        held.add(piece(f"{number}.png"))
    assert names(held) == [f"{number}.png" for number in range(MAX_PIECES + 2, 2, -1)]
    held.add(piece("large.png", MAX_BYTES - 2))
    assert names(held) == ["large.png", f"{MAX_PIECES + 2}.png", f"{MAX_PIECES + 1}.png"]
    held.add(piece("too large.png", MAX_BYTES + 1))
    assert names(held)[0] == "large.png"


@pytest.mark.slow
def test_a_file_that_goes_takes_its_small_picture_along() -> None:
    held = SavedFiles()
    photo, text = Piece("photo.png", encoded(photograph(300, 400)), "image/png"), piece("text.png")
    for each in (photo, text):
        held.add(each)
        held.make_picture(each)
    assert PILImage.open(io.BytesIO(held.pictures[photo.key])).size == (SIDE, SIDE * 3 // 4)
    assert held.pictures[text.key] == b""
    for _ in range(2):
        held.drop(photo.key)
        assert names(held) == ["text.png"]
    assert set(held.pictures) == {text.key}


TRAY = """
import streamlit as st
from pages.components.save.piece import Piece
from pages.components.save.saved_files import saved_files, saved_tray

held = saved_files()
if not held.pieces:
    held.add(Piece("text.png", b"no picture", "image/png"))
made = st.session_state.setdefault("made", [])
saved_tray()
made.append(len(held.pictures))
"""


@pytest.mark.slow
def test_no_run_of_the_page_waits_for_small_pictures() -> None:
    app = AppTest.from_string(TRAY).run()
    assert app.session_state["made"] == [0]
    assert len(app.session_state["saved-files"].pictures) == 1  # the tray was drawn by itself afterwards


def test_names_side_by_side_differ_in_every_system() -> None:
    given = ["a.jpg", "A.JPG", "a.jpg", "a-2.jpg", "b", "b"]
    assert unique_names(given) == ["a.jpg", "A-2.JPG", "a-3.jpg", "a-2-2.jpg", "b", "b-2"]


def test_the_zip_holds_every_piece_as_it_is_in_its_order() -> None:
    kept = [
        jpeg(photograph(60, 80), "photo"),
        recording("MP4", b"a film"),
        recording("GIF", b"GIF89a"),
        piece("\u0e20\u0e32.png"),
        piece("\u0e20\u0e32.png", 2),
    ]
    with zipfile.ZipFile(io.BytesIO(b"".join(archive(kept)))) as made:
        assert made.testzip() is None
        items = made.infolist()
        assert [(item.filename, made.read(item)) for item in items] == list(
            zip(unique_names(each.name for each in kept), (each.data for each in kept), strict=True)
        )
        assert {item.compress_type for item in items} == {zipfile.ZIP_STORED}
        assert not any(item.flag_bits & 8 for item in items)  # sizes stand before the data, as every program reads them


def test_a_zip_is_never_whole_in_memory() -> None:
    kept = [piece(f"{number}.png", MEGABYTE) for number in range(12)]
    tracemalloc.start()
    sent = sum(len(part) for part in archive(kept))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 12 * MEGABYTE
    assert most < 5 * MEGABYTE


def test_nobody_goes_back_behind_what_was_sent() -> None:
    outlet = Outlet()
    outlet.write(b"abc")
    assert (outlet.take(), outlet.tell()) == (b"abc", 3)
    with pytest.raises(ValueError, match="negative"):
        outlet.seek(2)


def fetched(token: str) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and content of what is answered under this token."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, str]:
        return await asyncio.Future()  # the browser says nothing more

    async def answer() -> None:
        scope = {"type": "http", "method": "GET", "path_params": {"token": token}, "headers": []}
        response = await send_parcel(Request(scope))
        await response(scope, receive, send)

    asyncio.run(answer())
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(part.get("body", b"") for part in sent[1:])


def test_a_parcel_is_fetched_under_its_own_address_as_long_as_its_session_is_there() -> None:
    parcel, empty = Parcel((piece("a.png"),)), Parcel()
    status, headers, content = fetched(parcel.token)
    assert (status, headers[b"content-type"], headers[b"cache-control"]) == (200, b"application/zip", b"no-store")
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert made.namelist() == ["a.png"]
    token = parcel.token
    assert len(token) >= 32
    del parcel
    gc.collect()
    assert [fetched(each)[0] for each in (token, empty.token, "x" * 32)] == [404] * 3
