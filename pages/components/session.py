"""The only reader and writer of Streamlit's session state: one workbench a person, and what their widgets hold."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import streamlit as st

from effects.workers import Person
from effects.workers.patience import wait_still
from pages.borrowed import streamlit as borrowed
from pages.components.echoes import Echoes
from pages.components.floor import FLOOR
from pages.components.settings import SETTINGS
from pages.components.workbench import Workbench

_NOTHING = object()

SENDING = 0.03  # s that Streamlit takes to send what a run has drawn
MADE = "made-"  # how the keys begin of what is made again where it is not there
ONCE = f"{MADE}once-"
MAX_KEPT = 16  # of each name
SHOWING = 0.04  # s that a browser takes to show it

Held = TypeVar("Held")

Made = TypeVar("Made")


def workbench(home: str = "") -> Workbench:
    """This session's workbench, made when the session first asks; each page begins with it.

    `home` is the page where it is a place of work: one comes back there from the catalogue.
    """
    bench = hold("workbench", Workbench)
    bench.enter(page())
    bench.home = home or bench.home
    return bench


def hold(key: str, make: Callable[[], Held]) -> Held:
    """What this session holds under a key, made when it is first asked for; for what one page alone knows of."""
    if key not in st.session_state:
        st.session_state[key] = make()
    found: Held = st.session_state[key]
    return found


def value(key: str) -> Any:
    """What the widget with this key holds now, or None before it was shown."""
    return st.session_state.get(key)


def component_value(key: str, name: str) -> Any:
    """What the component with this key told last under this name, or None before it told anything."""
    state = st.session_state.get(key)
    return state.get(name) if state else None


def give_way() -> None:
    """Let what the person has done meanwhile come first: this run ends here if there is anything.

    Streamlit looks for it at every access to the session's state; long work in between would let messages pile up. Runs
    of others need not wait for this one from here on.
    """
    FLOOR.leave()
    if borrowed.may_be_called():
        st.session_state.get("workbench")


def hand() -> str:
    """What the person has in hand, as the browser tells: a widget's key, and a number of its own for each time."""
    return str(component_value("presses", "hand") or "")


def is_echo(key: str) -> bool:
    """Whether what the browser says of this widget is what it showed before, and no wish of the person's.

    A message that left before the new value came there tells the old one; to Streamlit that is a change.
    """
    if component_value("presses", "pressed") is None and not hand():
        return False  # no script of ours tells what a person has in hand
    return hold("echoes", Echoes).has(key, value(key), hand())


class CalledAwayError(Exception):
    """The person has done something meanwhile, which a run that has drawn all it has to draw makes way for."""


def end_if_called() -> None:
    """As `give_way`, also for what is done to a part of the page, which Streamlit lets wait: CalledAwayError.

    For what a run does when all is drawn: who catches it leaves nothing undone.
    """
    give_way()
    if borrowed.is_called():
        raise CalledAwayError


def show(key: str, wanted: Any) -> None:
    """Let the widget with this key, not drawn yet in this run, show a value.

    Only a difference is written, or what a run wrote that was broken off and so may never have reached the browser: a
    value written again would pull a slider out of the hand that moves it.
    """
    before, unsent = st.session_state.get(key, _NOTHING), hold("unsent", set[str])
    if before != wanted or key in unsent:
        unsent.add(key)
        # Of two changes in a row the browser may still tell the first, which is not what it has told last.
        for former in {before, hold("wanted", dict[str, Any]).get(key, _NOTHING)} - {_NOTHING, wanted}:
            hold("echoes", Echoes).note_replaced(key, former, hand())
        st.session_state[key] = wanted
    hold("wanted", dict[str, Any])[key] = wanted


def send_widgets() -> None:
    """A page, or a part of one, was drawn to its end: what was written to its widgets goes to the browser now.

    Streamlit lets go of what it has not sent yet when the next run begins, so that one waits for a moment.
    """
    unsent = hold("unsent", set[str])
    if unsent:
        FLOOR.leave()
        time.sleep(SENDING)
        unsent.clear()


def show_so_far() -> None:
    """Let the browser show what this run of a part of the page has drawn before it is sent the rest.

    A browser shows nothing while messages come in, and a part of the page is a hundred of them. What the person does
    meanwhile comes first.
    """
    if parts_drawn():
        wait_still(SHOWING, give_way)


def note_shown(key: str) -> None:
    """The widget with this key shows what it holds: a person has set it, and it is not drawn anew for that."""
    hold("wanted", dict[str, Any])[key] = value(key)


@contextmanager
def showing(key: str, wanted: Any) -> Iterator[None]:
    """Draw, inside this, the widget with this key: it shows the value, also where another page had the key last.

    To Streamlit a widget of the same key on another page is another widget, which knows nothing of what the key holds.
    So there the value is written once, and not taken for shown before the widget is drawn: a run may end between.
    """
    here, shown_on = page(), hold("shown-on", dict[str, str])
    if shown_on.get(key) == here:
        show(key, wanted)
    else:
        hold("unsent", set[str]).add(key)
        st.session_state[key] = wanted
    yield
    shown_on[key] = here


def page() -> str:
    """Which page this run is about."""
    return borrowed.page() or urlsplit(st.context.url or "").path


def identity() -> str:
    """Which session this run belongs to: a word of its own."""
    return hold("identity", lambda: secrets.token_hex(8))


def person() -> Person:
    """Whose jobs those of this session are, for the workers that do them."""
    return Person(identity(), SETTINGS.session_jobs)


def part() -> str:
    """The part of the page that is being drawn; empty where it is none."""
    return borrowed.part()


def parts_drawn() -> tuple[str, ...]:
    """The parts of the page that this run is for; none where it is for the page."""
    return borrowed.parts_drawn()


def changed() -> frozenset[str] | None:
    """The keys of the widgets that were changed by what the browser has sent; None where nobody can tell.

    To be asked in callbacks.
    """
    return borrowed.changed()


def when_sent(tell: Callable[[], None]) -> None:
    """Have this called, in another thread, when this run has ended and the browser was sent all of it."""
    borrowed.when_sent(tell)


def draw_part(part: str, is_wanted: Callable[[], bool], seconds: float = 0) -> None:
    """Have a part of the page drawn by itself so long after all that this run draws was sent, if still wanted then."""
    if part:
        borrowed.draw_part(part, is_wanted, seconds=seconds)


def have_drawn(part: str) -> None:
    """See to it that a part of the page (empty: all of it) is drawn for what was told there, if this run is for others.

    To be called in callbacks, which come before the run.
    """
    parts = parts_drawn()
    if parts and not part:
        draw_anew()
    elif parts and part not in parts:
        draw_part(part, lambda: True)


def alone_or_later(part: str, is_wanted: Callable[[], bool]) -> bool:
    """Whether this run is for this part of the page alone; if not, the part is drawn by itself next (see `draw_part`).

    For what takes long, which no run of the page is kept waiting with. Where Streamlit tells of no parts, each run is
    one of the page: what waits already is done in the second.
    """
    parts, waiting = parts_drawn(), hold("waiting-parts", set[str])
    if not part or parts == (part,) or (not parts and part in waiting):
        waiting.discard(part)
        return True
    waiting.add(part)
    draw_part(part, is_wanted)
    return False


def later_drawing() -> Callable[[str], None]:
    """The way for another thread to have a part of this page drawn, also when this run has ended long ago."""
    run = borrowed.run()

    def draw(part: str) -> None:
        if part and run is not None:
            borrowed.draw_part(part, lambda: True, run)

    return draw


def has_browser() -> bool:
    """Whether what this run draws goes to a browser."""
    return borrowed.has_browser()


def draw_anew() -> bool:
    """Ask for another run of the page where `st.rerun` cannot be called; whether that could be done."""
    return borrowed.draw_anew()


def made_once(name: str, of: object, make: Callable[[], Made]) -> Made:
    """What `make` made of this very object, made anew only when there is another one; for this session alone."""
    key = f"{ONCE}{name}"
    held, made = st.session_state.get(key, (_NOTHING, None))
    if held is not of:
        made = make()
        st.session_state[key] = (of, made)
    result: Made = made
    return result


def kept(name: str, of: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` made of this or its equal, kept with the last of its name for who asks again; for this session alone.

    A stack may hold somebody's pictures and words: what is made of it is nobody else's.
    """
    held = hold(f"{MADE}{name}", dict[Hashable, Made])
    made = held.pop(of) if of in held else make()
    while len(held) >= MAX_KEPT:
        del held[next(iter(held))]
    held[of] = made
    return made


def forget_made(of: object) -> None:
    """Let go of what was made once of anything else: a run that has no need of it any more would keep it."""
    for key in [key for key in st.session_state if str(key).startswith(ONCE)]:
        if st.session_state[key][0] is not of:
            del st.session_state[key]
