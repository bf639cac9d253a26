"""The page's one way in: what is dropped, pasted, taken or kept goes up through an uploader that nobody sees.

It stands on the page always, whatever else is shown. A script hands photos over by a window's event `emulsion-photos`
with an array of files as its detail; they go up as if they had been chosen, one after another until one opens.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from effects.codec.limits import MAX_BYTES, MAX_MEGABYTES
from pages.components import session
from pages.components.page_component import page_component
from pages.components.photo.open_photo import Picked
from pages.components.photo.picture_input import SAMPLE, UPLOAD
from pages.components.trouble import MAX_NAME_LETTERS, escape
from pages.components.words import _, later, translated
from pages.components.workbench import Workbench

KEY = "intake"
WATCH = "intake_watch"
MAX_NAMED = 5
ACCEPTED = "image/*,.heic,.heif,.avif,.jp2,.j2k,.tif,.tiff,.ico"
"""What a chooser of files offers first; some systems do not count the later ones among pictures."""

WORDS = {
    "drop": later("Drop the photo"),
    "sending": later("Sending {name} ..."),
    "too_large": later("{name} has {size} MB; at most {most} MB are taken."),
    "not_sent": later("{name} could not be sent. Check the network and try again."),
    "close": later("Close"),
}

_watch = page_component(
    WATCH,
    __file__,
    html="""
<div class="drop" hidden aria-hidden="true"><p></p></div>
<div class="word" hidden><p role="status"></p><button type="button"></button></div>""",
)


def intake(bench: Workbench) -> None:
    """Stand ready for photos from the page's scripts; of several the first that opens is taken, the others named."""

    def arrived() -> None:
        file = session.value(KEY)
        if file is None:
            return
        bench.photo_trouble, bench.camera_on = "", False
        bench.picked = Picked(file.name, file.getvalue())
        if session.value("source") == SAMPLE:  # it is one's own photo now
            session.show("source", UPLOAD)

    def left() -> None:
        names = session.component_value(WATCH, "left")
        bench.left_out = told_names(names)

    st.file_uploader(
        _("Photo"), key=KEY, max_upload_size=MAX_MEGABYTES, on_change=arrived, label_visibility="collapsed"
    )
    _watch(
        key=WATCH,
        data={
            "answers": bench.answers,
            "is_open": not bench.photo_trouble,
            "accept": ACCEPTED,
            "most": MAX_BYTES,
            "words": translated(WORDS),
        },
        on_left_change=left,
    )
    with st.container():  # a place of its own: what is below keeps its
        if bench.left_out:
            tell_left_out(bench.left_out)


def tell_left_out(names: tuple[str, ...]) -> None:
    """Name the photos that were dropped with the one that was opened."""
    if len(names) > MAX_NAMED:
        told = _("One photo is opened at a time. Not opened: {names} and more.")
    else:
        told = _("One photo is opened at a time. Not opened: {names}.")
    st.caption(escape(told.format(names=", ".join(names[:MAX_NAMED]))))


def told_names(names: Any) -> tuple[str, ...]:
    """The names of files that a browser tells, as far as they are shown; one more says that there are others."""
    return tuple(str(name)[:MAX_NAME_LETTERS] for name in names[: MAX_NAMED + 1]) if isinstance(names, list) else ()
