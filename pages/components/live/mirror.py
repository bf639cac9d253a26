"""The mirror: the screen shows people as they know themselves, what is kept shows them as others do.

The stack works on the frame as it is kept, and the screen shows the result turned over. Only letters would be hard to
read there: from the first step on that writes any, the stack goes on twice, on either side. What is kept of these steps
is worked out only while something is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from effects import Pipeline, Step, Stream
from effects.effect import Kind
from effects.group import steps_in
from effects.image import Image
from effects.marks import Text
from effects.plan.plan import Timing


class Sides(NamedTuple):
    """A frame after the stack: what the screen shows, and what a photo or recording keeps (None if nothing does)."""

    screen: Image
    kept: Image | None


class Mirror:
    """A pipeline in time, seen from two sides; one thread calls it, any thread may change `pipeline`."""

    def __init__(self) -> None:
        self.pipeline = Pipeline()
        self._plain = Stream()  # up to the first step that writes
        self._screen = Stream()  # from there on
        self._kept = Stream()
        self._split: tuple[Pipeline, Pipeline, Pipeline] | None = None

    def __call__(self, image: Image, when: float, turned: bool, keeping: bool) -> Sides:
        """The frame shown at `when` seconds, after all steps.

        `image` is as it is to be kept; `turned` says that the screen shows the other side.
        """
        self._plain.pipeline, from_letters = self._parts()
        result = self._plain(image, when)
        if not from_letters.steps:
            return Sides(flip(result) if turned else result, result)
        self._screen.pipeline = self._kept.pipeline = from_letters
        screen = self._screen(flip(result) if turned else result, when)
        if not turned:
            return Sides(screen, screen)
        if not keeping and not remembers(from_letters):
            return Sides(screen, None)
        return Sides(screen, self._kept(result, when))

    @property
    def timings(self) -> tuple[Timing, ...]:
        """What each pass of the last frame cost on its way to the screen."""
        return self._plain.timings + (self._screen.timings if self._screen.pipeline.steps else ())

    def reset(self) -> None:
        """Forget the past: the next frame is the first."""
        for stream in (self._plain, self._screen, self._kept):
            stream.reset()

    def _parts(self) -> tuple[Pipeline, Pipeline]:
        pipeline = self.pipeline
        if self._split is None or self._split[0] is not pipeline:
            steps = pipeline.steps
            first = next((place for place, item in enumerate(steps) if any(map(writes, steps_in((item,))))), len(steps))
            self._split = pipeline, Pipeline(steps[:first]), Pipeline(steps[first:])
        return self._split[1:]


def writes(step: Step) -> bool:
    """Whether a step puts letters on the picture: it has a text to show, and is at work."""
    texts = [param for param in step.effect.params if isinstance(param.mark, Text) and param.mark.read is None]
    return step.is_active and any(str(step.params[param.name]).strip() for param in texts)


def flip(image: Image) -> Image:
    """The picture as in a mirror."""
    return np.ascontiguousarray(np.asarray(cv2.flip(image, 1), np.uint8))


def remembers(pipeline: Pipeline) -> bool:
    """Whether a step at work has a memory: it needs every frame, and a still has none for it."""
    return any(step.effect.kind is Kind.TEMPORAL and step.is_active for step in pipeline.all_steps)
