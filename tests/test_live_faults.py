"""What runs unseen does not die unheard: a fault is written down, and where somebody waits for a picture, told."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import av
import cv2
import numpy as np
import pytest
from aiortc import MediaStreamTrack

from effects import EFFECTS, Pipeline
from pages.components.live.colour import frame, picture
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


@pytest.mark.parametrize("failing", ["forward", "connectedComponentsWithStats"])
def test_where_faces_are_to_be_hidden_a_stack_that_fails_shows_nobody(
    failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other steps' faults are told beside the frame as it came; here that would show whom it must not."""
    chance = np.random.default_rng(2).integers(0, 256, (48, 64, 3), np.uint8)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(cv2.dnn.Net if failing == "forward" else cv2, failing, fail)
    for others in ((), (EFFECTS["background"].step(),)):
        video = LiveVideo()
        video.stream.pipeline = Pipeline((*others, EFFECTS["hide_faces"].step(way="fill", color="#ff0000")))
        (answer,) = shown(video, chance).frames
        seen = picture(answer).astype(int)
        assert np.ptp(seen, axis=(0, 1)).max() <= 4


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

    def look(_garbage: object) -> None:
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
