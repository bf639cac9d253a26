"""The stack as the program that this device draws the camera's picture with, and which of it only the server can do."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import streamlit as st

from effects import Pipeline
from effects.marks import Mark, Range, Swatch
from effects.shaders import Program, program
from pages.components.live.room import Room
from pages.components.live.way import SERVER, choose_way
from pages.components.page_component import page_component
from pages.components.picture_url import picture_url
from pages.components.stack.card import Stack, title_of
from pages.components.stack.needs_server import is_drawable
from pages.components.widgets import has_stops, slider_stops
from pages.components.words import _, listed, plural
from pages.components.workbench import Workbench

KEY = "device_program"
TABLE = "application/octet-stream"
MAX_PROGRAMS = 16

_program = page_component(KEY, __file__)


def device_program(bench: Workbench, room: Room) -> None:
    """Tell the browser the program of the stack that is shown; of what it leaves out, say so and propose the server."""
    missing = [title_of(item) for item in bench.shown if item.is_active and not is_drawable(item)]
    if missing:
        told = plural(
            "{titles} can be computed on the server only, and is left out on this device.",
            "{titles} can be computed on the server only, and are left out on this device.",
            len(set(missing)),
        )
        st.info(told.format(titles=listed(list(dict.fromkeys(missing)))))
        st.button(
            _("Show all of it on the server"), key="to_server", type="primary", on_click=choose_way, args=(room, SERVER)
        )
    drawn = drawable(bench.shown)
    _program(key=KEY, data=program_data(drawn) | {"settings": dict(settings(bench, drawn))})


def drawable(shown: Pipeline) -> Pipeline:
    """The stack without what only the server can do."""
    return Pipeline(tuple(item for item in shown if is_drawable(item)))


def program_data(pipeline: Pipeline) -> dict[str, Any]:
    """A program as the page's script takes it; its tables are fetched by their addresses, each once."""
    wire = made_program(pipeline).wire()
    tables = {
        digest: {**table, "bytes": picture_url(table["bytes"], f"{KEY}-{digest}", TABLE)}
        for digest, table in wire["tables"].items()
    }
    return {"program": base64.b64encode(wire["program"]).decode(), "values": wire["values"], "tables": tables}


@lru_cache(maxsize=MAX_PROGRAMS)
def made_program(pipeline: Pipeline) -> Program:
    """The program of a stack, kept for whoever asks again: the page is drawn anew for other reasons, too."""
    return program(pipeline)


def settings(bench: Workbench, drawn: Pipeline) -> Iterator[tuple[str, Any]]:
    """For the key of each widget that moves numbers of the program by itself: their names in it, and its stops.

    A slider without stops holds the number itself; one of a colour moves three.
    """
    values = made_program(drawn).values
    cards = [card for card in shown_cards(bench) if is_drawable(card.step)]
    for place, card in enumerate(cards):
        if f"{place}.strength" in values:
            yield f"{card.id}-strength", {"names": [f"{place}.strength"], "stops": []}
        for param in card.effect.params if card.effect else ():
            name, value = f"{place}.{param.name}", card.params[param.name]
            names = [f"{name}.{channel}" for channel in range(3)] if isinstance(param.mark, Swatch) else [name]
            if all(each in values for each in names):
                yield f"{card.id}-{param.name}", {"names": names, "stops": stops_of(param.mark, value)}


def stops_of(mark: Mark, value: Any) -> list[float]:
    """The stops of a slider that tells which of them it is at; none where it tells the number."""
    return slider_stops(mark, value) if isinstance(mark, Range) and has_stops(mark) else []


def shown_cards(bench: Workbench) -> Stack:
    """The cards of what is shown: all, or the one that is shown alone."""
    return (bench.alone,) if bench.alone else bench.stack
