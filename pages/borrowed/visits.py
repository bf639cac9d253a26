"""What Streamlit has of its visitors and does not promise to keep: who is there, and what they have uploaded."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from effects.borrowed import lent, private


class Visits(NamedTuple):
    """How many tabs are open, and how many closed ones are waited for."""

    open: int
    closed: int


def _runtime() -> Any:
    """Streamlit's server; None outside one."""
    runtime = import_module("streamlit.runtime")
    return runtime.get_instance() if runtime.exists() else None


@lent("streamlit", "/metrics tells of no sessions", otherwise=Visits(0, 0))
def visits() -> Visits:
    """The sessions of this server."""
    server = _runtime()
    if server is None:
        return Visits(0, 0)
    return Visits(server._session_mgr.num_active_sessions(), len(server._session_mgr._session_storage.list()))


@lent("streamlit", "a file is made to its end though its tab was closed", otherwise=lambda: True)
def presence() -> Callable[[], bool]:
    """Whether the tab that this run draws for is still open, to be asked in any thread; True outside a server."""
    run, server = private("streamlit.runtime.scriptrunner", "get_script_run_ctx")(), _runtime()
    if run is None or server is None:
        return lambda: True
    session_id = str(run.session_id)
    return lambda: bool(server.is_active_session(session_id))


@lent("streamlit", "all uploads together have no bound, and one that nobody wants stays with its tab", otherwise={})
def uploads() -> dict[str, dict[str, int]]:
    """The bytes of each file that is held for its session, by both their names."""
    server = _runtime()
    files = server._uploaded_file_mgr if server else None
    if files is None:
        return {}
    with files._lock:
        return {
            session: {name: len(file.data) for name, file in held.items()}
            for session, held in files.file_storage.items()
        }


@lent("streamlit", "an upload that nobody wants stays with its tab", otherwise=None)
def uploads_in_use(session_id: str) -> set[str] | None:
    """The names of the files that a session's widgets hold, as its browser and its script know; None: nobody knows."""
    server = _runtime()
    info = server._session_mgr.get_session_info(session_id) if server else None
    if info is None:
        return None
    state = info.session._session_state
    held = [each.value for each in list(state._new_widget_state.states.values())]
    told = [*info.session._client_state.widget_states.widgets, *(each for each in held if hasattr(each, "WhichOneof"))]
    files = [one.file_uploader_state_value for one in told if one.WhichOneof("value") == "file_uploader_state_value"]
    names = {file.file_id for each in files for file in each.uploaded_file_info}
    for value in (*state._old_state.values(), *held):
        names |= {file.file_id for file in (value if isinstance(value, list) else [value]) if hasattr(file, "file_id")}
    return names


@lent("streamlit", "an upload that nobody wants stays with its tab", otherwise=None)
def let_go(session_id: str, name: str) -> None:
    """Let go of an uploaded file."""
    server = _runtime()
    if server is not None:
        server._uploaded_file_mgr.remove_file(session_id, name)


@lent("streamlit", "files of more MB than `.streamlit/config.toml` says are refused by the server", otherwise=None)
def allow_uploads(megabytes: int) -> None:
    """Have the server take files of so many MB, if it takes smaller ones only."""
    config = import_module("streamlit.config")
    if config.get_option("server.maxUploadSize") < megabytes:
        config.set_option("server.maxUploadSize", megabytes)
