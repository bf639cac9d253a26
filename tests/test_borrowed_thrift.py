"""What Streamlit does anew in each run is done once, and comes to the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from streamlit import config, delta_generator
from streamlit.components.v2.bidi_component import main, serialization
from streamlit.components.v2.presentation import make_bidi_component_presenter
from streamlit.cursor import RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import SessionState

from effects.borrowed import private
from pages.borrowed import thrift as borrowed
from tests.upgrades import forget, loss_without, losses, take_away

SECTIONS = {"theme": (), "theme.light": ("light",), "theme.dark": ("dark",), "theme.sidebar": ("sidebar",),
            "theme.dark.sidebar": ("dark", "sidebar")}  # fmt: skip


TABLE = np.arange(6).reshape(2, 3)
WHERE = "pages/borrowed/thrift.py: this Streamlit {}"


@pytest.fixture(autouse=True)
def streamlit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (borrowed.THEME, borrowed.SETTINGS):
        monkeypatch.setattr(app_session, name, private(borrowed.SESSION, name))
    monkeypatch.setattr(delta_generator, "deepcopy", deepcopy)
    monkeypatch.setattr(DeltaGenerator, "__deepcopy__", DeltaGenerator.__deepcopy__)
    monkeypatch.setattr(main, borrowed.PRESENTER, make_bidi_component_presenter)
    monkeypatch.setattr(serialization, "is_dataframe_like", private(borrowed.WORDS, "is_dataframe_like"))
    monkeypatch.setattr(ScriptRunner, "_run_script", ScriptRunner._run_script)
    before = config.get_option("theme.primaryColor")
    yield
    config.set_option("theme.primaryColor", before)


def worked_out() -> CustomThemeConfig:
    """What Streamlit tells a browser of the theme, in the parts and in the order in which it does."""
    whole = CustomThemeConfig()
    for section, path in SECTIONS.items():
        part = whole
        for name in path:
            part = getattr(part, name)
        app_session._populate_theme_msg(part, section)
    return whole


def test_the_theme_is_what_streamlit_makes_of_it_the_first_time_and_the_next() -> None:
    config.set_option("theme.primaryColor", "#123456")
    wanted = worked_out()
    assert wanted.primary_color == "#123456"
    assert wanted.dark.background_color, "the page has two themes"
    assert borrowed.remember_settings(), WHERE.format("makes its theme elsewhere")
    assert [worked_out() == wanted for _ in range(2)] == [True, True]


def test_so_are_the_settings() -> None:
    theirs, ours, again = Config(), Config(), Config()
    app_session._populate_config_msg(theirs)
    assert theirs.ByteSize(), "there is something to be told"
    assert borrowed.remember_settings(), WHERE.format("tells its settings elsewhere")
    for message in (ours, again):
        app_session._populate_config_msg(message)
    assert theirs == ours == again


def test_it_is_worked_out_once_and_again_where_the_settings_are_read_anew() -> None:
    assert borrowed.remember_settings()
    worked_out()
    config.set_option("theme.primaryColor", "#654321")
    assert worked_out().primary_color != "#654321", "it is not looked for in each run"
    config._on_config_parsed.send()
    assert worked_out().primary_color == "#654321"


def test_without_that_function_each_run_works_it_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forget()
    take_away(monkeypatch, borrowed, borrowed.THEME)
    assert not borrowed.remember_settings()
    (loss,) = losses(caplog)
    assert "theme" in loss
    config.set_option("theme.primaryColor", "#abcdef")
    assert worked_out().primary_color == "#abcdef"


def nested() -> tuple[DeltaGenerator, ...]:
    """A block in a block in the page, as a part of the page would be drawn in the innermost."""
    blocks: list[DeltaGenerator] = []
    for depth, kind in enumerate((None, "column", "expander")):
        cursor = RunningCursor(0, tuple(range(depth)))
        cursor.open_block()
        blocks.append(DeltaGenerator(0, cursor, blocks[-1] if blocks else None, kind))
    return tuple(blocks)


def seen(block: DeltaGenerator) -> list[object]:
    """What there is of a block and of those around it, down to values."""
    return [
        [set(vars(each)), each._block_type, each._root_container, vars(each._cursor)["_index"], each._cursor.delta_path]  # type: ignore[union-attr]
        for each in block._ancestors
    ]


def test_what_a_part_stands_in_is_copied_once_and_is_what_streamlit_copies() -> None:
    blocks = nested()
    theirs = deepcopy(blocks)
    assert theirs[2]._parent is not theirs[1], WHERE.format("copies each block once by itself: nothing is to be saved")
    assert borrowed.copy_places_once(), WHERE.format("copies blocks in another way")
    ours = deepcopy(blocks)
    assert [seen(block) for block in ours] == [seen(block) for block in theirs] == [seen(block) for block in blocks]
    assert ours[2]._parent is ours[1]
    assert ours[1]._parent is ours[0]
    assert not {id(block) for block in ours} & {id(block) for block in blocks}


def test_a_copy_goes_on_by_itself() -> None:
    assert borrowed.copy_places_once()
    blocks = nested()
    copies = deepcopy(blocks), deepcopy(blocks)
    for cursor in (block._cursor for block in copies[0]):
        assert cursor is not None
        cursor.open_block()
    assert seen(copies[1][2]) == seen(blocks[2]) != seen(copies[0][2])


def told(held: object, events: object, kind: str = "json_trigger_value") -> SessionState:
    """A session whose component `it` holds this and tells of these events."""
    state = SessionState()
    for name, value, of in (("it", held, "json_value"), ("events", events, kind)):
        state._new_widget_state.set_widget_metadata(
            WidgetMetadata(name, lambda value: value, lambda value: value, of)  # type: ignore[arg-type]
        )
        if value is not None:
            state._new_widget_state.set_from_value(name, value)
    return state


@pytest.mark.parametrize("held", [{}, {"at": 3}, {"press": "held"}, "no mapping", None])
@pytest.mark.parametrize(
    "events",
    [
        None,
        [],
        [{"event": "press", "value": 1}, {"event": "other"}],
        {"event": "press", "value": 2},
        [{}, 3, {"event": 3}],
    ],
)
def test_what_a_component_tells_is_read_as_streamlit_reads_it(held: object, events: object) -> None:
    assert borrowed.read_components_plainly(), WHERE.format("reads its components in another way")
    state = told(held, events)
    theirs = make_bidi_component_presenter("events", "it", {"at"})(held, state)
    ours = private(borrowed.COMPONENTS, borrowed.PRESENTER)("events", "it", {"at"})(held, state)
    assert ours == theirs
    assert type(ours) in {dict, str, type(None)}


def test_what_tells_no_events_is_read_as_it_is() -> None:
    assert borrowed.read_components_plainly()
    held = {"at": 3}
    present = private(borrowed.COMPONENTS, borrowed.PRESENTER)("events", "it")
    assert present(held, told(held, "words", kind="string_value")) is held
    assert present(held, SessionState()) is held


def test_where_a_session_holds_it_elsewhere_streamlit_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, borrowed.PRESENTER, lambda *_names: lambda _held, _session: {"read": "by Streamlit"})
    assert borrowed.read_components_plainly()
    assert private(borrowed.COMPONENTS, borrowed.PRESENTER)("events", "it")({}, object()) == {"read": "by Streamlit"}


def test_words_are_told_as_streamlit_tells_them_and_a_table_is_still_one() -> None:
    data = {
        "words": ["Noir", 3],
        "named": {"at": [1.5, None], "is": True},
        "empty": [],
        "title": "Grey",
        "table": TABLE,
    }
    theirs, ours = BidiComponent(), BidiComponent()
    serialization.serialize_mixed_data(data, theirs)
    assert borrowed.look_for_no_tables(), WHERE.format("looks for tables in another way")
    serialization.serialize_mixed_data(data, ours)
    assert ours == theirs
    assert len(ours.mixed.arrow_blobs) == 1


def test_each_run_is_drawn_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []

    @contextmanager
    def turn() -> Iterator[None]:
        heard.append("begins")
        yield
        heard.append("ends")

    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _self, wish: heard.append(wish))
    assert borrowed.run_one_at_a_time(turn), WHERE.format("draws its runs in another way")
    runner: Any = object.__new__(ScriptRunner)
    runner._run_script("a run")
    assert heard == ["begins", "a run", "ends"]


def slid(**values: float) -> WidgetStates:
    """What a browser tells of sliders, by their keys."""
    states = WidgetStates()
    for key, value in values.items():
        states.widgets.add(id=f"$$ID-0123-{key}", double_value=value)
    return states


def test_a_run_for_a_part_is_for_those_that_were_foreseen(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[RerunData] = []
    asked: list[tuple[list[str], dict[str, int]]] = []

    def foresee(parts: Sequence[str], widgets: Mapping[str, int]) -> list[str]:
        asked.append(([*parts], dict(widgets)))
        return ["picture"] if len(asked) > 2 else [*parts]

    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _self, wish: heard.append(wish))
    assert borrowed.foresee_parts(foresee), WHERE.format("draws its runs in another way")
    runner: Any = object.__new__(ScriptRunner)
    page = RerunData(widget_states=slid(stops=0.1))
    moves = [RerunData(widget_states=slid(stops=value), fragment_id_queue=["table"]) for value in (0.1, 0.1, 0.2)]
    silent = RerunData(fragment_id_queue=["table"])
    for wish in (page, *moves, silent):
        runner._run_script(wish)
    assert heard[:3] == [page, *moves[:2]]
    assert [wish.fragment_id_queue for wish in heard[3:]] == [["picture"], ["picture"]]
    assert heard[3].widget_states == moves[2].widget_states
    assert [parts for parts, _ in asked] == [["table"]] * 4, "a run for the page was asked about"
    first, again, other, nothing = (widgets for _, widgets in asked)
    assert first.keys() == {"stops"}, WHERE.format("names its widgets in another way")
    assert first == again != other
    assert nothing == {}


def test_a_run_that_tells_nothing_known_is_drawn_as_asked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _self, wish: heard.append(wish))
    forget()
    borrowed.foresee_parts(lambda _parts, _widgets: ["another"])
    runner: Any = object.__new__(ScriptRunner)
    runner._run_script("a run")
    assert heard == ["a run"]
    (loss,) = losses(caplog)
    assert "two runs" in loss


@pytest.mark.parametrize(
    ("name", "act", "lost"),
    [
        ("ScriptRunner", lambda: borrowed.foresee_parts(lambda parts, _: [*parts]), "two runs"),
        ("ScriptRunner", lambda: borrowed.run_one_at_a_time(contextmanager(lambda: iter([None]))), "wake each other"),
        ("DeltaGenerator", borrowed.copy_places_once, "again and again"),
        ("is_dataframe_like", borrowed.look_for_no_tables, "a table of twenty kinds"),
        (borrowed.PRESENTER, borrowed.read_components_plainly, "a class of its own"),
    ],
)
def test_without_a_name_streamlit_goes_on_as_it_does(
    name: str, act: Any, lost: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert lost in loss_without(name, borrowed, act, monkeypatch, caplog)
