"""Catalogue: every effect and look on one picture; a click puts it on the stack."""

from functools import partial

import streamlit as st

from effects import LOOKS
from pages.components import session
from pages.components.gallery import gallery
from pages.components.invitation import sample_thumbnails
from pages.components.shelf import LOOK, pipelines, shelf
from pages.components.thumbnails import Thumbnails

AT_ONCE = 0.4  # s of making pictures before those made are shown

bench = session.workbench()
photo = bench.photo

st.title("Catalogue", anchor=False)
st.write("Every effect and look on", "your photo." if photo else "the sample.",
         "Choose an effect to add it to your stack, or a look to begin anew with its steps.")

thumbnails = session.kept("thumbnails", photo, partial(Thumbnails, photo.preview)) if photo else sample_thumbnails()
picked = gallery(shelf(thumbnails), key="shelf", search="Search effects and looks")
if picked:
    if picked.startswith(LOOK):
        bench.load(LOOKS[picked.removeprefix(LOOK)])
    else:
        bench.add(picked)
    bench.sample_asked_for = photo is None
    st.switch_page("../snapshot.py")

missing = thumbnails.missing(pipelines().values())
if missing:
    thumbnails.make(missing, AT_ONCE)
    st.rerun()
