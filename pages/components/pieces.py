"""The table, which is all one works with on a page, and its pieces: what a slider changes, drawn without the rest.

A table is a hundred elements, and each costs the one interpreter of a server as much as a small picture. Whoever knows
that a press changes nothing but the pieces has them drawn alone; they end with a look whether that was so.

What callbacks find out comes late: the run for the table has begun by then, and another one, for the pieces, follows.
So where the browser tells of the same widgets as before, for which pieces were enough, its run is for these at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from pages.components import session
from pages.components.unforeseen import fragment

TABLE = "table"
"""What callbacks ask for the whole table by."""

HANDS = {"presses"}
"""What may be told together with a slider: that one has it in hand."""


@dataclass
class Table:
    """A session's table: the part of the page that it is, the pieces in it, and whether it stands as it was drawn.

    `where` is the page that it is on; `page` is the same once it was drawn to its end and sent, and its pieces may be
    asked for. `number` is another one for each time that it is drawn. `pieces` are its parts, by their names.

    `told` is what the browser told last of each widget, and `sliding` the one for which the pieces `enough` were, since
    the table was drawn. `foreseen` is what this run is for instead of the table; a callback has to say so, too: then it
    `is_so`.
    """

    part: str = ""
    pieces: dict[str, str] = field(default_factory=dict)
    where: str = ""
    page: str = ""
    is_lasting: bool = False
    number: int = 0
    told: Mapping[str, int] = field(default_factory=dict)
    sliding: str = ""
    enough: tuple[str, ...] = ()
    foreseen: frozenset[str] = frozenset()
    is_so: bool = False


def foresee(parts: Sequence[str], told: Mapping[str, int]) -> list[str]:
    """The parts of the page that a run is for, of which the browser asks for these, and tells this of widgets by key.

    To be asked before the run begins.
    """
    table = _table()
    before, table.told, table.foreseen, table.is_so = table.told, told, frozenset(), False
    changed = {key for key in told.keys() | before.keys() if told.get(key) != before.get(key)}
    slides = table.sliding in told and changed - HANDS == {table.sliding}
    if [*parts] == [table.part] and table.page and slides:
        table.foreseen = frozenset(table.pieces[name] for name in table.enough)
    return [*table.foreseen] or [*parts]


def begin() -> None:
    """The table is drawn from here on: the part of the page that is drawn now."""
    table = _table()
    table.part, table.where, table.page, table.is_lasting = session.part(), session.page(), "", True
    table.number += 1
    table.sliding = ""
    table.pieces.clear()


def end() -> None:
    """The table is drawn; once that is sent its pieces can be drawn without it, unless it has shown what soon goes.

    Not before: a run for the table that draws but pieces of it would keep the browser from ever being sent the rest.
    """
    table = _table()
    number = table.number

    def sent() -> None:
        if table.number == number and table.is_lasting and table.part:
            table.page = table.where

    session.when_sent(sent)


def passes() -> None:
    """What is drawn now goes with the next thing that one does: the table will be drawn for it, whatever that is."""
    table = _table()
    table.page, table.is_lasting = "", False


def piece(name: str, draw: Callable[[], None]) -> None:
    """Draw a piece of the table, which `draw_only` knows by its name; on other pages, a part of theirs as any.

    What components tell in it concerns the table. Widgets have no place in it.
    """
    table = _table()
    if not table.part or session.part() != table.part:
        draw()
        return

    def drawn() -> None:
        table.pieces[name] = session.part()
        draw()
        if _is_foreseen() and not table.is_so:
            draw_table()

    fragment(drawn, key=name)()


def stands() -> bool:
    """Whether this run was to be for the table alone, and that stands as it was drawn last: pieces may do."""
    table = _table()
    is_here = bool(table.page) and table.page == session.page()
    return is_here and (session.parts_drawn() == (table.part,) or _is_foreseen())


def _is_foreseen() -> bool:
    table = _table()
    return bool(table.foreseen) and table.foreseen == {*session.parts_drawn()}


def are_drawn_alone() -> bool:
    """Whether this run is for pieces, and the table stands as it is."""
    parts, table = session.parts_drawn(), _table()
    return not {*table.pieces.values()}.isdisjoint(parts) and table.part not in parts


def draw_only(names: Sequence[str], slider: str = "") -> None:
    """Have these pieces drawn instead of the table; called at the end of a callback, which goes no further.

    Where that is the callback of a `slider` with this key, they are drawn at once when it is moved again.
    """
    table = _table()
    table.is_so = True
    if slider:
        # Of a part beside the table, as the pixels from near, only its name is known.
        is_known = table.pieces.keys() >= {*names}
        table.sliding, table.enough = slider if is_known else "", tuple(names)
    if not (_is_foreseen() and {table.pieces.get(name) for name in names} <= table.foreseen):
        st.rerun([*names])


def draw_table() -> None:
    """Have the table drawn after the pieces: something in it is not as it was."""
    table = _table()
    table.page = ""
    session.draw_part(table.part, lambda: True)


def have_drawn(part: str) -> None:
    """As `session.have_drawn`, of a piece for the whole table; called at the end of a callback."""
    table, parts = _table(), session.parts_drawn()
    if part in table.pieces.values() and table.where == session.page() and parts and table.part not in parts:
        st.rerun(TABLE)
    session.have_drawn(part)


def _table() -> Table:
    return session.hold("table", Table)
