"""The plan against the same steps one by one: what fusing saves, and how near the limit it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.limits import limits
from benchmarks.peers.peer import table
from benchmarks.pictures import SIZES, photo
from benchmarks.report import Bound, Row, measured
from benchmarks.timing import Racer, on_one_core, race
from effects.catalogue import EFFECTS
from effects.effect import Kind, Step
from effects.image import Image
from effects.pipeline import Pipeline

SECTION = "plan"

NUMBERS = (1, 2, 3, 5, 7, 10)


def tones(number: int) -> list[Step]:
    """Different tone steps."""
    return [
        EFFECTS["exposure"].step(stops=0.1 + 0.05 * index)
        if index % 2
        else EFFECTS["gamma"].step(gamma=1.1 + 0.05 * index)
        for index in range(number)
    ]


def matrices(number: int) -> list[Step]:
    """Matrix steps of which none can clip, so that all of them merge."""
    return [
        EFFECTS["saturation"].step(amount=0.95 - 0.02 * index)
        if index % 2
        else EFFECTS["grayscale"].step(amount=0.1 + 0.02 * index)
        for index in range(number)
    ]


def alternating(number: int) -> list[Step]:
    """Tone and matrix in turns."""
    turns = [
        EFFECTS["exposure"].step(stops=0.2),
        EFFECTS["saturation"].step(amount=1.2),
        EFFECTS["gamma"].step(gamma=1.1),
        EFFECTS["hue_rotate"].step(angle=20),
    ]
    return [turns[index % 4] for index in range(number)]


def one_by_one(image: Image, steps: Sequence[Step]) -> Callable[[], object]:
    """The steps by hand: a cv2.LUT or a cv2.transform for each, each into memory of its own."""
    calls: list[Callable[[Image], Image]] = []
    for step in steps:
        if step.effect.kind is Kind.TONE:
            columns = table(step)
            alike = (columns == columns[:, :1]).all()
            calls.append(partial(_look_up, columns[:, 0].copy() if alike else columns[None]))
        else:
            change = step.strength * step.call() + (1 - step.strength) * np.eye(3, 4)
            calls.append(partial(_transform, change * [1, 1, 1, 255]))

    def run() -> Image:
        result = image
        for call in calls:
            result = call(result)
        return result

    return run


def _look_up(columns: Image, image: Image) -> Image:
    return cv2.LUT(image, columns)


def _transform(change: Image, image: Image) -> Image:
    return cv2.transform(image, change)


def rows(rounds: int) -> Iterator[Row]:
    """All on one core; ratios are of processor time in the same race."""
    for size in SIZES:
        with on_one_core():
            for number in NUMBERS:
                yield _fused(f"{number} tone", tones(number), size, rounds, Most(1.2, "L"))
            for number in NUMBERS:
                yield _fused(f"{number} matrix", matrices(number), size, rounds, Most(1.2, "T"))
            for name, most in (("temperature_tint", 3.0), ("vibrance", 12.0)):
                yield _fused(name, [EFFECTS[name].step()], size, rounds, Most(most, "L"))
            for kind, number, least in MIN_RATIOS:
                yield _against_steps(kind(number), f"{number} {kind.__name__}", size, rounds, least)


class Most(NamedTuple):
    """The most that a run may take, in L or T; held at 12 MP, where the limits are those of memory."""

    limit: float
    unit: str


MIN_RATIOS = (
    (tones, 5, 5.0),
    (tones, 10, 10.0),
    (matrices, 5, 5.0),
    (matrices, 10, 10.0),
    (alternating, 5, 1.8),
    (alternating, 10, 1.5),
)
"""Which steps, how many, and how many times as fast as one by one they have to be."""


def _fused(name: str, steps: list[Step], size: str, rounds: int, most: Most) -> Row:
    image, pipeline = photo(*SIZES[size]), Pipeline(tuple(steps))
    times = race({**limits(image), "ours": Racer(partial(pipeline, image))}, rounds)
    bound = Bound(times["ours"].cpu / times[most.unit].cpu, "at most", *most) if size == "12 MP" else None
    return measured(SECTION, name, size, times, bound=bound)


def _against_steps(steps: list[Step], name: str, size: str, rounds: int, least: float) -> Row:
    image, pipeline = photo(*SIZES[size]), Pipeline(tuple(steps))
    racers = {"ours": Racer(partial(pipeline, image)), "steps": Racer(one_by_one(image, steps))}
    times = race({**limits(image), **racers}, rounds)
    bound = Bound(times["steps"].cpu / times["ours"].cpu, "at least", least, "x cv2") if size == "12 MP" else None
    figures = {"one by one": times["steps"].cpu}
    return measured(SECTION, f"{name} against one by one", size, times, figures=figures, bound=bound)
