"""The backlog: frames that have come and are not decoded yet, kept short however busy the machine is.

aiortc queues them without bound: on a machine where decoding fell behind, 72 frames waited and the video was four
seconds old. A frame of video builds on those before it, so a backlog cannot be thinned out; it is let go as a whole,
and the browser is asked for a key frame, with which video begins anew.
"""

from __future__ import annotations

import queue
import re
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from aiortc import RTCPeerConnection

from pages.borrowed import webrtc

MAX_WAITING_FRAMES = 12  # frames: 0.4 s at 30 a second
ASK_SECONDS = 0.5  # s until a key frame that did not come is asked for again


class Backlog(queue.Queue[Any]):
    """Stands in for aiortc's queue of (codec, encoded frame); None still ends the decoder."""

    def __init__(self, ask: Callable[[], None]) -> None:
        super().__init__()
        self._ask = ask
        self._asked: float | None = None  # when a key frame was asked for that has not come yet

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """Take a frame, or let it go: if too many wait, and until the next key frame then."""
        if item is None or self._takes(*item):
            super().put(item, block, timeout)

    def _takes(self, codec: Any, frame: Any) -> bool:
        if is_key(codec.name, frame.data):
            self._empty()
            self._asked = None
            return True
        if self._asked is None and self.qsize() < MAX_WAITING_FRAMES:
            return True
        if self._asked is None:
            self._empty()
        if self._asked is None or time.monotonic() - self._asked > ASK_SECONDS:
            self._asked = time.monotonic()
            self._ask()
        return False

    def _empty(self) -> None:
        with self.mutex:
            self.queue.clear()


def is_key(codec: str, data: bytes) -> bool:
    """Whether an encoded frame can be decoded without those before it.

    VP8 says so in the lowest bit of its first byte (RFC 6386, 9.1); in H.264 parts of types 5 and 7 do.
    """
    if codec.upper() == "VP8":
        return bool(data) and not data[0] & 1
    return any(part[0] & 31 in (5, 7) for part in re.findall(rb"\x00\x00\x01(.)", data, re.DOTALL))


def keep_short(peer: RTCPeerConnection) -> None:
    """Give the receivers of a connection, before they begin, a backlog that stays short."""
    for transceiver in peer.getTransceivers():
        webrtc.exchange_queue(transceiver.receiver, Backlog(partial(webrtc.ask_for_key_frame, transceiver.receiver)))
