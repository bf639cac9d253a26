"""What runs unseen does not die unheard: a fault is written down, and where somebody waits for a picture, told."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import av
import numpy as np
import pytest
from aiortc import MediaStreamTrack

from pages.components.live.colour import frame
from pages.components.live.connection import Intake, Outcome, Viewer
from pages.components.live.video import BROKEN, LiveVideo
from pages.shell import closed_tabs
from tests.live_stub import Answers, shown

GREY = np.full((48, 64, 3), 90, np.uint8)


def test_a_video_that_cannot_be_shown_is_ended_and_told(caplog: pytest.LogCaptureFixture) -> None:
    video, answers = LiveVideo(), Answers()

    def fail(_: av.VideoFrame) -> None:
        raise RuntimeError("the way back is gone")

    answers.show = fail  # type: ignore[method-assign, assignment]
    video.begin(answers)
    video.receive(frame(GREY))
    deadline = time.monotonic() + 10
    while not answers.hung_up and time.monotonic() < deadline:
        time.sleep(0.01)
    assert answers.hung_up
    assert video.trouble == BROKEN
    assert "the way back is gone" in caplog.text
    video.end(answers)
    video.end(shown(video, GREY))
    assert not video.trouble  # of the next video nothing is known yet


class Seen(Viewer):
    def __init__(self) -> None:
        self.ended = False

    def begin(self, outcome: Outcome) -> None:
        pass

    def receive(self, frame: av.VideoFrame) -> None:
        raise KeyError("no place for it")

    def end(self, outcome: Outcome) -> None:
        self.ended = True


class Camera(MediaStreamTrack):
    kind = "video"

    async def recv(self) -> Any:
        return frame(GREY)


def test_frames_that_cannot_be_taken_end_the_connection(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> Seen:
        loop, seen = asyncio.get_running_loop(), Seen()
        intake = Intake(seen, Outcome(loop), loop)
        intake.addTrack(Camera())
        intake.start()
        await asyncio.sleep(0.1)
        return seen

    assert asyncio.run(run()).ended
    assert "no place for it" in caplog.text


def test_a_look_after_closed_tabs_that_fails_is_not_the_last(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(len(looks))
        raise OSError("not now")

    monkeypatch.setattr(closed_tabs, "ROUND_SECONDS", 0.01)
    monkeypatch.setattr(closed_tabs, "give_back_once", look)

    async def run() -> None:
        task = asyncio.create_task(closed_tabs.watch_closed_tabs())
        while len(looks) < 3 and not task.done():
            await asyncio.sleep(0.01)
        task.cancel()

    with caplog.at_level(logging.ERROR):
        asyncio.run(asyncio.wait_for(run(), 10))
    assert len(looks) >= 3
    assert "not now" in caplog.text
