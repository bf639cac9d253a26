"""Snapshot: take or open a picture, stack effects on it, download it."""

import streamlit as st

from pages.components import session
from pages.components.address import address
from pages.components.download import download
from pages.components.file_size import weigh
from pages.components.invitation import invitation
from pages.components.looks import looks
from pages.components.picture_input import picture_input
from pages.components.presses import presses
from pages.components.preview import preview
from pages.components.recipe_io import name_shared_stack, offer_original, open_link, recipe, recipe_inside
from pages.components.stack import stack
from pages.components.trouble import trouble
from pages.components.unforeseen import fragment
from pages.components.workbench import SNAPSHOT

bench = session.workbench(home=SNAPSHOT)

# Each in a place of its own: what one has more or less to show moves none of those below to another. To Streamlit a
# part of the page that has moved is another part: a press on the old one is lost, and both may stand there for a while.
head, words, strip, work = (st.container() for _ in range(4))

open_link(bench)
with head:
    picture_input(bench)
with words:
    name_shared_stack(bench)
    recipe_inside(bench)
    offer_original(bench)


@fragment
def table() -> None:
    """The picture and what is done to it; a slider redraws only this, the picture first of all."""
    presses(bench)
    with st.container():
        trouble(bench.link_trouble)
    picture, panel = st.columns([13, 7], gap="medium")
    with picture:
        if bench.photo is not None:
            result = preview(bench, bench.photo)
        elif not bench.camera_on:
            invitation(bench)
    with panel:
        cards, file, link = (st.container() for _ in range(3))
    with cards:
        stack(bench)
    with file:
        if bench.photo is not None:
            download(bench, bench.photo, result)
    with link:
        recipe(bench)
    address(bench)
    if bench.photo is not None:
        weigh()


with work:
    table()
if bench.photo is not None:
    with strip:
        looks(bench, bench.photo)
