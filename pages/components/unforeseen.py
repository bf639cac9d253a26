"""Errors that nobody foresaw: logged with their trace; the person reads one sentence, and goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

import streamlit as st

from effects import workers
from pages.components import session
from pages.components.words import _, later

log = logging.getLogger(__name__)

SENTENCE = later(
    "Something went wrong here that nobody foresaw. Your photo and your stack are kept: go on, or undo the "
    "last change if this comes again."
)

_edges: ContextVar[int] = ContextVar("edges", default=0)  # around what is drawn now
_failures: set[str] = set()  # sessions in which a callback failed, until their page has told it


@contextmanager
def edge() -> Iterator[None]:
    """The edge of a page, or of a part that is drawn by itself: no error goes beyond it, and none is lost.

    What workers do inside it is done for the person of this session. Inside another edge more is to come.
    """
    outside = _edges.set(_edges.get() + 1)
    try:
        with workers.on_behalf_of(session.person()):
            yield
        if _edges.get() == 1:
            session.send_widgets()
    except Exception:
        log.exception("A page could not be drawn to its end")
        tell()
    finally:
        _edges.reset(outside)


def fragment(
    function: Callable[..., None], *, run_every: float | None = None, key: str | None = None
) -> Callable[..., None]:
    """A part of a page that is drawn by itself, with an edge of its own; callbacks may ask for it by its `key`."""

    @wraps(function)
    def within(*arguments: Any) -> None:
        with edge():
            function(*arguments)

    return st.fragment(within, run_every=run_every, key=key)


def tell() -> None:
    """The sentence, and the way on: a press of any button draws the page anew."""
    st.error(_(SENTENCE))
    st.button(_("Go on"), key="go_on", icon=":material/refresh:")


def tell_failure(error: Exception) -> bool:
    """What Streamlit is to do with an error of a callback, which no edge surrounds: nothing (True).

    Streamlit has logged it, and draws no page after it; so the page is asked for here, and tells of it.
    """
    del error
    session_id = session.identity()
    if session_id in _failures or not session.draw_anew():
        tell()
    else:
        _failures.add(session_id)
    return True


def unforeseen() -> None:
    """Tell of a callback's error, once."""
    if session.identity() in _failures:
        _failures.discard(session.identity())
        tell()
