"""Stands in for the browser and its connection, for tests of Live without either."""

from __future__ import annotations

import inspect
import time
from fractions import Fraction
from typing import Any

import av
import pytest
from streamlit_webrtc import component, webrtc_streamer

from effects.image import Image
from pages.components.live import streamer, way
from pages.components.live.colour import frame
from pages.components.live.connection import Outcome
from pages.components.live.seats import NoSeatError
from pages.components.live.video import LiveVideo
from pages.components.settings import AppSettings

Context = component.WebRtcStreamerContext[Any, Any]

KNOWN = inspect.signature(webrtc_streamer)


class Browser:
    """Stands where streamlit-webrtc's player does: what the page told it, and what a browser would say.

    Its contexts are the library's own, kept and cleared as the library does by counting `runs` of the page.
    """

    def __init__(self) -> None:
        self.state = component.WebRtcStreamerState(playing=False, signalling=False)
        self.told: list[dict[str, Any]] = []
        self.refused = False
        self.runs = 0

    def __call__(self, key: str, **wishes: Any) -> Context:
        KNOWN.bind(key, **wishes)  # a word the library does not know is an error here too
        if self.refused:
            raise NoSeatError("none")
        self.told.append(wishes)
        context: Context = component._get_or_create_context(key)
        context._set_state(self.state)
        return context

    @property
    def video(self) -> LiveVideo:
        """To where the page wanted the frames last."""
        video: LiveVideo = self.told[-1]["sink_video_track"]
        return video

    @property
    def playing(self) -> bool | None:
        """What the page pressed last: Start (True), Stop (False), or neither."""
        return self.told[-1]["desired_playing_state"]

    @property
    def wishes(self) -> dict[str, Any]:
        """What the page asked of the camera last."""
        asked: dict[str, Any] = self.told[-1]["media_stream_constraints"]["video"]
        return asked


def no_camera(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A stub in place of the library's player, which needs a server and a browser; Live goes through the server."""
    stub = Browser()
    monkeypatch.setattr(way, "SETTINGS", AppSettings(live_way="server"))
    monkeypatch.setattr(streamer, "webrtc_streamer", stub)
    monkeypatch.setattr(component, "get_this_session_info", lambda: stub)
    monkeypatch.setattr(component, "get_script_run_count", lambda session: session.runs)
    return stub


class Answers(Outcome):
    """The way back to the browser, kept."""

    def __init__(self) -> None:
        self.frames: list[av.VideoFrame] = []
        self.hung_up = False
        self.hang_up = lambda: setattr(self, "hung_up", True)

    def show(self, frame: av.VideoFrame) -> None:
        self.frames.append(frame)


def shown(video: LiveVideo, *images: Image) -> Answers:
    """What a connection that sends these frames gets back."""
    answers = Answers()
    video.begin(answers)
    for number, image in enumerate(images):
        sent = frame(image)
        sent.pts, sent.time_base = number * 3000, Fraction(1, 90_000)
        video.receive(sent)
        deadline = time.monotonic() + 20
        while len(answers.frames) <= number and time.monotonic() < deadline:
            time.sleep(0.005)
    return answers
