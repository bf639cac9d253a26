"""The player: which camera, how large, mirrored or not, and the video itself."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from pages.borrowed.webrtc import keep_showing
from pages.components import session
from pages.components.live import streamer
from pages.components.live.camera_watch import camera_watch
from pages.components.live.connection import NoVideoError
from pages.components.live.device import device
from pages.components.live.ice import Ice, ice
from pages.components.live.ice import settings as ice_settings
from pages.components.live.room import NO_SEAT, Room
from pages.components.live.seats import SEATS, NoSeatError
from pages.components.live.way import DEVICE, live_way
from pages.components.unforeseen import fragment
from pages.components.words import _, later

NO_RELAY = later(
    "No relay (TURN server) is set up for this address, so live video connects only where the network lets "
    "browsers reach this server directly. If it does not connect, Snapshot works everywhere."
)

NO_VIDEO = later(
    "This server cannot show live video at the moment; whoever runs it finds why in its log. Snapshot works."
)


def player(room: Room) -> None:
    """The page's head, and under it the video with Start and Stop, or why there is no seat."""
    size, facing, way = settings(room)
    if way == DEVICE:
        with st.container(key="live"):
            device(
                room,
                streamer.constraints(size, facing),
                mirror=room.video.mirror,
                is_smallest=size == min(streamer.SIZES, key=streamer.SIZES.__getitem__),
            )
        return
    host = urlsplit(st.context.url or "http://localhost").hostname or "localhost"
    servers = ice(host, ice_settings())
    # Each has a place of its own, whatever is shown: a player that moves is a player that starts anew. And the video
    # stands beside what is below it, which it stays in sight of.
    waiting, live = st.container(), st.container(key="live")
    width, height = streamer.SIZES[size]
    with waiting:
        room.can_play = camera_watch(width / height)
    if not room.can_play:
        with waiting:
            st.page_link("../snapshot.py", label=_("Open Snapshot"))
        hosted(host, servers)
        return
    if room.no_seat or not SEATS.has_room_for(room.video):
        with waiting:
            no_seat(room)
        if room.playing is None:
            return
    with live:
        try:
            if room.player and room.player[0] == facing:
                keep_showing(room.player[1])
            context = streamer.streamer(room.video, servers, size=size, facing=facing, playing=room.playing)
            room.player = facing, context
            room.notice(streamer.State(*context.state))
        except NoSeatError:
            if room.playing is not False:
                room.refuse()
                st.rerun()
        except NoVideoError:
            st.error(_(NO_VIDEO))
            st.page_link("../snapshot.py", label=_("Open Snapshot"))
    hosted(host, servers)


def settings(room: Room) -> tuple[str, str, str]:
    """The title, and beside it the way, camera, size and mirror.

    A video that runs through the server is started anew where camera or size change. Returns size, camera and way.
    """

    def turned() -> None:
        room.video.hang_up()
        session.show("mirror", session.value("facing") != streamer.BACK)

    def resized() -> None:
        if any(room.state):
            room.retry()

    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.title(_("Live"), width="content", anchor=False)
        way = live_way(room)
        facing = st.segmented_control(
            _("Camera"),
            list(streamer.FACINGS),
            format_func=_,
            default=streamer.FRONT,
            required=True,
            key="facing",
            on_change=turned,
            label_visibility="collapsed",
            persist_state="session",
        )
        size = st.segmented_control(
            _("Size"),
            list(streamer.SIZES),
            default=streamer.DEFAULT_SIZE,
            required=True,
            key="size",
            on_change=resized,
            label_visibility="collapsed",
            persist_state="session",
        )
        room.video.mirror = st.toggle(_("Mirror"), True, key="mirror", persist_state="session")
    return size or streamer.DEFAULT_SIZE, facing or streamer.FRONT, way


def no_seat(room: Room) -> None:
    """Say that all places are taken, and look every two seconds whether one is free."""

    def wait() -> None:
        if SEATS.has_room_for(room.video) and room.playing is None:
            room.no_seat = False
            st.rerun()
        st.info(_(NO_SEAT))
        st.page_link("../snapshot.py", label=_("Open Snapshot"))

    fragment(wait, run_every=2.0)()


def hosted(host: str, servers: Ice) -> None:
    """What whoever hosts this, or wonders why it does not connect, should know."""
    if servers.trouble:
        told = _("Live video may not connect; see deploy/TURN.md.")
        st.warning(f"{servers.trouble} {told}")
    elif servers.servers and not servers.relays:
        st.caption(_(NO_RELAY))
