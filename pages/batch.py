"""Batch: one stack on many photos, and all of them in one zip."""

import streamlit as st

from pages.components import session
from pages.components.address import address
from pages.components.batch.batch_bar import batch_bar, follow
from pages.components.batch.batch_wishes import batch_wishes
from pages.components.batch.development import Development
from pages.components.batch.roll import MAX_PHOTOS, Roll
from pages.components.own.own_store import own_store
from pages.components.save.recipe_io import open_link
from pages.components.trouble import trouble
from pages.components.words import _, later

WHAT_THIS_IS = later(
    "One stack on up to {most} photos at once: bring them, choose what is done, and save all as a zip."
)

bench, roll = session.workbench(), session.hold("roll", Roll)
open_link(bench)
bar = st.container(key="batch_bar", horizontal=True, vertical_alignment="center")
words, sheet, side = st.container(), *st.columns([13, 7], gap="medium")

with side, st.container(key="batch_side"):
    wanted = batch_wishes(bench)
    trouble(wanted.trouble)
if roll.is_start_wanted:
    roll.is_start_wanted = False
    if not wanted.trouble:
        photos = [photo for photo in roll.chosen if photo.status != "coming"]
        roll.start(Development(photos, wanted.wishes, template=wanted.template, look=wanted.look))
with bar:
    st.title(_("Batch"), anchor=False, width="stretch")
    batch_bar(roll)
with words:
    trouble(bench.link_trouble)
    if not roll.photos:
        st.write(_(WHAT_THIS_IS).format(most=MAX_PHOTOS))
with sheet:
    follow(roll)
address(bench)
own_store(bench)
