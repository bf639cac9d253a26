"""Match a photo: the colours of another photo given to the one on the table, by a card with a strength."""

from __future__ import annotations

import streamlit as st

from effects import Photo, PictureError, Pipeline, color_transfer, workers
from effects.codec.limits import MAX_MEGABYTES
from effects.glance import GLANCE_SIDE
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto, Picked
from pages.components.trouble import MAX_NAME_LETTERS, escape, of_file
from pages.components.words import _, later
from pages.components.workbench import Workbench

ALIKE = later("Both photos have the same colours already.")
MATCHED = later("This photo has taken over the colours of {name}. The strength of the card says by how much.")


def photo_match(bench: Workbench) -> None:
    """A popover in which the other photo is chosen: a file, or one of the session's last."""

    def chosen() -> None:
        file = session.value("match")
        # A file taken out of the field leaves its card on the stack.
        if file is not None:
            bench.match_picked = Picked(file.name, file.getvalue())

    with st.popover(_("Match a photo"), key="match_popover", icon=":material/palette:", width="stretch"):
        st.caption(_("Choose a photo whose colours this one shall have."))
        st.file_uploader(
            _("A photo whose colours this one shall have"),
            key="match",
            max_upload_size=MAX_MEGABYTES,
            on_change=chosen,
            label_visibility="collapsed",
        )
        for other in (photo for photo in bench.recent if photo is not bench.photo):
            st.button(
                escape(other.name),
                key=f"match-{other.sha256[:12]}",
                icon=":material/history:",
                type="tertiary",
                on_click=match_to,
                args=(bench, other.name, other.preview),
                help=_("As this photo, which was open before."),
            )


def open_match(bench: Workbench) -> None:
    """Open the photo that was just chosen to be like, if there is one, and match the colours; a bad one is told.

    A run that is broken off meanwhile leaves it chosen, for the next.
    """
    picked = bench.match_picked
    if picked is None:
        return
    try:
        with st.spinner(_("Opening the other photo …")):
            reference = workers.open_preview(picked.data, GLANCE_SIDE)
    except PictureError as error:
        bench.refuse_match(of_file(picked.name, error))
    else:
        match_to(bench, picked.name, reference)
    bench.match_picked = None


def match_to(bench: Workbench, name: str, reference: Photo) -> None:
    """Put the step on a card that gives the photo, as Auto leaves it, the colours of another."""
    photo: OpenPhoto | None = bench.photo
    if photo is None:
        return
    auto = Pipeline(tuple(card.step for card in bench.stack if card.is_auto))
    step = color_transfer(auto.apply(photo.preview), reference)
    if step.is_neutral:
        st.toast(_(ALIKE))
        return
    bench.put_match(step)
    if not bench.trouble:
        bench.note = _(MATCHED).format(name=name[:MAX_NAME_LETTERS])
