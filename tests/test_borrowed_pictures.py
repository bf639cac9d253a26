"""What a browser fetches by address: kept as Streamlit keeps it, and let go of in rounds."""

from __future__ import annotations

import asyncio

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager

from pages.borrowed import pictures
from pages.borrowed.pictures import Rounds, picture_address
from tests.test_closed_tabs import Serving, serving
from tests.upgrades import Without, forget, losses, take_away

pytestmark = pytest.mark.slow

__all__ = ["serving"]

JPEG = "image/jpeg"


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Rounds:
    for name in ("remove_orphaned_files", "_get_inactive_file_ids"):
        monkeypatch.setattr(MediaFileManager, name, getattr(MediaFileManager, name))
    begun = Rounds()
    assert begun.begin(), "pages/borrowed/pictures.py: this Streamlit lets go of pictures in another way"
    return begun


def names(runtime: Runtime) -> set[str]:
    return set(runtime.media_file_mgr._file_metadata)


def test_a_picture_is_kept_as_streamlit_keeps_it_until_another_takes_its_place(serving: Serving) -> None:
    async def visit(runtime: Runtime) -> None:
        keeper = runtime.media_file_mgr
        ours = await asyncio.to_thread(picture_address, b"one", JPEG, "here")
        held = {session: dict(slots) for session, slots in keeper._files_by_session_and_coord.items()}
        kinds = {name: vars(about) for name, about in keeper._file_metadata.items()}
        assert await asyncio.to_thread(keeper.add, b"one", JPEG, "here") == ours
        assert {session: dict(slots) for session, slots in keeper._files_by_session_and_coord.items()} == held
        assert {name: vars(about) for name, about in keeper._file_metadata.items()} == kinds
        keeper.remove_orphaned_files()
        assert len(names(runtime)) == 1
        other = await asyncio.to_thread(picture_address, b"other", JPEG, "here")
        keeper.remove_orphaned_files()
        assert [f"/media/{name}.jpg" for name in names(runtime)] == [other]

    serving(visit)


def test_a_picture_that_was_let_go_of_before_it_was_anybodys_is_kept(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def visit(runtime: Runtime) -> None:
        storage = runtime.media_file_mgr._storage
        load, calls = storage.load_and_get_id, list[str]()

        def loaded_and_lost(*args: object) -> str:
            calls.append(load(*args))  # type: ignore[arg-type]
            if len(calls) == 1:
                storage.delete_file(calls[0])
            return calls[-1]

        monkeypatch.setattr(storage, "load_and_get_id", loaded_and_lost)
        address = await asyncio.to_thread(picture_address, b"one", JPEG, "here")
        assert address is not None
        assert len(calls) == 2
        assert storage.get_file(address.removeprefix("/media/")).content == b"one"  # type: ignore[attr-defined]

    serving(visit)


@pytest.mark.parametrize("name", ["_storage", "_lock"])
def test_without_a_name_of_the_keepers_streamlit_keeps_it(
    name: str, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def visit(runtime: Runtime) -> None:
        keeper = runtime.media_file_mgr
        monkeypatch.setattr(Runtime, "media_file_mgr", property(lambda _: Without(keeper, name)))
        address = await asyncio.to_thread(picture_address, b"one", JPEG, "here")
        assert address == keeper.add(b"one", JPEG, "here")

    serving(visit)


def test_what_nobody_shows_stays_for_a_round(serving: Serving, rounds: Rounds) -> None:
    async def visit(runtime: Runtime) -> None:
        keeper = runtime.media_file_mgr
        for picture in (b"one", b"other"):
            await asyncio.to_thread(picture_address, picture, JPEG, "here")
        for _ in range(3):
            rounds.go()
        assert len(names(runtime)) == 2, "nobody has said that something may be left"
        keeper.remove_orphaned_files()
        rounds.go()
        assert len(names(runtime)) == 2, "it may be shown again"
        rounds.go()
        assert len(names(runtime)) == 1
        await asyncio.to_thread(picture_address, b"third", JPEG, "here")
        for _ in range(3):
            rounds.go()
        assert len(names(runtime)) == 2, "it was said before"

    serving(visit)


def test_a_page_that_is_drawn_anew_during_a_round_loses_nothing(serving: Serving, rounds: Rounds) -> None:
    async def visit(runtime: Runtime) -> None:
        keeper = runtime.media_file_mgr
        address = await asyncio.to_thread(picture_address, b"one", JPEG, "here")
        for _ in range(2):
            keeper.remove_orphaned_files()
            (session,) = keeper._files_by_session_and_coord
            keeper.clear_session_refs(session)
            rounds.go()
            assert await asyncio.to_thread(picture_address, b"one", JPEG, "here") == address
            rounds.go()
            assert [f"/media/{name}.jpg" for name in names(runtime)] == [address]

    serving(visit)


def test_rounds_begin_once_and_outside_a_server_nothing_is_let_go_of(rounds: Rounds) -> None:
    before = MediaFileManager.remove_orphaned_files
    assert rounds.begin()
    assert MediaFileManager.remove_orphaned_files is before
    rounds.go()


def test_without_the_keeper_streamlit_lets_go_as_it_does(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forget()
    take_away(monkeypatch, pictures, "MediaFileManager")
    one = Rounds()
    assert not one.begin()
    one.go()
    (loss,) = losses(caplog)
    assert "all others wait" in loss
