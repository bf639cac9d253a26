"""Where Streamlit keeps what a browser fetches by address, which it does not promise to keep as it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

from effects.borrowed import GONE, lent, private

KEEPER = "streamlit.runtime.media_file_manager"
KINDS = "streamlit.runtime.media_file_storage"


@lent("streamlit", "pictures travel inside messages, a third larger and anew in each run", otherwise=None)
def picture_address(data: bytes, mime: str, slot: str) -> str | None:
    """The address of encoded picture bytes for as long as this session shows them; empty outside a server.

    `slot` names the place on the page: a new picture there lets go of the one before. Streamlit keeps this behind
    `st.image`; components have no public way to it.
    """
    runtime = import_module("streamlit.runtime")
    if not runtime.exists():
        return ""
    keeper = runtime.get_instance().media_file_mgr
    try:
        return _kept(keeper, data, mime, slot)
    except GONE:
        return str(keeper.add(data, mime, slot))


def _kept(keeper: Any, data: bytes, mime: str, slot: str) -> str:
    """As the keeper's `add`, which has all others wait while a picture is hashed: a crowd of people stands there."""
    kind, about = private(KINDS, "MediaFileKind").MEDIA, private(KEEPER, "MediaFileMetadata")
    session = private(KEEPER, "_get_session_id")()
    there = keeper._files_by_session_and_coord.get(session, {}).get(slot)  # others may be counting the sessions
    kept = keeper._storage._files_by_id.get(there)
    is_same = kept is not None and kept.mimetype == mime and kept.content == data
    name = there if is_same else keeper._storage.load_and_get_id(data, mime, kind)
    with keeper._lock:
        keeper._file_metadata[name] = about(kind=kind)
        keeper._files_by_session_and_coord[session][slot] = name
    try:
        return str(keeper._storage.get_url(name))
    except private(KINDS, "MediaFileStorageError"):  # until then it was nobody's, and was let go of
        return str(keeper._storage.get_url(keeper._storage.load_and_get_id(data, mime, kind)))


class Rounds:
    """What nobody shows any more is let go of in rounds, and not at the end of each run, where all wait for all.

    A page that is being drawn anew shows nothing yet of what it will show again: what is let go of was nobody's in the
    round before, too.
    """

    def __init__(self) -> None:
        self._is_left = threading.Event()
        self._let_go: Callable[[Any], None] | None = None
        self._nobodys: set[str] = set()

    @lent("streamlit", "after each run all others wait until what nobody shows any more is found", otherwise=False)
    def begin(self) -> bool:
        """Have it noted that something may be left, and no more; whether that is so."""
        keeper = private(KEEPER, "MediaFileManager")
        if self._let_go is None:
            let_go, find = keeper.remove_orphaned_files, keeper._get_inactive_file_ids

            def found(one: Any) -> set[str]:
                now = find(one)
                gone = now & self._nobodys
                self._nobodys = now - gone
                return gone

            keeper._get_inactive_file_ids = found
            keeper.remove_orphaned_files = lambda _: self._is_left.set()
            self._let_go = let_go
        return True

    def go(self) -> None:
        """Let go of what is left, if there may be something."""
        runtime = import_module("streamlit.runtime")
        if self._let_go is not None and (self._is_left.is_set() or self._nobodys) and runtime.exists():
            self._is_left.clear()
            self._let_go(runtime.get_instance().media_file_mgr)


ROUNDS = Rounds()
"""Those of this server: `begin` before its first session, and `go` again and again."""
