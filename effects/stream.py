"""The stream: a pipeline in time. It owns the clock and what temporal steps remember; effects own nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn, SupportsIndex

from effects.effect import Kind
from effects.group import Group, StepOrGroup, steps_in
from effects.image import Finder, Image, Memory
from effects.models.sight import LiveSight, Moved
from effects.models.tracking import Tracked
from effects.pipeline import Pipeline, contiguous_picture
from effects.plan.masked import MaskedPass
from effects.plan.passes import GroupPass, Pass, TemporalPass
from effects.plan.plan import Timing, timing_of

Slot = tuple[str, int]
"""A temporal effect's name, and which of the stack's effects of that name it is, muted and grouped ones counted."""


MAX_FRAME_PIXELS = 20_000_000
"""No canvas step may make a frame of more: twice what 4K video has."""


@dataclass(frozen=True)
class StepMemory:
    """What one temporal step remembers, and the size of the frames it comes from."""

    shape: tuple[int, ...]
    memory: Memory


@dataclass(eq=False)
class Stream:
    """A pipeline called with one frame after another; one thread calls it, any thread may change `pipeline`.

    `pipeline` is one attribute: assigning it is one atomic change, and a frame that is being worked on keeps the
    pipeline it began with. Memory is kept by effect name and occurrence, so an edit elsewhere in the stack leaves it
    alone; it begins anew where the size of the frames changes. A frame that fails changes neither clock nor memory.
    Chance depends on a step's seed and on `t` alone: the same video twice gives the same frames, and at 0 seconds they
    are the still's.
    `timings` holds what each pass of the last frame cost.

    >>> import numpy as np
    >>> from effects import EFFECTS
    >>> stream = Stream(Pipeline((EFFECTS["trails"].step(half_life=1.0),)))
    >>> black, white = np.zeros((2, 2, 3), np.uint8), np.full((2, 2, 3), 255, np.uint8)
    >>> [int(stream(frame, t)[0, 0, 0]) for frame, t in ((black, 0.0), (white, 1.0), (white, 2.0))]
    [0, 128, 191]
    """

    pipeline: Pipeline = field(default_factory=Pipeline)
    timings: tuple[Timing, ...] = field(default=(), init=False)
    _time: float | None = field(default=None, init=False)
    _memories: Mapping[Slot, StepMemory] = field(default_factory=dict, init=False)
    _tracked: Tracked = field(default_factory=Tracked, init=False)
    _shape: tuple[int, int] = field(default=(0, 0), init=False)

    def __call__(self, image: Image, t: float) -> Image:
        """The frame shown at `t` seconds, after all steps; uint8 H x W x 3 RGB, `image` is not written to.

        `t` may start anywhere and is expected to grow; a clock that goes back counts as one that stands still.
        Raises TypeError for what is no picture, RecipeError where frames grow to more than `MAX_FRAME_PIXELS`.

        >>> import numpy as np
        >>> from effects import EFFECTS
        >>> Stream(Pipeline((EFFECTS["invert"].step(),)))(np.zeros((1, 1, 3), np.uint8), t=0.0).tolist()
        [[[255, 255, 255]]]
        """
        image, pipeline = contiguous_picture(image), self.pipeline
        height, width = image.shape[:2]
        pipeline.plan.size(height, width, max_pixels=MAX_FRAME_PIXELS)
        plan = pipeline.plan.settled(height, width)
        elapsed = 0.0 if self._time is None else max(0.0, t - self._time)
        memories: dict[Slot, StepMemory] = {}
        timings = []
        slots = active_slots(plan.steps)
        known = self._tracked if self._shape == (height, width) else Tracked()
        sight = LiveSight(image, known)
        find: Finder = sight
        for one_pass in plan.at(t).passes:
            began = time.perf_counter()
            image = self._frame(one_pass, image, elapsed, slots, memories, find=find)
            find = Moved(find, one_pass.moved)
            timings.append(timing_of(one_pass, image, time.perf_counter() - began))
        self._time, self._memories, self.timings = t, memories, tuple(timings)
        self._tracked, self._shape = sight.tracked, (height, width)
        return image

    def _frame(
        self,
        one_pass: Pass,
        image: Image,
        elapsed: float,
        slots: Iterator[Slot],
        memories: dict[Slot, StepMemory],
        *,
        find: Finder,
    ) -> Image:
        """The frame after a pass; what its temporal steps are to remember goes into `memories`."""
        if isinstance(one_pass, GroupPass | MaskedPass):
            made, inside = image, find
            for inner in one_pass.passes:
                made = self._frame(inner, made, elapsed, slots, memories, find=inside)
                inside = Moved(inside, inner.moved)
            return one_pass.mix(image, made, find)
        if not isinstance(one_pass, TemporalPass):
            return one_pass.image(image, None, find)
        slot = next(slots)
        past = self._memories.get(slot)
        before = past.memory if past is not None and past.shape == image.shape else None
        out, after = one_pass.frame(image, before, elapsed if before is not None else 0.0)
        memories[slot] = StepMemory(image.shape, after)
        return out

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a Stream is a video that is running, of which there is no second; copy or pickle its pipeline")

    def reset(self) -> None:
        """Forget the past: the next frame is the first.

        >>> import numpy as np
        >>> from effects import EFFECTS
        >>> stream = Stream(Pipeline((EFFECTS["trails"].step(),)))
        >>> first = stream(np.zeros((2, 2, 3), np.uint8), 0.0)
        >>> stream.reset()
        >>> int(stream(np.full((2, 2, 3), 255, np.uint8), 0.1).min())
        255
        """
        self._time, self._memories, self._tracked = None, {}, Tracked()


def active_slots(steps: tuple[StepOrGroup, ...]) -> Iterator[Slot]:
    """The memory slots of the temporal steps that are at work, in order.

    Muted ones are counted too: muting the first of two does not hand its past to the second. So are those in groups: a
    group that is opened keeps its past.
    """
    seen: Counter[str] = Counter()
    for item in steps:
        asleep = isinstance(item, Group) and not item.is_active
        for step in steps_in((item,)):
            if step.effect.kind is Kind.TEMPORAL:
                name = step.effect.name
                if step.is_active and not asleep:
                    yield name, seen[name]
                seen[name] += 1
