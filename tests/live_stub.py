"""Stands in for the browser and its connection, for tests of Live without either."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import av

from effects.image import Image
from pages.components.live.colour import frame
from pages.components.live.connection import Outcome
from pages.components.live.ice import Ice
from pages.components.live.seats import NoSeatError
from pages.components.live.streamer import State
from pages.components.live.video import LiveVideo


class Browser:
    """Stands for the browser: its state, and what the page told it."""

    def __init__(self) -> None:
        self.state = State(playing=False, signalling=False)
        self.told: list[dict[str, Any]] = []
        self.refused = False

    def __call__(self, video: LiveVideo, ice: Ice, **wishes: Any) -> Browser:
        if self.refused:
            raise NoSeatError("none")
        self.told.append({"video": video, "ice": ice, **wishes})
        return self


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
    video.opened(answers)
    for number, image in enumerate(images):
        sent = frame(image)
        sent.pts, sent.time_base = number * 3000, Fraction(1, 90_000)
        video.arrived(sent)
        deadline = time.monotonic() + 20
        while len(answers.frames) <= number and time.monotonic() < deadline:
            time.sleep(0.005)
    return answers
