"""The connection between browser and server: bandwidth, the newest frame first, and no backlog."""

from __future__ import annotations

import asyncio
import threading
import time

import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError

from pages.components.live.backlog import MAX_WAITING_FRAMES, Backlog, is_key
from pages.components.live.colour import frame
from pages.components.live.connection import Outcome, with_bandwidth


def test_the_answer_asks_for_bandwidth_after_each_vp8_line() -> None:
    sdp = "m=video 9\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtpmap:102 H264/90000\r\n"
    lines = with_bandwidth(sdp).split("\r\n")
    assert lines[2].startswith("a=fmtp:96 x-google-start-bitrate=1500;")
    assert [line for line in lines if not line.startswith("a=fmtp")] == sdp.split("\r\n")


def test_of_results_that_wait_the_newest_is_sent_and_only_once() -> None:
    async def run() -> None:
        outcome = Outcome(asyncio.get_running_loop())
        frames = [frame(np.full((48, 64, 3), level, np.uint8)) for level in (1, 2, 3)]
        for item in frames:
            outcome.show(item)
        assert await outcome.recv() is frames[-1]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(outcome.recv(), 0.05)

    asyncio.run(run())


def test_who_waits_for_a_result_is_told_of_the_end() -> None:
    async def run() -> None:
        outcome = Outcome(asyncio.get_running_loop())
        waiting = asyncio.ensure_future(outcome.recv())
        await asyncio.sleep(0.01)
        threading.Thread(target=outcome.stop).start()
        with pytest.raises(MediaStreamError):
            await asyncio.wait_for(waiting, 2)

    asyncio.run(run())


class Encoded:
    def __init__(self, data: bytes) -> None:
        self.data, self.name = data, "VP8"


KEY, NEXT = Encoded(b"\x10key"), Encoded(b"\x11next")


def test_frames_that_nobody_decodes_are_let_go_until_a_key_frame() -> None:
    asked: list[float] = []
    backlog = Backlog(lambda: asked.append(time.monotonic()))
    backlog.put((KEY, KEY))
    for _ in range(100):
        backlog.put((NEXT, NEXT))
        assert backlog.qsize() <= MAX_WAITING_FRAMES
    assert len(asked) == 1
    assert backlog.empty()
    backlog.put((KEY, KEY))
    backlog.put((NEXT, NEXT))
    assert [backlog.get()[1] for _ in range(2)] == [KEY, NEXT]
    backlog.put(None)
    assert backlog.get() is None


def test_a_key_frame_that_does_not_come_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.components.live.backlog.ASK_SECONDS", 0.02)
    asked: list[int] = []
    backlog = Backlog(lambda: asked.append(1))
    for _ in range(MAX_WAITING_FRAMES + 1):
        backlog.put((NEXT, NEXT))
    time.sleep(0.03)
    backlog.put((NEXT, NEXT))
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("codec", "data", "key"),
    [
        ("VP8", b"\x50\x01", True),
        ("VP8", b"\x51\x01", False),
        ("VP8", b"", False),
        ("H264", b"\x00\x00\x00\x01\x67a\x00\x00\x00\x01\x65b", True),
        ("H264", b"\x00\x00\x00\x01\x41a", False),
    ],
)
def test_a_key_frame_is_known_by_its_first_bytes(codec: str, data: bytes, key: bool) -> None:
    assert is_key(codec, data) is key
