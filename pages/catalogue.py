"""Catalogue: every effect and look on one picture; a click puts it on the stack."""

from functools import partial

import streamlit as st

from pages.components import session
from pages.components.photo.invitation import sample_thumbnails
from pages.components.picker.chips import ALL, chip_titles
from pages.components.picker.gallery import gallery
from pages.components.picker.shelf import pipelines, put_on, shelf
from pages.components.picker.thumbnails import Thumbnails
from pages.components.words import _
from pages.components.workbench import SNAPSHOT

AT_ONCE = 0.4  # s of making pictures before those made are shown

bench = session.workbench()
photo = bench.photo


def pick(card: str) -> None:
    """Put what was clicked on the stack; one goes on where one came from."""
    put_on(bench, card)
    bench.has_chosen = True
    bench.sample_asked_for = photo is None and bench.home == SNAPSHOT


st.title(_("Catalogue"), anchor=False)
st.write(
    _("Every effect and look on your photo.") if photo else _("Every effect and look on the sample."),
    _("Choose an effect to add it to your stack, or a look to put it in place of the last one."),
)

thumbnails = (
    session.made_once("thumbnails", photo, partial(Thumbnails, photo.preview)) if photo else sample_thumbnails()
)
gallery(
    shelf(thumbnails),
    pick,
    key="shelf",
    aspect=thumbnails.aspect,
    search=_("Search effects and looks"),
    chips=chip_titles(ALL),
)
if bench.has_chosen:
    bench.has_chosen = False
    st.switch_page(bench.home)

missing = thumbnails.missing(pipelines().values())
if missing:
    thumbnails.make(missing, AT_ONCE)
    st.rerun()
