"""Live on this device: the camera's picture goes through the stack in the page, and nothing of it to any server."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.components import session
from pages.components.live import large_view
from pages.components.live.camera_watch import WORDS as CAMERA
from pages.components.live.device_frames import gif_of
from pages.components.live.recorder import GIF, GIF_GAP, GIF_SIDE, MAX_SECONDS, MP4
from pages.components.live.room import Room
from pages.components.live.shutter import BETWEEN, BURST, COUNTDOWNS
from pages.components.live.tray import recording
from pages.components.live.way import LOST, SLOW, UNABLE
from pages.components.page_component import page_component
from pages.components.save.piece import MAX_PIECES, Piece
from pages.components.words import _, later, translated

KEY = "device"
KEPT = "device_kept"
UPLOADER = "device_photo"
FRAMES = "device_frames"
WORDS = {
    "start": later("Start"),
    "stop": later("Stop"),
    "asking": later("The browser asks whether this page may use the camera."),
    "off": later("The camera stays off until you press Start, and what it sees does not leave this device."),
    "screen": later("What the camera sees, with the effects of the stack"),
    "camera": later("Camera"),
    "figures": later("{rate} fps · {width} × {height} · drawn on this device"),
    "slow": later("This device draws {rate} frames a second. A smaller size or fewer effects help."),
    "slow_size": later("This device draws {rate} frames a second. A smaller size helps."),
    "slow_effects": later("This device draws {rate} frames a second. Fewer effects help."),
    "slow_plain": later("This device draws {rate} frames a second. On the server it may be more."),
    "silent": later("No picture has come from the camera for 5 seconds: it has stopped. Press Start to try again."),
    "lost": later("The camera has gone: it was unplugged or taken away. Press Start to try again."),
    "shutter": later("Take photo"),
    "record": later("Record"),
    "finish": later("Stop recording ({seconds} s)"),
    "options": later("Photo options"),
    "countdown": later("Countdown"),
    "at_once": later("None"),
    "seconds": later("{seconds} s"),
    "burst": later("Burst of {count}, as a strip"),
    "gif": later("Record as GIF, {seconds} s: its frames go to the server, which makes it"),
    "mirrored": later("Mirror my photos"),
    "enter": later("Full screen"),
    "leave": later("Leave full screen"),
    "none": later("No photo yet"),
    "open": later("Open the newest photo or recording"),
    "others": later("All photos and recordings"),
    **large_view.WORDS,
    "photo": later("Photo taken"),
    "recording": later("Recording ready"),
    "whence": later("Taken on this device"),
    "unsent": later("The photo could not be sent. Check the network and try again."),
    "unsent_gif": later("The GIF could not be sent yet. It is kept in this tab and goes up once the network is back."),
}

LARGE = (
    """<p role="status"></p>
  <dialog>
    <div class="large"></div>
    <div class="others" role="group"></div>
    """
    + large_view.ACTS
    + """
  </dialog>"""
)

_kept = page_component(
    KEPT,
    __file__,  # the same script, which has all that was taken
    html=f"""
<div class="live kept">
  <div class="side"><button type="button" class="tile"></button><p class="whence"></p></div>
  <p class="words" role="alert"></p>
  {LARGE}
</div>""",
)

_live = page_component(
    KEY,
    __file__,
    html="""
<div class="live" data-instant="gpu" data-frames="0">
  <div class="place">
    <canvas role="img"></canvas>
    <video muted playsinline aria-hidden="true"></video>
    <p class="off"></p>
    <p class="count" role="timer" aria-live="assertive"></p>
  </div>
  <div class="power">
    <button type="button" class="start"></button>
    <button type="button" class="stop" hidden></button>
    <label class="camera" hidden><span></span><select></select></label>
    <p class="figures"></p>
  </div>
  <p class="words" role="alert"></p>
  <div class="booth">
    <div class="side">
      <button type="button" class="tile"></button>
      <details class="options"><summary><span class="sign" aria-hidden="true"></span></summary>
        <div>
          <label><span class="countdown"></span><select></select></label>
          <label><input type="checkbox" class="is_burst"><span class="burst"></span></label>
          <label><input type="checkbox" class="is_gif"><span class="gif"></span></label>
          <label><input type="checkbox" class="is_mirrored"><span class="mirrored"></span></label>
        </div>
      </details>
    </div>
    <button type="button" class="shutter" disabled><span class="sign" aria-hidden="true"></span></button>
    <div class="side end">
      <button type="button" class="record" disabled><span class="sign" aria-hidden="true"></span></button>
      <button type="button" class="full"><span class="sign" aria-hidden="true"></span></button>
    </div>
  </div>
  """
    + LARGE
    + """
</div>""",
)


def device(room: Room, wish: dict[str, Any], *, mirror: bool, is_smallest: bool) -> None:
    """The screen with Start and Stop, and the booth under it; asks for the camera on Start only.

    `wish` is what is asked of the camera; `is_smallest` says that there is no smaller size to ask for. Photos and
    recordings stay in the browser; the camera's own frame of one comes here where the person asks to edit it.
    """

    def told() -> None:
        why = session.component_value(KEY, "why_not")
        if why in (UNABLE, SLOW, LOST):
            room.no_device = why

    room.drew_here = True
    way_up(room)
    video = wish["video"]
    _live(
        key=KEY,
        data={
            "wish": wish,
            "shape": video["width"]["ideal"] / video["height"]["ideal"],
            "mirror": mirror,
            "is_smallest": is_smallest,
            "words": translated(WORDS),
            "answers": translated(CAMERA),
            "countdowns": COUNTDOWNS,
            "burst": {"count": BURST, "between": round(1000 * BETWEEN)},
            "most": {"pieces": MAX_PIECES, "seconds": MAX_SECONDS[MP4]},
            "gif": {"seconds": round(MAX_SECONDS[GIF]), "gap": GIF_GAP, "side": GIF_SIDE},
            "choosing": not room.way,
        },
        on_why_not_change=told,
    )


def device_kept(room: Room) -> None:
    """What was taken on this device in this visit, where the video goes another way now; nothing if there is none."""
    if room.drew_here:
        way_up(room)
        _kept(key=KEPT, data={"words": translated(WORDS), "most": {"pieces": MAX_PIECES}})


def way_up(room: Room) -> None:
    """The uploaders, which nobody sees, by which the camera's own frame of a photo and those of a GIF come here."""

    def arrived() -> None:
        file = session.value(UPLOADER)
        if file is not None:
            room.to_edit = Piece(file.name, b"", file.type, file.getvalue())

    def frames_arrived() -> None:
        file = session.value(FRAMES)
        made = gif_of(file.getvalue()) if file is not None else b""
        if made:
            room.pieces.insert(0, recording(GIF, made))

    st.file_uploader(_("Photo"), key=UPLOADER, on_change=arrived, label_visibility="collapsed")
    st.file_uploader(_("Photo"), key=FRAMES, on_change=frames_arrived, label_visibility="collapsed")
