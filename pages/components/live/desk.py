"""The desk under the live video: the shutter's row, how it goes, words when it does not, and what was taken."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from effects import EFFECTS
from pages.components import session
from pages.components.live.full_screen import full_screen
from pages.components.live.looks_strip import looks_strip
from pages.components.live.recorder import MAX_SECONDS, MP4, Recorder
from pages.components.live.room import Room
from pages.components.live.shot import shot
from pages.components.live.shutter import BURST, COUNTDOWNS
from pages.components.live.tray import pieces, recording, tray
from pages.components.live.video import Reading
from pages.components.photo.open_photo import Picked
from pages.components.photo.picture_input import UPLOAD
from pages.components.unforeseen import fragment
from pages.components.words import _, later
from pages.components.workbench import Workbench

EACH = 1.0  # s between two looks at the video
NOTICED = 0.02  # s a frame that a stack takes before skipped frames are laid to it
MIRRORED = later(
    "Photos and recordings show you as others see you, and letters the right way round. Switch this on to keep "
    "them as you see yourself in a mirror."
)
OFF = later("The camera stays off until you press Start, and what it sees is kept only where you ask for it.")
SOON = 0.4  # s that a press waits for its photo, so that it is answered by it
STYLES = tuple(Path(__file__).with_name(name) for name in ("booth.css", "readout.css"))
FULL, SEEN = later("Effects on the full frame"), later("As on the screen")


def desk(bench: Workbench, room: Room) -> None:
    """The row under the video; looks after the video while it runs, and leaves it alone while it does not."""
    for style in STYLES:
        st.html(style)
    fragment(_desk, run_every=EACH if room.is_on else None)(bench, room)


def _desk(bench: Workbench, room: Room) -> None:
    if room.look_after():
        st.rerun()
    go_on(bench, room)
    with st.container():  # a place of its own: what is below stays where it is
        words(room)
    room.video.shutter.wait(SOON)
    has_more = collect(bench, room)
    live = room.video.is_connected and room.video.last_arrival is not None
    with st.container(key="booth"):
        with st.container(key="booth_left", horizontal=True, vertical_alignment="center"):
            shot(room.pieces, room.edit, room.drop)
            options(room)
        shoot(room, live)
        with st.container(
            key="booth_right", horizontal=True, vertical_alignment="center", horizontal_alignment="right"
        ):
            record(room, live)
            full_screen()
    looks_strip(bench, room)
    # One place for all of it, as high whatever it says: what is below keeps its own.
    with st.container(key="readout", gap="xxsmall"):
        if live:
            readout(room.video.reading())
        elif room.can_play:
            st.caption(_(OFF))
    if has_more and session.parts_drawn():
        st.rerun()  # the tray is another part of the page


def device_desk(bench: Workbench, room: Room) -> None:
    """What stands under the video that this device draws: the looks. The shutter's row is the video's own there."""

    def _device_desk() -> None:
        if room.has_to_be_drawn_anew():
            st.rerun()
        go_on(bench, room)
        looks_strip(bench, room)

    for style in STYLES:
        st.html(style)
    fragment(_device_desk)()


def taken(bench: Workbench, room: Room) -> None:
    """The tray, a part of the page by itself."""

    def _taken() -> None:
        if room.has_to_be_drawn_anew():
            st.rerun()
        go_on(bench, room)
        tray(room.pieces, room.edit, room.drop)

    fragment(_taken)()


def go_on(bench: Workbench, room: Room) -> None:
    """Go to Snapshot with the piece that was chosen for it, if one was."""
    piece, room.to_edit = room.to_edit, None
    if piece is not None:
        bench.picked = Picked(piece.name, piece.raw)
        session.show("source", UPLOAD)  # what is open then is neither the sample nor a snapshot
        st.switch_page("../snapshot.py")


def words(room: Room) -> None:
    """What went wrong, if anything, and the two ways on."""
    if room.video.trouble:
        st.warning(str(room.video.trouble))
    if room.trouble:
        st.error(_(room.trouble))
        with st.container(horizontal=True):
            # By callback: a press is lost if the page is drawn again before the button is asked for it.
            st.button(_("Retry"), key="retry", icon=":material/refresh:", type="primary", on_click=room.start_over)
            st.page_link("../snapshot.py", label=_("Open Snapshot"))


def options(room: Room) -> None:
    """How photos are taken, now or after a countdown, one or four, and what is kept of them; the form of recordings."""
    with st.popover(_("Photo options"), icon=":material/timer:", key="options"):
        st.segmented_control(
            _("Countdown"),
            COUNTDOWNS,
            default=0,
            required=True,
            key="countdown",
            persist_state="session",
            format_func=lambda seconds: _("{seconds} s").format(seconds=seconds) if seconds else _("None"),
        )
        st.toggle(_("Burst of {count}, as a strip").format(count=BURST), key="burst", persist_state="session")
        st.radio(
            _("Keep"),
            (FULL, SEEN),
            format_func=_,
            key="keep_photo",
            persist_state="session",
            help=_("The full frame is the camera's own, before any lowering of the size."),
        )
        room.video.mirror_kept = st.toggle(
            _("Mirror my photos"),
            key="mirror_kept",
            persist_state="session",
            disabled=room.video.recorder is not None,
            help=_(MIRRORED),
        )
        st.segmented_control(
            _("Record as"),
            list(MAX_SECONDS),
            default=MP4,
            required=True,
            key="record_as",
            persist_state="session",
            format_func=lambda form: f"{form}, {MAX_SECONDS[form]:.0f} s",
        )


def shoot(room: Room, live: bool) -> None:
    """The shutter: a photo, or as many and as late as the options say."""

    def press() -> None:
        countdown, burst = session.value("countdown"), session.value("burst")
        room.video.shutter.release(float(countdown or 0), BURST if burst else 1)

    st.button(
        _("Take photo"),
        key="take_photo",
        icon=":material/photo_camera:",
        type="primary",
        disabled=not live or room.video.shutter.is_busy,
        on_click=press,
    )


def record(room: Room, live: bool) -> None:
    """Record what is shown, or stop doing so."""
    recorder = room.video.recorder

    def press() -> None:
        if room.video.recorder is None:
            room.video.recorder = Recorder(session.value("record_as") or MP4)
        else:
            room.video.recorder.finish()

    if recorder is None:
        word = _("Record")
    else:
        word = _("Stop recording ({seconds} s)").format(seconds=f"{recorder.seconds:.0f}")
    st.button(
        word,
        key="record",
        icon=":material/radio_button_checked:" if recorder is None else ":material/stop:",
        on_click=press,
        disabled=not live and recorder is None,
    )


def collect(bench: Workbench, room: Room) -> bool:
    """Put what has been finished since the last look into the tray; whether there was anything."""
    taken = room.video.shutter.collect()
    if taken:
        room.pieces[:0] = pieces(taken, bench.shown, as_seen=session.value("keep_photo") == SEEN)
    recorder = room.video.recorder
    if recorder is None or not recorder.is_done:
        return bool(taken)
    room.video.recorder = None
    room.trouble = str(recorder.trouble) or room.trouble
    if recorder.file:
        room.pieces.insert(0, recording(recorder.form, recorder.file))
    return True


def readout(reading: Reading) -> None:
    """Frames, delay, size and what each pass takes, in one line; and a sentence when the stack is too heavy.

    A line that is too long ends in an ellipsis (`style.css`), and is whole while one points at it.
    """
    width, height = reading.size
    passes = ", ".join(
        f"{' + '.join(_(EFFECTS[name].title) for name in step.effects)} {step.seconds * 1000:.0f} ms"
        for step in reading.passes
    )
    flow = _("{rate} fps · {delay} ms in the server · {width} × {height}").format(
        rate=f"{reading.shown:.0f}", delay=f"{reading.delay * 1000:.0f}", width=width, height=height
    )
    st.caption(f"{flow} · {passes}" if passes else flow)
    if reading.scale < 1:
        told = _(
            "This stack is heavy: effects run at {share} of the size to keep up; photos get them at full size."
        ).format(share=f"{reading.scale:.0%}")
        st.caption(f":material/speed: {told}")
    elif reading.arriving > 8 and reading.shown < 0.7 * reading.arriving:
        slow = sum(step.seconds for step in reading.passes) > NOTICED
        if slow:
            told = _("This stack is heavy: {shown} of {arriving} frames a second are shown, always the newest.")
        else:
            told = _("The server is busy: {shown} of {arriving} frames a second are shown, always the newest.")
        shares = told.format(shown=f"{reading.shown:.0f}", arriving=f"{reading.arriving:.0f}")
        st.caption(f":material/speed: {shares}")
