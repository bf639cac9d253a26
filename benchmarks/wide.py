"""Blurs of 1 % of the width, against the best blur of others: how fast, and how exact."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import cv2
import numpy as np

from benchmarks import peers
from benchmarks.limits import limits
from benchmarks.pictures import SIZES, photo
from benchmarks.report import Bound, Row, measured
from benchmarks.timing import Racer, cores, race
from effects.catalogue import EFFECTS
from effects.pipeline import Pipeline

SECTION = "blur"

MIN_RATIOS = {"12 MP": 4.0, "720p": 2.0}

RIVALS = ("cv2", "Pillow", "pyvips")


def rows(rounds: int) -> Iterator[Row]:
    """All cores on both sides, wall against wall."""
    others = [peer for peer in peers.installed()[0] if peer.name in RIVALS]
    for size, (height, width) in SIZES.items():
        image, sigma = photo(height, width), 0.01 * width
        step = EFFECTS["gaussian_blur"].step(radius=sigma / height)
        pipeline = Pipeline((step,))
        racers = {**limits(image), "ours": Racer(partial(pipeline, image))}
        for peer in others:
            doing = partial(peer.named["gaussian_blur"], peer.given(image), step.params, height)
            racers[peer.name] = Racer(doing, cores())
        times = race(racers, rounds)
        best = min((peer.name for peer in others), key=lambda name: times[name].wall)
        exact = cv2.GaussianBlur(image, (0, 0), sigma)
        error = float(np.abs(pipeline(image).astype(np.int16) - exact).mean())
        figures = {peer.name: times[peer.name].wall for peer in others}
        speed = Bound(times[best].wall / times["ours"].wall, "at least", MIN_RATIOS[size], f"x {best}")
        yield measured(SECTION, "blur of 1 % of the width", size, times, figures=figures, bound=speed)
        yield Row(SECTION, "its mean error", size, bound=Bound(error, "at most", 0.5, "levels"))
