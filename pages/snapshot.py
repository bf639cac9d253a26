"""Snapshot: take or open a picture, stack effects on it, save it."""

from functools import partial

import streamlit as st

from pages.components import pieces, session
from pages.components.address import address
from pages.components.own.own_store import own_store
from pages.components.photo.first_pictures import opening
from pages.components.photo.intake import intake
from pages.components.photo.invitation import invitation, picture_to_try_on
from pages.components.photo.kept_photo import kept_photo
from pages.components.photo.open_photo import OpenPhoto
from pages.components.photo.picture_input import file_popover, open_picked, picture_input, picture_words
from pages.components.picker.looks import draw_looks, looks
from pages.components.picker.picker import picker
from pages.components.presses import presses
from pages.components.save.download import download_words
from pages.components.save.file_size import ask_size_again, weigh
from pages.components.save.recipe_io import name_shared_stack, offer_original, open_link, recipe_inside
from pages.components.save.save import save
from pages.components.save.share import link_to_share, share
from pages.components.sheets import sheets
from pages.components.stack.moves import BEHIND, PICTURE, look_back, note_drawn
from pages.components.stack.photo_match import open_match
from pages.components.stack.stack import stack, undo_redo
from pages.components.stage.closeup import closeup
from pages.components.stage.compare import compare, is_comparing
from pages.components.stage.instant import instant
from pages.components.stage.preview import last_preview, preview
from pages.components.trouble import trouble
from pages.components.unforeseen import fragment
from pages.components.words import _, later
from pages.components.workbench import SNAPSHOT

WHAT_THIS_IS = later(
    "Effects for your photo, stacked like cards and changed at any time. Open a photo, drop or paste one anywhere on "
    "this page, or take one."
)

bench = session.workbench(home=SNAPSHOT)
open_link(bench)
editor = st.container(key="editor")  # `frame.css` says where on the screen each part of it stands


def head(photo: OpenPhoto | None) -> None:
    """Where one is, what is open, and the way back."""
    st.title(_("Snapshot"), anchor=False)
    if photo is not None:
        file_popover(bench, photo)
    undo_redo(bench)
    if photo is not None:
        compare(bench)


def picture() -> None:
    """The picture on its stage."""
    if bench.photo is not None:
        preview(bench, bench.photo, comparing=is_comparing(bench))


def behind() -> None:
    """What is not seen: the address, and what the stage can draw by itself; where only pieces are drawn, their end."""
    address(bench)
    if bench.photo is not None:
        instant(bench)
    if pieces.are_drawn_alone():
        look_back(bench)
        ask_size_again(bench)
        weigh()


@partial(fragment, key=pieces.TABLE)
def table() -> None:
    """All but the looks: the picture, what is done to it, the ways in and out; a slider redraws only this."""
    pieces.begin()
    # Each in a place of its own: what one has more or less to show moves none of the others. To Streamlit a part of the
    # page that has moved is another part: a press on the old one is lost, and both may stand there for a while.
    bar = st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="xsmall")
    view, side = (st.container(key=key) for key in ("view", "side"))
    with side:
        words, panel, below = (st.container(key=key) for key in ("words", "panel", "below"))
    with opening(bench), view:  # before the bar above it: what comes first is seen first
        presses(bench)
        open_picked(bench)
        open_match(bench)
        if bench.photo is not None:
            pieces.piece(PICTURE, picture)
    photo = bench.photo
    with bar:
        head(photo)
    with view:
        if photo is None:
            st.write(_(WHAT_THIS_IS))
            picture_input(bench)
            invitation(bench)
    with bar:
        share(bench)
        save(bench, last_preview(photo) if photo else None)
    with words:
        intake(bench)
        with st.container():  # what tells of files that are saved is a part of the page: it stands where it stood
            trouble(bench.link_trouble)
            link_to_share(bench)
            picture_words(bench)
        download_words(bench)
        name_shared_stack(bench)
        recipe_inside(bench)
        offer_original(bench)
    with panel:
        picker(bench, partial(picture_to_try_on, photo), partial(stack, bench))
    with below:
        kept_photo(bench)
        own_store(bench)
        pieces.piece(BEHIND, behind)  # the last but for what takes long
        if photo is not None:
            closeup()
    if bench.photo is not None:
        note_drawn(bench)
        pieces.end()  # before what has other parts drawn: on a busy machine there is hardly a moment between these
    draw_looks(bench)
    if bench.photo is not None:
        weigh()


@fragment
def strip() -> None:
    """The looks: a picture, which they are on, does not wait for them."""
    looks(bench)


with editor:
    table()
    with st.container(key="strip"):
        strip()
    sheets()
