"""Many small pictures at once, by section, each with its name and a sentence: click one to choose it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.components import session
from pages.components.picture_url import picture_url

# Of tiles, width by height: a narrower one would hide its name, a flatter one its picture; ground fills what is left.
MIN_ASPECT, MAX_ASPECT = 1 / 2, 5 / 2

_HERE = Path(__file__)
_wall = st.components.v2.component(
    "gallery",
    html='<input type="search" class="search"><p class="none" role="status"></p><div class="wall"></div>',
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Tile:
    """One small picture: what a click chooses, what is written under it, and its JPEG (empty while it is not made).

    `about` is what there is to read for whoever wants to know more; `words` are what it is found by, in small letters.
    """

    name: str
    title: str
    summary: str
    picture: bytes
    about: str = ""
    words: str = ""


def gallery(
    sections: Sequence[tuple[str, Sequence[Tile]]],
    pick: Callable[[str], None],
    *,
    key: str,
    aspect: float,
    search: str = "",
    strip: bool = False,
    chosen: str | None = None,
    columns: int = 0,
) -> None:
    """Show tiles under their sections; `pick` is called with the name of one that is clicked.

    It is called before the page is drawn: what is done next must not come before it. `aspect` is the width by height of
    the picture they are made from: tiles have its shape, and one whose effect gives it another shape shows all of it.
    `search` is the words in an empty search field; without them there is no field. A `strip` is one row to scroll.
    `chosen` is the name of the tile that is marked, where one can be; what changes it later is told by `presses`.
    `columns` is how many stand side by side, on a phone too; 0 leaves that to the room there is.
    """
    data = {
        "key": key,
        "aspect": min(max(aspect, MIN_ASPECT), MAX_ASPECT),
        "search": search,
        "strip": strip,
        "chosen": chosen,
        "columns": columns,
        "sections": [
            {"title": title, "tiles": [tile_data(tile, f"{key}-{tile.name}") for tile in tiles]}
            for title, tiles in sections
        ],
    }

    def picked() -> None:
        name = session.component_value(key, "picked")
        if any(name == tile.name for _, tiles in sections for tile in tiles):
            pick(name)

    _wall(key=key, data=data, on_picked_change=picked)


def tile_data(tile: Tile, slot: str) -> dict[str, str]:
    """What the browser needs to draw a tile."""
    url = picture_url(tile.picture, slot) if tile.picture else ""
    words = {"name": tile.name, "title": tile.title, "summary": tile.summary, "about": tile.about, "words": tile.words}
    return {**words, "url": url}
