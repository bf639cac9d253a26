"""What Streamlit does anew in each run, or in one at a time, done once: a third of what a slider costs the server.

To be called by the server, before its first session.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import replace as replaced
from typing import Any

from effects.borrowed import GONE, lent, private, replace
from pages.borrowed.pictures import ROUNDS

RUNNER = "streamlit.runtime.scriptrunner.script_runner"
SESSION = "streamlit.runtime.app_session"
STATES = "streamlit.runtime.state.common"
THEME = "_populate_theme_msg"
SETTINGS = "_populate_config_msg"
PLACES = "streamlit.delta_generator"
COMPONENTS = "streamlit.components.v2.bidi_component.main"
WORDS = "streamlit.components.v2.bidi_component.serialization"
PRESENTER = "make_bidi_component_presenter"

Foresee = Callable[[Sequence[str], Mapping[str, int]], list[str]]


def save_work(run_in_turn: Callable[[], AbstractContextManager[None]], foresee: Foresee) -> None:
    """All of it; inside what `run_in_turn` gives each run is drawn, and for the parts that `foresee` gives."""
    foresee_parts(foresee)
    run_one_at_a_time(run_in_turn)
    remember_settings()
    copy_places_once()
    read_components_plainly()
    look_for_no_tables()
    ROUNDS.begin()


@lent("streamlit", "runs of many people at once wake each other at every step", otherwise=False)
def run_one_at_a_time(run_in_turn: Callable[[], AbstractContextManager[None]]) -> bool:
    """Have each run drawn inside this; whether that is so."""
    runner = private(RUNNER, "ScriptRunner")
    run_at_once = runner._run_script

    def run(self: Any, wish: Any) -> None:
        with run_in_turn():
            run_at_once(self, wish)

    runner._run_script = run
    return True


@lent("streamlit", "a slider takes two runs: the first finds that parts of its part are enough", otherwise=False)
def foresee_parts(foresee: Foresee) -> bool:
    """Have a run that a browser asks for a part of the page be for the parts that `foresee` gives; whether that is so.

    It is given the parts, and what the browser tells of its widgets: by their keys, a number that stands for it.
    """
    runner = private(RUNNER, "ScriptRunner")
    run_as_asked = runner._run_script

    def run(self: Any, wish: Any) -> None:
        parts, told = asked(wish)
        run_as_asked(self, of_parts(wish, foresee(parts, told)) if parts else wish)

    runner._run_script = run
    return True


@lent("streamlit", "a slider takes two runs: the first finds that parts of its part are enough", otherwise=((), {}))
def asked(wish: Any) -> tuple[Sequence[str], Mapping[str, int]]:
    """The parts that a run is for, none where it is for the page, and what the browser tells of its widgets."""
    states = wish.widget_states.widgets if wish.widget_states is not None else ()
    key = private(STATES, "user_key_from_element_id")
    return wish.fragment_id_queue, {key(state.id) or state.id: hash(state.SerializeToString()) for state in states}


def of_parts(wish: Any, parts: list[str]) -> Any:
    """The same run, for these parts."""
    return wish if parts == wish.fragment_id_queue else replaced(wish, fragment_id_queue=parts)


@lent("streamlit", "each run works out theme and settings anew, a seventh of what a slider costs", otherwise=False)
def remember_settings() -> bool:
    """Have the theme and the settings, told at each run's beginning, worked out once; whether that is so.

    And again where the settings are read anew.
    """
    made: dict[tuple[str, ...], Any] = {}
    private("streamlit.config", "on_config_parsed")(made.clear, force_connect=True)
    for name in (THEME, SETTINGS):
        replace(SESSION, name, _remembering(private(SESSION, name), name, made))
    return True


def _remembering(work_out: Callable[..., None], name: str, made: dict[tuple[str, ...], Any]) -> Callable[..., None]:
    def remembered(message: Any, *section: str) -> None:
        if (name, *section) not in made:
            part = type(message)()
            work_out(part, *section)
            made[name, *section] = part
        if made[name, *section].ByteSize():  # what is empty is not there; to merge it in would say that it is
            message.MergeFrom(made[name, *section])

    return remembered


@lent("streamlit", "what a part of the page stands in is copied again and again, a tenth of a slider", otherwise=False)
def copy_places_once() -> bool:
    """Have what a part of the page stands in copied once for each of its runs; whether that is so.

    Streamlit's own copies know nothing of each other: with each block in another one, all those around it come anew.
    """
    place, copying = private(PLACES, "DeltaGenerator"), threading.local()
    copy_alone = place.__deepcopy__

    def copy(self: Any, memo: dict[int, Any]) -> Any:
        before, copying.memo = getattr(copying, "memo", None), memo
        try:
            return copy_alone(self, memo)
        finally:
            copying.memo = before

    replace(PLACES, "deepcopy", lambda value: deepcopy(value, getattr(copying, "memo", None)))
    place.__deepcopy__ = copy
    return True


@lent(
    "streamlit",
    "what a component tells is read as an object of a class of its own, a tenth of a slider",
    otherwise=False,
)
def read_components_plainly() -> bool:
    """Have what a component tells read as a plain dict, which nobody here writes into; whether that is so.

    Streamlit makes a class for each reading, to take what is written into it.
    """
    make_theirs = private(COMPONENTS, PRESENTER)

    def make(events: str, *more: Any, **options: Any) -> Callable[[object, Any], object]:
        present_theirs = make_theirs(events, *more, **options)

        def present(held: object, session: Any) -> object:
            try:
                told = session._new_widget_state
                kind = told.widget_metadata.get(events)
                if not isinstance(held, dict) or kind is None or kind.value_type != "json_trigger_value":
                    return held
                payload = told.get(events)
            except GONE:
                return present_theirs(held, session)
            each = [payload] if isinstance(payload, dict) else payload or []
            known = [one for one in each if isinstance(one, dict) and isinstance(one.get("event"), str)]
            return {one["event"]: one.get("value") for one in known} | held

        return present

    replace(COMPONENTS, PRESENTER, make)
    return True


@lent("streamlit", "each list that a component is given is looked at for a table of twenty kinds", otherwise=False)
def look_for_no_tables() -> bool:
    """Have lists and mappings that a component is given taken for what they are here: words; whether that is so."""
    is_table = private(WORDS, "is_dataframe_like")
    replace(WORDS, "is_dataframe_like", lambda value: not isinstance(value, list | dict) and is_table(value))
    return True
