"""The picker: every effect and look on one's own picture, found by eye, by kind or by word; a click puts it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from secrets import randbelow
from typing import Any

import streamlit as st

from effects import EFFECTS, Group, Photo
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.packed import ANY_BYTES, packed
from pages.components.page_component import page_component
from pages.components.picker.chips import ALL, FAVOURITES, MINE, chip_titles, chips_of_effect, chips_of_look
from pages.components.picker.drawn_here import drawn_here
from pages.components.picker.gallery import shape
from pages.components.picker.large_trial import large_trial
from pages.components.picker.looks import own_summary
from pages.components.picker.shelf import LOOK, put_on, search_words, words_of_effect, words_of_look
from pages.components.picker.tile_easel import DrawnTiles, drawn_tiles, tile_easel
from pages.components.picker.trials import Trials, names
from pages.components.picture_url import picture_url
from pages.components.stack.surprise import MAX_SEED
from pages.components.unforeseen import fragment
from pages.components.words import _, language, later, translated
from pages.components.workbench import Workbench

SIDE, QUALITY = 192, 70  # px of a tile's longer side, and of its JPEG: sixteen of them are about 100 kB
LARGE_SIDE, LARGE_QUALITY = 600, 80  # of the picture that is shown large
DRAWN = "drawn"  # what stands in an address's place of the pictures that the browser draws
AT_ONCE, LATER = 0.25, 1.0  # s of making tiles before those made are shown: the first ones, and the others

WORDS = {
    "search": later("Search effects and looks"),
    "kinds": later("Kinds"),
    "tiles": later("Effects and looks"),
    "nothing": later("Nothing here is called “{search}”."),
    "near": later("Nothing here is called “{search}”; this is near it."),
    "no_favourites": later("No favourites yet: press the heart on a tile, or F."),
    "favourite": later("{title} is a favourite"),
}
"""What the browser says by itself."""

_picker = page_component(
    "picker",
    __file__,
    html='<div class="picker"><input type="search" class="search"><div class="chips" role="group"></div>'
    '<p class="none" role="status"></p><div class="tiles" role="group"></div></div>',
)


@dataclass
class ShownTrials:
    """What a session's picker shows, and of what: made anew with the photo and the stack, forgotten when it closes."""

    of: tuple[Any, ...] = ()
    small: Trials | None = None
    large: Trials | None = None

    def follow(self, of: tuple[Any, ...], picture: Callable[[], Photo]) -> Trials:
        """The small trials of this photo, own looks and stack; where they are new, `picture` is asked."""
        *_photo, own, stack = of
        if self.small is None or self.of != of:
            photo = picture()
            stale = self.small.all_shown if self.small else {}
            side = min(LARGE_SIDE, max(photo.image.shape))
            self.small = Trials(photo, stack, side=SIDE, quality=QUALITY, stale=stale, own=own)
            self.large = Trials(photo, stack, side=side, quality=LARGE_QUALITY, own=own)
            self.of = of
        return self.small

    def forget(self) -> None:
        """Hold no picture of the person's."""
        self.of, self.small, self.large = (), None, None


def picker(bench: Workbench, picture: Callable[[], Photo], stack: Callable[[], None]) -> None:
    """The way to it, a surprise beside it, and below them the `stack`, or the tiles where they are asked for.

    `picture` gives the picture before the stack, of which the tiles are made; it is asked when they open and when the
    stack has changed. What the pointer or the focus rests on is told to the page, as `trial_preview.js` says.
    """
    with st.container(key="picker_head", horizontal=True, vertical_alignment="center"):
        if bench.is_picking:
            st.button(
                _("Back to the stack"),
                key="close_picker",
                icon=":material/arrow_back:",
                on_click=pick,
                args=(bench, False),
                width="stretch",
            )
        else:
            st.button(
                _("Add effect"),
                key="open_picker",
                icon=":material/add:",
                on_click=pick,
                args=(bench, True),
                width="stretch",
            )
        st.button(
            _("Surprise me"),
            key="surprise",
            icon=":material/shuffle:",
            on_click=surprise_me,
            args=(bench,),
            width="stretch",
        )
    drawn_here()
    # A place each, and the one that is not asked for is emptied first: in one place for both, what goes would stand
    # between what comes until that is there, in its rows and columns.
    if bench.is_picking:
        place = st.container()
        st.empty()
        with place:
            tiles(bench, picture)
            large_trial(lambda: session.hold("picker-trials", ShownTrials).large)
    else:
        st.empty()
        session.hold("picker-trials", ShownTrials).forget()
        with st.container():
            stack()


def pick(bench: Workbench, is_picking: bool) -> None:
    """Show what one may add, or the stack."""
    bench.is_picking = is_picking


def surprise_me(bench: Workbench) -> None:
    """Put a surprise on the stack: where no script of ours counts the presses."""
    bench.surprise(randbelow(MAX_SEED))


@fragment
def tiles(bench: Workbench, picture: Callable[[], Photo]) -> None:
    """The tiles, a part of the page by itself: the first ones at once, then the others, run by run."""
    part, held = session.part(), session.hold("picker-trials", ShownTrials)
    if not bench.is_picking:
        st.rerun()  # the stack, which this part of the page does not draw, has what was picked
    trials = held.follow((bench.photo, bench.own, bench.stack), picture)
    own = own_words(bench.own)
    words = {**{tile["name"]: tile for tile in own}, **tile_words(language())}
    drawn = drawn_tiles(trials)
    trials.elsewhere = drawn.names
    is_first = trials.is_untouched
    trials.make(AT_ONCE if is_first else LATER)

    def picked() -> None:
        name = session.component_value("picker", "picked")
        if name in words:
            put_on(bench, name)

    _picker(
        key="picker",
        data={
            "aspect": shape(trials.aspect),
            "chips": chip_titles(ALL, FAVOURITES, *([MINE] if bench.own else [])),
            "words": translated(WORDS),
            "own": own,
            "tiles": picture_url(packed_tiles(language()), "picker-words", ANY_BYTES),
            "urls": [address(trials, name, drawn) for name in words],
            "sources": [*drawn.sources],
        },
        on_picked_change=picked,
    )
    tile_easel(is_due=not (is_first and trials.missing))
    if trials.missing:
        session.draw_part(part, lambda: bench.is_picking and held.small is trials)


def address(trials: Trials, name: str, drawn: DrawnTiles) -> str:
    """The address of a tile's picture; none where it is not made yet, and a word where the browser draws it."""
    if name in drawn.names and not trials.is_made(name):
        return DRAWN
    picture = trials.shown(name)
    return picture_url(picture, f"picker-{name}") if picture else ""


def own_words(own: Mapping[str, Group]) -> list[dict[str, Any]]:
    """What is written on the tiles of the person's own looks, which come first, and what they are found by."""
    return [
        {
            "name": LOOK + look,
            "title": group.title,
            "summary": own_summary(group),
            "words": search_words(group.title, _("My look"), own_summary(group)),
            "chips": [MINE],
        }
        for look, group in own.items()
    ]


@cache
def packed_tiles(reader: str) -> bytes:
    """The words of all tiles, which a browser fetches once, however many messages bring the pictures."""
    return packed([*tile_words(reader).values()])


@cache
def tile_words(reader: str) -> Mapping[str, Mapping[str, Any]]:
    """What is written on every tile, and what it is found by, by its name, in reading order.

    Kept by the language of the `reader`, in which it is said: the one that speaks now.
    """
    del reader
    found: dict[str, Mapping[str, Any]] = {}
    for name in names():
        if name.startswith(LOOK):
            look = LOOK_BOOK[name.removeprefix(LOOK)]
            title, summary, words, chips = look.title, look.summary, words_of_look(look), chips_of_look(look)
        else:
            effect = EFFECTS[name]
            title, summary = effect.title, effect.summary
            words, chips = words_of_effect(effect), chips_of_effect(effect)
        found[name] = {"name": name, "title": _(title), "summary": _(summary), "words": words, "chips": [*chips]}
    return found
