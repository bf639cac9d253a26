"""The connection between a browser and this process: what streamlit-webrtc does not do by itself.

Three things are added to its worker, each measured: the bandwidth a browser begins with, no queue on the way in or out,
and an output that sends each result once, the moment it is there.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
from aiortc import MediaStreamError, MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay
from streamlit_webrtc import WebRtcWorker

from pages.borrowed import webrtc
from pages.components.live.backlog import keep_short
from pages.components.live.seats import SEATS

log = logging.getLogger(__name__)

START_RATE, MIN_RATE, MAX_RATE = 1500, 300, 2500
"""kbit/s. Chromium begins at 300 and sends 320 x 240 for half a minute; told to begin higher it sends all at once."""

TICKS = 90_000  # a second, as video counts time


class Straight(MediaRelay):
    """A relay that is none: each track here has one reader, and a relay's unbounded queue is where latency grows."""

    def subscribe(self, track: MediaStreamTrack, buffered: bool = True) -> MediaStreamTrack:
        """The track itself."""
        return track


class Outcome(MediaStreamTrack):
    """The track that goes back to the browser: each frame given to `show` once, the newest if several wait."""

    kind = "video"

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._on = loop
        self._began = time.monotonic()
        self._newest: av.VideoFrame | None = None
        self._there = asyncio.Event()
        self.hang_up: Callable[[], None] = self.stop

    def show(self, frame: av.VideoFrame) -> None:
        """Let this frame be the next one sent; from any thread."""
        self._on.call_soon_threadsafe(self._take, frame)

    def _take(self, frame: av.VideoFrame) -> None:
        self._newest = frame
        self._there.set()

    async def recv(self) -> av.VideoFrame:
        """The next frame, as aiortc's sender asks for it."""
        await self._there.wait()
        self._there.clear()
        if self._newest is None or self.readyState != "live":
            raise MediaStreamError
        frame, self._newest = self._newest, None
        # Stamped when it is sent, not when it was seen: else a browser takes the time that effects take for a bad
        # network and keeps more frames back. After a stall of the server it was 1.5 s late for good.
        frame.pts, frame.time_base = round((time.monotonic() - self._began) * TICKS), Fraction(1, TICKS)
        return frame

    def stop(self) -> None:
        """End the track, and whoever waits for its next frame; from any thread."""
        super().stop()
        self._newest = None
        if not self._on.is_closed():
            self._on.call_soon_threadsafe(self._there.set)


class Viewer:
    """Who looks at the frames of one connection: told of each on the event loop, and once of the end."""

    def begin(self, outcome: Outcome) -> None:
        """A connection is there; results go to `outcome`."""
        raise NotImplementedError

    def receive(self, frame: av.VideoFrame) -> None:
        """A frame has been decoded."""
        raise NotImplementedError

    def end(self, outcome: Outcome) -> None:
        """The connection whose results went to `outcome` has ended."""
        raise NotImplementedError


class Intake:
    """A streamlit-webrtc sink for one connection: every decoded frame goes to the viewer at once."""

    def __init__(self, viewer: Viewer, outcome: Outcome, loop: asyncio.AbstractEventLoop) -> None:
        self._viewer, self._outcome, self._loop = viewer, outcome, loop
        self.peer: RTCPeerConnection | None = None
        self._track: MediaStreamTrack | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ended = False

    def addTrack(self, track: MediaStreamTrack) -> None:  # noqa: N802  (streamlit-webrtc's name)
        """Take the track of the browser's camera."""
        self._track = track

    def hasTrack(self) -> bool:  # noqa: N802  (streamlit-webrtc's name)
        """Whether the browser sends any video."""
        return self._track is not None

    def start(self) -> None:
        """Begin to read; called on the event loop, between the browser's offer and the answer."""
        if self.peer is not None:
            keep_short(self.peer)
        self._viewer.begin(self._outcome)
        self._reading = self._loop.create_task(self._read())

    async def _read(self) -> None:
        assert self._track is not None
        try:
            while not self._ended:
                self._viewer.receive(await self._track.recv())  # type: ignore[arg-type]  # a video track's frames
        except MediaStreamError:
            pass
        except Exception:
            log.exception("The frames of a live connection can no longer be read")
        finally:
            self.stop()

    def stop(self) -> None:
        """End reading and showing; from any thread, as often as one likes."""
        if not self._ended:
            self._ended = True
            self._viewer.end(self._outcome)
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._outcome.stop()
        if self._track is not None:
            self._track.stop()
        if self._reading is not None:
            self._reading.cancel()  # a track that has been stopped lets whoever waits for its next frame wait


class LiveWorker(WebRtcWorker[Any, Any]):
    """streamlit-webrtc's worker, given a `Viewer` where it expects a sink."""

    def __init__(self, *, sink_video_track: Any, **rest: Any) -> None:
        if isinstance(sink_video_track, Viewer):
            SEATS.take(self, sink_video_track)
            loop = webrtc.event_loop()
            assert loop is not None  # or no worker of this kind is made
            outcome = Outcome(loop)
            rest |= {"loop": loop, "relay": Straight(), "source_video_track": outcome}
            sink_video_track = Intake(sink_video_track, outcome, loop)
            outcome.hang_up = self.stop
        try:
            super().__init__(sink_video_track=sink_video_track, **rest)
            if isinstance(sink_video_track, Intake):
                sink_video_track.peer = self.pc
        except BaseException:
            SEATS.leave(self)
            raise

    def stop(self, timeout: float | None = 1.0) -> None:
        """Close the connection, and give the seat back; from any thread, as often as one likes."""
        SEATS.leave(self)
        super().stop(timeout)

    @property
    def local_description(self) -> RTCSessionDescription | None:
        """The answer, with the bandwidth to begin with."""
        answer = super().local_description
        return answer and RTCSessionDescription(with_bandwidth(answer.sdp), answer.type)


def with_bandwidth(sdp: str) -> str:
    """The description with Chromium's bandwidth hints after each VP8 line; other browsers read past them."""
    hints = f"x-google-start-bitrate={START_RATE};x-google-min-bitrate={MIN_RATE};x-google-max-bitrate={MAX_RATE}"
    return re.sub(r"(a=rtpmap:(\d+) VP8/90000(\r?\n))", rf"\1a=fmtp:\2 {hints}\3", sdp)


class NoVideoError(RuntimeError):
    """streamlit-webrtc has another inside than is known here, and its own way would break."""


def install() -> None:
    """Let streamlit-webrtc make workers of this kind, and listen better; NoVideoError where that cannot be done.

    The way back has the same trouble as the way here: aiortc begins at 500 kbit/s and allows itself 1500.
    """
    if not webrtc.make_workers_of(LiveWorker):
        raise NoVideoError
    webrtc.begin_with_bandwidth(START_RATE * 1000, MAX_RATE * 1000)
    webrtc.hear_the_first_offer()
