"""The looks: ready-made stacks, each on the person's own picture, a click away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from effects import LOOKS, Pipeline
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.gallery import Tile, gallery
from pages.components.thumbnails import Thumbnails
from pages.components.workbench import OpenPhoto, Workbench

NONE = "none"


def looks(bench: Workbench, photo: OpenPhoto) -> None:
    """Show the strip of looks; a click puts the look's steps in place of the stack, and undo brings that back."""
    tiles = look_tiles(session.kept("thumbnails", photo, partial(Thumbnails, photo.preview)))
    picked = gallery([("", tiles)], key="looks", strip=True)
    if picked:
        bench.load(LOOKS.get(picked, Pipeline()))
        st.rerun()


def look_tiles(thumbnails: Thumbnails) -> list[Tile]:
    """The photo as it is, and under every look."""
    plain = Tile(NONE, "No look", "The photo as it is.", thumbnails.of(Pipeline()))
    return [plain] + [
        Tile(look.name, look.title, look.summary, thumbnails.of(look.pipeline)) for look in LOOK_BOOK.values()
    ]
