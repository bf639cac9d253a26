"""Saving: the button that always gives the file, and beside it how the file, and what else of the stack, is wanted."""

from __future__ import annotations

from functools import partial

import streamlit as st

from effects import Photo
from pages.components.save.cube_file import cube_file
from pages.components.save.download import download, file_options, order
from pages.components.save.exports import turn
from pages.components.save.file_size import SAVE, tell_size_where_seen
from pages.components.save.recipe_io import recipe_file
from pages.components.save.saved_files import note_saved, saved_tray
from pages.components.save.share_file import share_file
from pages.components.words import _
from pages.components.workbench import Workbench


def save(bench: Workbench, result: Photo | None) -> None:
    """How the file is wanted, and the file itself; where there is no picture, only the stack can be saved."""
    photo = bench.photo
    seen = partial(tell_size_where_seen, bench)
    with st.popover(_("Save options"), key=SAVE, icon=":material/tune:", on_change=seen):
        wishes = file_options(bench, photo, result) if photo and result else None
        if photo and wishes:
            note, saver = note_saved(), turn()
            share_file(partial(order, bench, photo, wishes, note, saver))
            saved_tray()
        with st.expander(_("Recipe file"), icon=":material/receipt_long:"):
            recipe_file(bench)
        colours = st.expander(
            _("Colours for other programs"), icon=":material/palette:", key="cube_fold", on_change="rerun"
        )
        with colours:
            cube_file(bench, is_read=bool(colours.open))
    if photo and wishes:
        download(bench, photo, wishes, note, saver)
