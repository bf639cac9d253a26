"""Snapshot: take or open a picture, stack effects on it, download it."""

import streamlit as st

from pages.components import session
from pages.components.download import download
from pages.components.invitation import invitation
from pages.components.looks import looks
from pages.components.picture_input import picture_input
from pages.components.preview import preview
from pages.components.recipe_io import open_link, recipe, recipe_inside
from pages.components.stack import stack
from pages.components.trouble import trouble

bench = session.workbench()

picture_input(bench)
open_link(bench)
recipe_inside(bench)
strip = st.container()


@st.fragment
def table() -> None:
    """The picture and what is done to it; a slider redraws only this, the picture first of all."""
    trouble(bench.link_trouble)
    picture, panel = st.columns([13, 7], gap="medium")
    with picture:
        if bench.photo is not None:
            result = preview(bench, bench.photo)
        elif not bench.camera_on:
            invitation(bench)
    with panel:
        stack(bench)
        if bench.photo is not None:
            download(bench, bench.photo, result)
        recipe(bench)


table()
if bench.photo is not None:
    with strip:
        looks(bench, bench.photo)
