"""What streamlit-webrtc and aiortc have and do not promise to keep: their worker, queues, bandwidths, last words."""

from __future__ import annotations

import asyncio
import logging
import queue
from functools import wraps
from inspect import signature
from typing import Any

from aiortc import RTCRtpReceiver

from effects.borrowed import lent, private, replace

log = logging.getLogger(__name__)

COMPONENT = "streamlit_webrtc.component"

NEEDED = {"loop", "relay", "source_video_track", "sink_video_track"}
"""What a worker is given."""

QUEUE = "_RTCRtpReceiver__decoder_queue"


@lent("streamlit-webrtc", "Live cannot show video, and says so", otherwise=None)
def event_loop() -> asyncio.AbstractEventLoop | None:
    """The loop on which streamlit-webrtc runs all connections."""
    loop: asyncio.AbstractEventLoop = private("streamlit_webrtc.eventloop", "get_global_event_loop")()
    return loop


@lent("streamlit-webrtc", "Live cannot show video, and says so", otherwise=False)
def make_workers_of(kind: type[Any]) -> bool:
    """Have streamlit-webrtc make workers of this kind, a subclass of its own, for its connections.

    Its own worker relays frames through queues without a bound, which is where latency grows.
    """
    missing = NEEDED - set(signature(kind.__mro__[1]).parameters)
    if missing:
        raise TypeError(f"a worker takes no {missing}")
    private("streamlit_webrtc.eventloop", "get_global_event_loop")
    replace(COMPONENT, "WebRtcWorker", kind)
    return True


@lent("streamlit-webrtc", "the first Start after a server's restart may end and begin again in turns", otherwise=None)
def hear_the_first_offer() -> None:
    """Have an offer of the browser's count also where it came before anyone listened.

    To streamlit-webrtc only a change of it counts. After a server's restart the page may be there before the server has
    drawn it once, and a Start then would have its connection ended and made again in turns.
    """
    theirs = private(COMPONENT, "_restore_snapshot_if_needed")
    if hasattr(theirs, "__wrapped__"):
        return

    @wraps(theirs)
    def heard(context: Any, value: dict[str, Any] | None) -> dict[str, Any] | None:
        last: dict[str, Any] | None = theirs(context, value)
        take_offer(context, last)
        return last

    replace(COMPONENT, "_restore_snapshot_if_needed", heard)


@lent("streamlit-webrtc", "the first Start after a server's restart may end and begin again in turns", otherwise=None)
def take_offer(context: Any, value: dict[str, Any] | None) -> None:
    """Let an offer count for a player that is in no state yet."""
    if value and value.get("sdpOffer") and not any(context.state):
        context._set_state(private(COMPONENT, "compile_state")(value))


@lent("streamlit-webrtc", "a video may be ended by pressing a few things in a row", otherwise=None)
def keep_showing(player: Any) -> None:
    """Keep streamlit-webrtc from taking a player for one that was left, whose video it ends.

    It counts runs of the page, also such as were broken off by the next before they came to the player.
    """
    player._last_rendered_run_count  # noqa: B018  (AttributeError where it counts by another name)
    player._last_rendered_run_count = None


@lent("aiortc", "video on the way back begins small and stays soft", otherwise=None)
def begin_with_bandwidth(start: int, most: int) -> None:
    """The bits a second with which aiortc begins to send VP8, and the most that it allows itself."""
    for name, bits in (("DEFAULT_BITRATE", start), ("MAX_BITRATE", most)):
        replace("aiortc.codecs.vpx", name, bits)


@lent("aiortc", "a busy machine may show old video", otherwise=False)
def exchange_queue(receiver: RTCRtpReceiver, short: queue.Queue[Any]) -> bool:
    """Give a receiver that has not begun yet another queue for frames that wait to be decoded; whether it took it.

    Its own has no bound. Another is only of use where a key frame can be asked for after frames were let go.
    """
    getattr(receiver, QUEUE)
    receiver._send_rtcp_pli  # noqa: B018
    setattr(receiver, QUEUE, short)
    return True


@lent("aiortc", "video that fell behind stands still until the browser sends a key frame by itself", otherwise=None)
def ask_for_key_frame(receiver: RTCRtpReceiver) -> None:
    """Ask the sender of what this receiver gets for a key frame; to be called on the event loop."""
    for source in receiver.getSynchronizationSources():
        asking = asyncio.ensure_future(receiver._send_rtcp_pli(source.source))
        _asking.add(asking)
        asking.add_done_callback(_asked)


_asking: set[asyncio.Future[None]] = set()
"""What is being asked: a task that nobody holds may be collected before it has run."""


def _asked(asking: asyncio.Future[None]) -> None:
    """Log what became of a question where it did not get through."""
    _asking.discard(asking)
    if not asking.cancelled() and (error := asking.exception()) is not None:
        log.warning("A key frame could not be asked for", exc_info=error)
