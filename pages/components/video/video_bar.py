"""The bar of a video: begin and end; below it how far it is, and what came of it."""

from __future__ import annotations

import streamlit as st

from effects.video.rendering import Rendered
from pages.components.save.file_button import file_button
from pages.components.time_left import time_left
from pages.components.trouble import trouble
from pages.components.unforeseen import fragment
from pages.components.video.reel import Reel
from pages.components.video.rendition import Rendition
from pages.components.video.scrubber import part_trouble
from pages.components.video.video_player import video_player
from pages.components.video.video_wishes import order_of
from pages.components.words import _, later, plural
from pages.components.workbench import Workbench

EACH = 1.0
"""Seconds between two looks at how far it is, while there is work going on."""

SOUNDS = {"none": later("no sound"), "copied": later("sound as it was"), "converted": later("sound converted")}
CANCELLED = later("Cancelled. Nothing was made.")


def video_bar(bench: Workbench, reel: Reel) -> None:
    """The button that there is a use for now."""

    def start() -> None:
        if reel.video is not None and not part_trouble(reel.video):
            reel.start(order_of(bench, reel, reel.video))

    if reel.is_busy:
        st.button(_("Cancel"), key="video_cancel", icon=":material/close:", on_click=reel.cancel)
        return
    st.button(
        _("Start"),
        key="video_start",
        icon=":material/play_arrow:",
        type="secondary" if is_made(reel) else "primary",
        on_click=start,
        disabled=reel.video is None,
    )
    if is_made(reel) and reel.rendition is not None:
        file_button(result_address(reel.address, reel.rendition), reel.rendition.order.name, _("Save the video"))


def is_made(reel: Reel) -> bool:
    """Whether there is a result."""
    return reel.rendition is not None and reel.rendition.made is not None


def result_address(address: str, rendition: Rendition) -> str:
    """Where a result is fetched; each has another."""
    return f"{address}/{rendition.order.target.name}"


def follow(reel: Reel) -> None:
    """How far it is, then the result; a part of the page by itself, drawn every second while there is work."""
    is_busy = reel.is_busy

    def part() -> None:
        if reel.is_busy != is_busy:
            st.rerun()  # the bar, which this part does not draw, has other buttons
        with st.container(key="video_progress"):
            if reel.rendition is not None:
                progress(reel.rendition)
        if reel.rendition is not None and reel.rendition.made is not None:
            with st.container(key="video_result"):
                video_player(result_address(reel.address, reel.rendition), reel.rendition.order.mime)
                st.caption(told_of(reel.rendition.made))

    fragment(part, run_every=EACH if is_busy else None)()


def progress(rendition: Rendition) -> None:
    """How many seconds are made, and how long the others will take; or one's place in line, or why there is nothing."""
    standing = rendition.standing
    if rendition.trouble:
        trouble(str(rendition.trouble))
    elif rendition.is_cancelled:
        st.caption(_(CANCELLED))
    elif rendition.has_ended:
        return
    elif standing is not None and standing.place:
        told = plural("{count} video is made before yours.", "{count} videos are made before yours.", standing.place)
        st.progress(0.0, told.format(count=standing.place))
    elif standing is None or not standing.seconds:
        st.progress(0.0, _("Beginning ..."))
    elif standing.total is None:
        st.progress(0.0, _("{seconds} s are made").format(seconds=f"{standing.seconds:.1f}"))
    else:
        told = _("{seconds} of {total} s").format(seconds=f"{standing.seconds:.1f}", total=f"{standing.total:.1f}")
        if standing.left is not None:
            told = _("{told}, {left}").format(told=told, left=time_left(standing.left))
        st.progress(min(standing.seconds / standing.total, 1.0) if standing.total else 0.0, told)


def told_of(made: Rendered) -> str:
    """What came of it, and what is to be known of it."""
    frames = plural("{count} frame", "{count} frames", made.frames).format(count=made.frames)
    size = _("{frames} of {width} × {height}, {sound}.").format(
        frames=frames, width=made.width, height=made.height, sound=_(SOUNDS[made.sound])
    )
    return " ".join([size, *made.notes])
