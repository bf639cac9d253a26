"""A photo from the web: a field for its address, and what is fetched from there."""

from __future__ import annotations

import streamlit as st

from pages.components import session
from pages.components.photo.open_photo import Picked
from pages.components.photo.web_photo import MAX_LETTERS, MAX_MEGABYTES, WebPhotoError, fetch
from pages.components.words import _
from pages.components.workbench import Workbench

KEY = "photo_url"


def photo_url(bench: Workbench) -> None:
    """The field; the photo is asked for by Enter or the button, not by leaving the field."""

    def asked() -> None:
        bench.address_asked = str(session.value(KEY) or "").strip()
        bench.photo_trouble = ""

    # Both in one line, in however narrow a place.
    with st.form("photo_from_url", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("From an address"),
            key=KEY,
            max_chars=MAX_LETTERS,
            placeholder="https://",
            help=_("The server fetches it, up to {megabytes} MB, and from public https addresses only.").format(
                megabytes=MAX_MEGABYTES
            ),
            autocomplete="off",
        )
        st.form_submit_button(_("Fetch"), key="fetch_photo", on_click=asked)


def fetch_asked(bench: Workbench) -> None:
    """Fetch the photo whose address was given, if one was; a run that is broken off leaves it asked for, for the next.

    What came is chosen as a file is; what did not come is told, and what was open stays.
    """
    address = bench.address_asked
    if not address:
        return
    with st.spinner(_("Fetching the picture ...")):
        try:
            photo = fetch(address)
        except WebPhotoError as error:
            bench.photo_trouble = str(error)
        else:
            bench.picked = Picked(photo.name, photo.data)
            bench.camera_on = False
        bench.address_asked = ""
