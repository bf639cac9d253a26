"""Catalogue: every effect on one picture; a click adds it to the stack."""

import streamlit as st

from effects import CATEGORIES
from pages.components import session
from pages.components.gallery import gallery
from pages.components.invitation import sample_thumbnail
from pages.components.thumbnails import small, tiles

bench = session.workbench()
thumbnail = small(bench.photo.preview) if bench.photo else sample_thumbnail()

st.title("Catalogue", anchor=False)
st.write("Every effect on", "your photo." if bench.photo else "the sample.", "Choose one to add it to your stack.")

shelf = session.kept(
    "shelf",
    bench.photo,
    lambda: [(category.title, tiles(category.effects, thumbnail)) for category in CATEGORIES.values()],
)
picked = gallery(shelf, key="shelf", search="Search the effects")
if picked:
    bench.add(picked)
    bench.sample_asked_for = bench.photo is None
    st.switch_page("../snapshot.py")
