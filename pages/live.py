"""Live: the camera's video through the stack, while one changes it."""

from functools import partial

import streamlit as st

from pages.components import session
from pages.components.address import address
from pages.components.live.desk import desk, device_desk, taken
from pages.components.live.device import device_kept
from pages.components.live.device_program import device_program
from pages.components.live.looks_strip import complete_strip
from pages.components.live.player import player
from pages.components.live.room import Room, frame_to_try_on
from pages.components.live.try_on import try_on
from pages.components.live.way import DEVICE, way_of
from pages.components.own.own_store import own_store
from pages.components.picker.picker import picker
from pages.components.presses import presses
from pages.components.save.recipe_io import open_link
from pages.components.save.save import save
from pages.components.save.share import link_to_share, share
from pages.components.stack.stack import stack, undo_redo
from pages.components.trouble import trouble
from pages.components.unforeseen import fragment
from pages.components.workbench import LIVE

bench, room = session.workbench(home=LIVE), session.hold("room", Room)
room.visit(bench.visits)

open_link(bench)
picture, panel = st.columns([13, 7], gap="medium")


@fragment
def table() -> None:
    """The stack; a change of it reaches the next frame, and nothing else on the page."""
    if room.has_to_be_drawn_anew() and session.parts_drawn():
        st.rerun()  # another way is gone from now on
    presses(bench)
    with st.container():
        trouble(bench.link_trouble)
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
        undo_redo(bench)
        share(bench)
        save(bench, None)
    with st.container():
        link_to_share(bench)
    on_device = way_of(room) == DEVICE
    with st.container():
        if on_device:
            device_program(bench, room)
    picker(bench, partial(frame_to_try_on, room), partial(stack, bench, moving=True, on_device=on_device))
    address(bench)
    own_store(bench)
    room.video.show_through(bench.shown)


with panel:
    table()
with picture:
    player(room)
    if way_of(room) == DEVICE:
        device_desk(bench, room)
    else:
        desk(bench, room)
        try_on(bench, room)
        device_kept(room)
    taken(bench, room)
complete_strip()
