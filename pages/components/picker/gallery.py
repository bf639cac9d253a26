"""Many small pictures at once, by section, each with its name and a sentence: click one to choose it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pages.components import session
from pages.components.page_component import page_component
from pages.components.picture_url import picture_url
from pages.components.words import later, translated

# Of tiles, width by height: a narrower one would hide its name, a flatter one its picture; ground fills what is left.
MIN_ASPECT, MAX_ASPECT = 1 / 2, 5 / 2

WORDS = {
    "kinds": later("Kinds"),
    "nothing": later("Nothing here is called “{search}”."),
    "near": later("Nothing here is called “{search}”; this is near it."),
    "more": later("How it works"),
    "more_of": later("How it works: {title}"),
}

_wall = page_component(
    "gallery",
    __file__,
    html='<div class="top"><input type="search" class="search">'
    '<div class="chips" role="group"></div><p class="none" role="status"></p></div>'
    '<div class="wall"></div>',
)


@dataclass(frozen=True)
class Tile:
    """One small picture: what a click chooses, what is written under it, and its JPEG (empty while it is not made).

    `about` is what there is to read for whoever wants to know more; `words` are what it is found by, in small letters;
    `chips` are those it is found under; `badge` is a word on the picture.
    """

    name: str
    title: str
    summary: str
    picture: bytes
    about: str = ""
    words: str = ""
    chips: tuple[str, ...] = ()
    badge: str = ""


def gallery(
    sections: Sequence[tuple[str, Sequence[Tile]]],
    pick: Callable[[str], None],
    *,
    key: str,
    aspect: float,
    search: str = "",
    chips: Mapping[str, str] = MappingProxyType({}),
    strip: bool = False,
    chosen: str | None = None,
    columns: int = 0,
    comes: bool = False,
) -> None:
    """Show tiles under their sections; `pick` is called with the name of one that is clicked.

    It is called before the page is drawn: what is done next must not come before it. `aspect` is the width by height of
    the picture they are made from: tiles have its shape, and one whose effect gives it another shape shows all of it.
    `search` is the words in an empty search field; without them there is no field. A `strip` is one row to scroll.
    `chips` are the kinds that one narrows the tiles down to, by their names, with what is written on each.
    `chosen` is the name of the tile that is marked, where one can be; what changes it later is told by `presses`.
    `columns` is how many stand side by side, on a phone too; 0 leaves that to the room there is.
    `comes` says that it was asked for just now: it is brought in sight.
    """
    data = {
        "key": key,
        "aspect": shape(aspect),
        "search": search,
        "chips": dict(chips),
        "strip": strip,
        "chosen": chosen,
        "columns": columns,
        "comes": comes,
        "words": translated(WORDS),
        "sections": [
            {"title": title, "tiles": [tile_data(tile, f"{key}-{tile.name}") for tile in tiles]}
            for title, tiles in sections
        ],
    }

    def picked() -> None:
        name = session.component_value(key, "picked")
        if any(name == tile.name for _title, tiles in sections for tile in tiles):
            pick(name)

    _wall(key=key, data=data, on_picked_change=picked)


def shape(aspect: float) -> float:
    """The width by height of tiles for pictures of this one."""
    return min(max(aspect, MIN_ASPECT), MAX_ASPECT)


def tile_data(tile: Tile, slot: str) -> dict[str, str | list[str]]:
    """What the browser needs to draw a tile."""
    url = picture_url(tile.picture, slot) if tile.picture else ""
    words = {"name": tile.name, "title": tile.title, "summary": tile.summary, "about": tile.about, "words": tile.words}
    return {**words, "chips": [*tile.chips], "badge": tile.badge, "url": url}
