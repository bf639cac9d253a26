"""The streamer: streamlit-webrtc's player with Start and Stop, as Live wants it."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from streamlit_webrtc import webrtc_streamer

from pages.components.live import connection
from pages.components.live.ice import Ice
from pages.components.live.video import LiveVideo
from pages.components.words import later, translated

SIZES = {"480p": (640, 480), "720p": (1280, 720)}
DEFAULT_SIZE = "480p"
FRONT, BACK = later("Front camera"), later("Back camera")
FACINGS = {FRONT: "user", BACK: "environment"}

WORDS = {
    "start": later("Start"),
    "stop": later("Stop"),
    "select_device": later("Choose camera"),
    "media_api_not_available": later("This browser gives pages no camera."),
    "device_ask_permission": later("Allow the camera when your browser asks."),
    "device_not_available": later("No camera was found."),
    "device_access_denied": later("The camera was refused."),
}

VIDEO = {
    "autoPlay": True,
    "controls": False,
    "muted": True,
    "playsInline": True,
    "style": {"width": "100%", "display": "block"},
}


class State(NamedTuple):
    """What the browser says: whether it plays, and whether it is on its way to."""

    playing: bool
    signalling: bool


class Streaming(Protocol):
    """What the page needs to know of a running player."""

    @property
    def state(self) -> tuple[bool, bool]:
        """The last word from the browser, as in `State`."""


def constraints(size: str, facing: str) -> dict[str, Any]:
    """What is asked of the camera: wishes only, so that no camera is turned away."""
    width, height = SIZES[size]
    return {
        "audio": False,
        "video": {
            "width": {"ideal": width},
            "height": {"ideal": height},
            "frameRate": {"ideal": 30, "max": 30},
            "facingMode": {"ideal": FACINGS[facing]},
        },
    }


def streamer(video: LiveVideo, ice: Ice, *, size: str, facing: str, playing: bool | None) -> Streaming:
    """Show the player; `playing` presses Start (True) or Stop (False) for the person, None leaves it to them.

    The player remembers a chosen camera by its key, so each facing has its own. `sink_video_track` is how a `Viewer`
    gets in: see connection.py, which also makes the output and so takes the place of `async_processing`'s queues.
    NoVideoError where that cannot be done.
    """
    connection.install()
    wishes: dict[str, Any] = {
        "rtc_configuration": ice.configuration,
        "media_stream_constraints": constraints(size, facing),
        "desired_playing_state": playing,
        "sink_video_track": video,
        "async_processing": True,
        "sendback_audio": False,
        "video_html_attrs": VIDEO,
        "translations": translated(WORDS),
        "media_toggle_controls": False,
    }
    context: Streaming = webrtc_streamer(f"live-{FACINGS[facing]}", **wishes)
    return context
