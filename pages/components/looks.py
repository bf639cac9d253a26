"""The looks: ready-made stacks, each on the person's own picture, a click away."""

from __future__ import annotations

import streamlit as st

from effects import LOOKS, Pipeline
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.gallery import Tile, gallery
from pages.components.thumbnails import picture, small
from pages.components.workbench import OpenPhoto, Workbench

NONE = "none"


def looks(bench: Workbench, photo: OpenPhoto) -> None:
    """Show the strip of looks; a click puts the look's steps in place of the stack, and undo brings that back."""
    tiles = session.kept("looks", photo, lambda: look_tiles(photo))
    picked = gallery([("", tiles)], key="looks", strip=True)
    if picked:
        bench.load(LOOKS.get(picked, Pipeline()))
        st.rerun()


def look_tiles(photo: OpenPhoto) -> list[Tile]:
    """The photo as it is, and under every look."""
    thumbnail = small(photo.preview)
    plain = Tile(NONE, "No look", "The photo as it is.", picture(Pipeline(), thumbnail))
    return [plain] + [
        Tile(look.name, look.title, look.summary, picture(look.pipeline, thumbnail)) for look in LOOK_BOOK.values()
    ]
