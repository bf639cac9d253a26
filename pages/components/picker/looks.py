"""The looks: ready-made stacks, each on the person's own picture, a click away."""

from __future__ import annotations

from functools import partial

from effects import Pipeline
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picker.gallery import Tile, gallery
from pages.components.picker.thumbnails import Thumbnails
from pages.components.stack.cards import NO_LOOK
from pages.components.words import _
from pages.components.workbench import Workbench


def looks(bench: Workbench, photo: OpenPhoto) -> None:
    """Show the strip of looks; a click puts one in place of the last one, and leaves all other cards alone."""
    thumbnails = session.made_once("thumbnails", photo, partial(Thumbnails, photo.preview))
    tiles = look_tiles(thumbnails)
    bench.looks_of = photo
    gallery(
        [("", tiles)],
        bench.choose_look,
        key="looks",
        aspect=thumbnails.aspect,
        strip=True,
        chosen=bench.look or NO_LOOK,
    )


def look_tiles(thumbnails: Thumbnails) -> list[Tile]:
    """The photo as it is, and under every look."""
    tiles = [Tile(NO_LOOK, _("No look"), _("The photo as it is."), thumbnails.of(Pipeline()))]
    for look in LOOK_BOOK.values():
        tiles.append(Tile(look.name, _(look.title), _(look.summary), thumbnails.of(look.pipeline)))
        session.give_way()
    return tiles
