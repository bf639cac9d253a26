"""The bar of a batch: begin, end, and take away; below it how far it is."""

from __future__ import annotations

import streamlit as st

from pages.components.batch.contact_sheet import contact_sheet
from pages.components.batch.development import Development
from pages.components.batch.roll import Roll
from pages.components.batch.roll_zip import NAME, report
from pages.components.save.file_button import file_button
from pages.components.time_left import time_left
from pages.components.unforeseen import fragment
from pages.components.words import _

EACH = 1.0
"""Seconds between two looks at how far it is, while there is work going on."""


def batch_bar(roll: Roll) -> None:
    """The buttons that there is a use for now; what is pressed comes to pass in the run that follows."""

    def start() -> None:
        roll.is_start_wanted = True

    development = roll.development
    if roll.is_busy:
        st.button(_("Cancel"), key="batch_cancel", icon=":material/close:", on_click=roll.cancel)
        return
    if roll.photos:
        st.button(_("Remove all"), key="batch_clear", icon=":material/delete:", type="tertiary", on_click=roll.clear)
    st.button(
        _("Start"),
        key="batch_start",
        icon=":material/play_arrow:",
        type="secondary" if development else "primary",
        on_click=start,
        disabled=not can_start(roll),
    )
    if development is not None:
        file_button(roll.address, NAME, _("Save all as a zip"))


def can_start(roll: Roll) -> bool:
    """Whether there is anything to develop, and all of it is here."""
    return not roll.sending and any(photo.has_come and not photo.refusal for photo in roll.chosen)


def follow(roll: Roll) -> None:
    """How far it is, and the contact sheet; a part of the page by itself, drawn every second while there is work."""
    shown = roll.is_busy, can_start(roll), bool(roll.photos)

    def part() -> None:
        if (roll.is_busy, can_start(roll), bool(roll.photos)) != shown:
            st.rerun()  # the bar, which this part does not draw, has other buttons
        with st.container(key="batch_progress"):
            if roll.development is not None:
                progress(roll.development)
                roll.report = report(roll.development)
        contact_sheet(roll)

    fragment(part, run_every=EACH if roll.is_busy else None)()


def progress(development: Development) -> None:
    """How many photos are developed, and how long the others will take; at the end what became of them."""
    count, finished = len(development.photos), development.finished
    told = _("{finished} of {count}").format(finished=finished, count=count)
    if not development.has_ended:
        left = development.seconds_left
        told = told if left is None else _("{told}, {left}").format(told=told, left=time_left(left))
        st.progress(finished / count, told)
        return
    first = report(development).split("\n")[0]
    st.progress(finished / count, f"{told}. {first}" if development.is_cancelled else first)
