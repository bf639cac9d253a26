"""Catalogue: every effect on one picture; a click adds it to the stack."""

import streamlit as st

from effects import CATEGORIES, Photo
from pages.components import session
from pages.components.gallery import Tile, gallery
from pages.components.invitation import sample_thumbnail
from pages.components.thumbnails import small, tiles

Shelf = list[tuple[str, list[Tile]]]

bench = session.workbench()


def shelf(thumbnail: Photo) -> Shelf:
    """Every category's title, and its effects on the small photo."""
    return [(category.title, tiles(category.effects, thumbnail)) for category in CATEGORIES.values()]


@st.cache_resource
def sample_shelf() -> Shelf:
    """The shelf on the app's own picture, which all visitors may share."""
    return shelf(sample_thumbnail())


def own_shelf(photo: Photo) -> Shelf:
    """The shelf on this person's picture, for this person alone."""
    return session.kept("shelf", photo, lambda: shelf(small(photo)))


st.title("Catalogue", anchor=False)
st.write("Every effect on", "your photo." if bench.photo else "the sample.", "Choose one to add it to your stack.")

shown = own_shelf(bench.photo.preview) if bench.photo else sample_shelf()
picked = gallery(shown, key="shelf", search="Search the effects")
if picked:
    bench.add(picked)
    bench.sample_asked_for = bench.photo is None
    st.switch_page("../snapshot.py")
