"""A frame of live video, without a network: its colours there and back, and effects beside its encoding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import cv2
import numpy as np
from aiortc.codecs.vpx import Vp8Encoder

from benchmarks.limits import limits
from benchmarks.pictures import SIZES, photo
from benchmarks.report import Bound, Row, measured
from benchmarks.timing import Racer, on_one_core, race
from effects.catalogue import EFFECTS
from effects.image import Image
from effects.pipeline import Pipeline
from pages.components.live.colour import frame, picture

SECTION = "frames"

STACKS = {
    "three pointwise steps": ("exposure", "sepia", "invert"),
    "five pointwise steps": ("exposure", "saturation", "gamma", "contrast", "sepia"),
}

PAN = 6
"""Pixels by which the camera moves from one frame to the next: an encoder has nothing to do for a still."""


def rows(rounds: int) -> Iterator[Row]:
    """Processor time against processor time, on one core."""
    image = photo(*SIZES["720p"])
    with on_one_core():
        yield _colours(image, rounds)
        for name in STACKS:
            yield _stack(name, image, rounds)


def _colours(image: Image, rounds: int) -> Row:
    planes, camera = cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420), frame(image)

    def bare() -> None:
        cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420)
        cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420)

    racers = {**limits(image), "ours": Racer(lambda: frame(picture(camera))), "bare": Racer(bare)}
    times = race(racers, rounds * 3)
    bound = Bound(times["ours"].cpu / times["bare"].cpu, "at most", 1.5, "x cv2's two calls")
    return measured(SECTION, "colours there and back", "720p", times, figures={"cv2": times["bare"].cpu}, bound=bound)


def _stack(name: str, image: Image, rounds: int) -> Row:
    pipeline = Pipeline(tuple(EFFECTS[effect].step() for effect in STACKS[name]))
    encoder = Vp8Encoder()
    moving = cycle([frame(np.roll(image, PAN * turn, axis=1)) for turn in range(10)])
    clock = iter(range(0, 1 << 40, 3000))

    def encode() -> object:
        shown = next(moving)
        shown.pts = next(clock)
        return encoder.encode(shown)

    racers = {**limits(image), "ours": Racer(lambda: pipeline(image)), "encode": Racer(encode)}
    times = race(racers, rounds * 3)
    bound = Bound(times["ours"].cpu / times["encode"].cpu, "at most", 1, "x the VP8 encode after it")
    return measured(SECTION, name, "720p", times, figures={"VP8 encode": times["encode"].cpu}, bound=bound)
