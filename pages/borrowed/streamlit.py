"""What Streamlit has and does not promise to keep: runs, their parts, sessions, files."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st

from effects.borrowed import lent, private

RUNNER = "streamlit.runtime.scriptrunner"
REQUESTS = "streamlit.runtime.scriptrunner_utils.script_requests"
SESSION = "streamlit.runtime.app_session"
THREAD = "streamlit.runtime.scriptrunner_utils.script_run_context"

SENDING = 0.02
"""Seconds between two looks whether all was sent, which Streamlit does every hundredth."""


def _run() -> Any:
    """Streamlit's context of the run that this thread draws, or None outside a run."""
    return private(RUNNER, "get_script_run_ctx")()


@lent("streamlit", "a widget may show what another page's widget of the same name holds", otherwise="")
def page() -> str:
    """What Streamlit knows the page of this run by, which is what it knows its widgets by, too; empty outside a run.

    Without it pages are told apart by their address, which is late by one run where a script changes the page.
    """
    run = _run()
    return str(run.page_script_hash) if run else ""


@lent("streamlit", "what another thread has made is not shown before the next press", otherwise=None)
def run() -> Any:
    """The run that this thread draws, for `draw_part` to be told of in another thread; None outside a run."""
    return _run()


@lent("streamlit", "a part of the page that works on after a run is not drawn by itself when it is done", otherwise="")
def part() -> str:
    """What Streamlit knows the part of the page (the fragment) by that is being drawn; empty where it is none."""
    return str(private(THREAD, "ThreadState").get().fragment_id or "")


@lent("streamlit", "each run is taken for one of the whole page", otherwise=())
def parts_drawn() -> tuple[str, ...]:
    """The parts of the page that this run is for; none where it is for the page."""
    run = _run()
    return tuple(run.fragment_ids_this_run or ()) if run else ()


def _session_of(run: Any) -> Any:
    """The server's session that a run draws for; None where what it draws goes to no browser."""
    server = import_module("streamlit.runtime")
    session = server.get_instance().get_app_session(run.session_id) if run is not None and server.exists() else None
    return session if isinstance(session, private(SESSION, "AppSession")) else None


@lent("streamlit", "looks are put on small pictures that nobody may see", otherwise=True)
def has_browser() -> bool:
    """Whether what this run draws goes to a browser."""
    return _session_of(_run()) is not None


def _wish(run: Any, **more: Any) -> Any:
    """Streamlit's word for another run of the same page, for the same browser: its address and its language."""
    same = {"query_string": run.query_string, "page_script_hash": run.page_script_hash}
    return private(RUNNER, "RerunData")(**same, context_info=run.context_info, **more)


@lent("streamlit", "what was to be drawn anew stays as it is until the next press", otherwise=False)
def draw_anew() -> bool:
    """Have the page drawn as soon as this run has ended; whether that could be asked for.

    Streamlit's own `st.rerun` cannot be called in callbacks, and ends the run it is called in.
    """
    run = _run()
    return bool(run and run.script_requests and run.script_requests.request_rerun(_wish(run)))


@lent("streamlit", "what was to be told later is not told before the next press", otherwise=False)
def draw_part(part: str, is_wanted: Callable[[], bool], of: Any = None, seconds: float = 0) -> bool:
    """Have a part of the page drawn when this run has ended and the browser was sent all of it; whether that is asked.

    `of` is a run that may have ended (see `run`), where what asks for it is none; `seconds` are waited for before.

    Not before: where the next run begins, Streamlit still has the word of this one's end, it takes that for the word
    of a run broken off, and the browser goes on showing what this run has taken off the page. `is_wanted` is asked
    until then.
    """
    run = of or _run()
    if run is None or run.script_requests is None:
        return False
    wish, session = _wish(run, fragment_id_queue=[part]), _session_of(run)
    if session is None:  # nobody to send it to
        return bool(run.script_requests.request_rerun(wish))

    def is_here() -> bool:
        # On another page there is no such part: Streamlit would draw nothing, and take what stands there off the page.
        return session._client_state.page_script_hash == wish.page_script_hash and is_wanted()

    _at_rest(session, lambda: session._create_scriptrunner(wish), is_here, seconds)
    return True


@lent("streamlit", "a slider that is moved has the whole page drawn, not only what it changes", otherwise=None)
def changed() -> frozenset[str] | None:
    """The keys of the widgets that a message of the browser has changed, while callbacks are called for it.

    None where nobody can tell; of a widget without a key there is what Streamlit calls it.
    """
    if _run() is None:
        return None
    state = private("streamlit.runtime.state.session_state_proxy", "get_session_state")()._state
    keys = state._key_id_mapper.id_key_mapping
    return frozenset(keys.get(name, name) for name in state._new_widget_state if state._widget_changed(name))


@lent("streamlit", "a slider that is moved has the whole page drawn, not only what it changes", otherwise=None)
def when_sent(tell: Callable[[], None]) -> None:
    """Have this called, by the server's own thread, once this run has ended and the browser was sent all of it.

    Where another run begins before that, Streamlit lets go of what it has not sent of the same parts: then it is called
    after that one, and whoever has drawn less in it has to know.
    """
    session = _session_of(_run())
    if session is not None:
        _at_rest(session, tell, lambda: True)


def _at_rest(session: Any, act: Callable[[], None], is_wanted: Callable[[], bool], seconds: float = 0) -> None:
    """Act, in the server's thread, once nothing of a session is drawn or waits to be sent, if wanted until then."""
    loop = session._event_loop

    def look() -> None:
        if session._state.name == "SHUTDOWN_REQUESTED" or not is_wanted():
            return
        # Between two runs, too, there is a runner: the next may be of another page, which only its beginning tells.
        if session._scriptrunner is not None or not session._browser_queue.is_empty():
            loop.call_later(SENDING, look)
        else:
            act()

    loop.call_soon_threadsafe(loop.call_later, max(SENDING, seconds), look)


@lent("streamlit", "a press waits until a part of the page has finished its work", otherwise=False)
def is_called() -> bool:
    """Whether the person has done something meanwhile that this run keeps waiting, be it to a part of the page alone.

    Reading the session's state, which looks for it, too, lets what is done to a part wait.
    """
    return _is_told()


@lent("streamlit", "who waits asks the session's state, which costs the server ten times as much", otherwise=True)
def may_be_called() -> bool:
    """Whether reading the session's state might end this run: something was told to it that it has not looked at."""
    return _is_told()


def _is_told() -> bool:
    """Whether something waits to be looked at by the run that this thread draws."""
    run = _run()
    if not run or not run.script_requests:
        return False
    return run.script_requests._state is not private(REQUESTS, "ScriptRequestType").CONTINUE


def _sessions() -> Any:
    """What keeps the sessions of this server; None outside a server."""
    runtime = import_module("streamlit.runtime")
    return runtime.get_instance()._session_mgr if runtime.exists() else None


@lent("streamlit", "a closed tab keeps three descriptors until its time is over", otherwise=0)
def close_loops_of_closed_tabs(made: str = "") -> int:
    """Close the event loops of sessions whose tab is closed; of how many. One that comes back is given a new one.

    What they hold under keys that begin with `made`, if that is given, is let go with them.
    """
    sessions = _sessions()
    if sessions is None:
        return 0
    with sessions._storage_lock:
        waiting = [info.session for info in sessions._session_storage.list()]
    idle = [
        session
        for session in waiting
        if session._scriptrunner is None
        and not session._script_event_loop.is_closed()
        and not session._script_event_loop.is_running()
    ]
    for session in idle:
        session._script_event_loop.close()
        state = session._session_state
        for key in [key for key in state.filtered_state if made and str(key).startswith(made)]:
            del state[key]
    return len(idle)


@lent("streamlit", "a closed tab's pictures are kept until another tab is closed after its time is over", otherwise=0)
def shut_down_expired_sessions() -> int:
    """Shut down the sessions whose tab was closed for longer than Streamlit keeps them; how many there were.

    What they hold is let go at once: Streamlit's own loop knows the last session it served until it serves another.
    """
    sessions = _sessions()
    if sessions is None:
        return 0
    with sessions._storage_lock:
        gone = sessions._session_storage._cache.expire()
    for _, info in gone:
        session = info.session
        session.shutdown()
        if session._scriptrunner is None:
            # Others in their place: what it clears of its state leaves out what widgets call.
            session._session_state = type(session._session_state)()
            session._fragment_storage = type(session._fragment_storage)()
    return len(gone)


@lent("streamlit", "its files are looked for where they were before", otherwise=Path(st.__file__).parent / "static")
def static_files() -> Path:
    """The folder of the scripts, styles and fonts that Streamlit sends to browsers."""
    return Path(private("streamlit.file_util", "get_static_dir")())
