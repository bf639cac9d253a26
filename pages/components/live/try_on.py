"""Try on me: nine tiles at a time of the person under effects and looks, as in a booth; a click takes one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import streamlit as st

from effects import EFFECTS, Photo
from effects.image import Image
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.live.looks_strip import AT_ONCE, settled_frame, wished_aspect
from pages.components.live.room import Room
from pages.components.photo.invitation import sample_thumbnails
from pages.components.picker.gallery import Tile, gallery
from pages.components.picker.shelf import LOOK, pipelines
from pages.components.picker.thumbnails import Thumbnails
from pages.components.unforeseen import fragment
from pages.components.words import _
from pages.components.workbench import Workbench

ROUND = 2.5  # s between two rounds of pictures
TILES, COLUMNS = 9, 3

FIRST = ("warp", "art", "stylize", "retro", "motion")
"""Categories that change a face the most: what a party tries first."""

LEFT_OUT = "geometry"
"""The category whose effects are for a picture that lies there."""


@dataclass
class Tiles:
    """Which nine are shown, and of each the newest picture, by its name: those made the longest ago come first."""

    is_open: bool = False
    is_new: bool = False  # whether they were opened just now
    page: int = 0
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The nine of this page; the last page has what is left."""
        return names()[self.page * TILES :][:TILES]

    def turn(self, by: int) -> None:
        """Go on or back by pages, round and round."""
        self.page = (self.page + by) % pages()

    def look_again(self, frame: Image | None, seconds: float) -> None:
        """Make pictures of this frame for about so long, the oldest anew; without one, forget what the camera saw."""
        if frame is None:
            self.pictures.clear()
            return
        ages = {name: age for age, name in enumerate(self.pictures)}
        order = sorted(self.names, key=lambda name: ages.get(name, -1))
        made = Thumbnails(Photo(frame))
        made.make((pipelines()[name] for name in order), seconds)
        for name in order:
            picture = made.made(pipelines()[name])
            if picture:
                self.pictures.pop(name, None)
                self.pictures[name] = picture


@cache
def names() -> tuple[str, ...]:
    """All that suits live video, as one pages through it: what changes a face most, the looks, then the rest."""
    effects = [
        effect
        for effect in EFFECTS.values()
        if effect.live and effect.category != LEFT_OUT and not pipelines()[effect.name].changes_nothing
    ]
    first = [effect.name for category in FIRST for effect in effects if effect.category == category]
    rest = [effect.name for effect in effects if effect.category not in FIRST]
    return (*first, *(LOOK + name for name in LOOK_BOOK), *rest)


def pages() -> int:
    """How many times nine there are."""
    return -(-len(names()) // TILES)


def try_on(bench: Workbench, room: Room) -> None:
    """The button, and the tiles where they are asked for; they are made anew while the video runs."""
    tiles = session.hold("tiles", Tiles)
    fragment(_try_on, run_every=ROUND if room.is_on and tiles.is_open else None)(bench, room, tiles)


def _try_on(bench: Workbench, room: Room, tiles: Tiles) -> None:
    if room.has_to_be_drawn_anew() and session.parts_drawn():
        st.rerun()

    def pick(name: str) -> None:
        if name.startswith(LOOK):
            bench.choose_look(name.removeprefix(LOOK))
        else:
            bench.add(name)
        room.draw_anew()  # the stack is another part of the page

    turn_pages(room, tiles)
    if tiles.is_open:
        tiles.look_again(settled_frame(room), AT_ONCE)
        shown = [tile(name, tiles.pictures.get(name, b"")) for name in tiles.names]
        gallery([("", shown)], pick, key="grid", aspect=wished_aspect(), columns=COLUMNS, comes=tiles.is_new)
        tiles.is_new = False


def turn_pages(room: Room, tiles: Tiles) -> None:
    """Open and close the tiles, and go from nine to nine."""

    def toggle() -> None:
        tiles.is_open = tiles.is_new = not tiles.is_open
        room.draw_anew()  # open ones look again and again

    with st.container(key="try_on_row", horizontal=True, vertical_alignment="center", gap="small"):
        word = _("Close the tiles") if tiles.is_open else _("Try on me")
        st.button(word, key="try_on", icon=":material/grid_view:", on_click=toggle)
        if tiles.is_open:
            st.button(
                _("Nine before"), key="nine_before", icon=":material/chevron_left:", on_click=tiles.turn, args=(-1,)
            )
            st.button(_("Nine more"), key="nine_more", icon=":material/chevron_right:", on_click=tiles.turn, args=(1,))
            st.caption(_("{page} of {pages}").format(page=tiles.page + 1, pages=pages()), width="content")


def tile(name: str, picture: bytes) -> Tile:
    """An effect's or look's tile: the person under it, or the sample while there is nobody."""
    title = LOOK_BOOK[name.removeprefix(LOOK)].title if name.startswith(LOOK) else EFFECTS[name].title
    return Tile(name, _(title), "", picture or sample_thumbnails().of(pipelines()[name]))
