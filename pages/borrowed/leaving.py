"""What a page tells while it is being left, for which Streamlit would draw it again and leave the other one.

A browser goes on naming the old page until the first word of the new one has come, as a component does that has just
been loaded: then the press of a link was lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from effects.borrowed import lent, private

SESSION = "streamlit.runtime.app_session"

ON_THE_WAY = 10.0  # s at most until the browser has heard of the page that it asked for


class Way(NamedTuple):
    """From which pages to which one a browser goes, and until when."""

    away: frozenset[str] = frozenset()
    to: str = ""
    until: float = 0.0


@lent("streamlit", "who goes to another page may stay where it was", otherwise=False)
def let_pages_be_left(clock: Callable[[], float] = time.monotonic) -> bool:
    """Have nothing drawn for what a page tells that is being left; whether that is so.

    To be called by the server, before its first session.
    """
    session = private(SESSION, "AppSession")
    draw, ways = session.request_rerun, WeakKeyDictionary[Any, Way]()

    def request(self: Any, told: Any) -> None:
        ways[self], is_late = follow(self, told, ways.get(self, Way()), clock())
        if not is_late:
            draw(self, told)

    session.request_rerun = request
    return True


@lent("streamlit", "who goes to another page may stay where it was", otherwise=(Way(), False))
def follow(session: Any, told: Any, way: Way, now: float) -> tuple[Way, bool]:
    """The way that a session's browser is on after this message of it; whether that came from a page it has left.

    Who asks for a page tells of no widget; what a page tells has its own, at least.
    """
    if now > way.until:
        way = Way()
    page = told.page_script_hash if told else ""
    if not page or page == way.to:
        return (Way() if page else way), False
    here = way.to or session._client_state.page_script_hash
    if page != here and not told.widget_states.widgets:
        return Way((way.away | {here}) - {page}, page, now + ON_THE_WAY), False
    return way, page in way.away
