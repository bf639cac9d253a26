"""How much work a frame may be: where the stack is too heavy for this machine, frames are worked on smaller."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from effects.image import Image

SCALES = (1.0, 0.75, 0.5, 0.375)
MAX_FRAME_SECONDS = 0.055
"""Seconds a frame; above it fewer than 18 frames a second would be left."""
MAX_TRIED_SECONDS = 0.035
"""Seconds a frame that a larger scale is expected to stay below before it is tried."""
SURE_FRAMES = 8
"""Frames in a row before anything is changed: one slow frame is not a slow stack."""
RETRY_FRAMES = 150
"""Frames before a scale that was too slow is tried again: the machine may have been busy with something else."""


@dataclass
class Pace:
    """Which scale to work at, from what the frames before have cost."""

    level: int = 0
    _over: int = 0
    _under: int = 0
    _wait: int = 0
    _costs: dict[int, float] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """The working size as a share of the frame's."""
        return SCALES[self.level]

    def note_cost(self, seconds: float) -> None:
        """Take note of what the stack took on a frame at this scale."""
        old = self._costs.get(self.level, seconds)
        cost = self._costs[self.level] = old + (seconds - old) / 4
        self._wait = max(0, self._wait - 1)
        self._over = self._over + 1 if cost > MAX_FRAME_SECONDS else 0
        self._under = self._under + 1 if self.level and self._larger(cost) < MAX_TRIED_SECONDS else 0
        if self._over >= SURE_FRAMES and self.level < len(SCALES) - 1:
            self._go(self.level + 1, RETRY_FRAMES)
        elif self._under >= SURE_FRAMES and not self._wait:
            self._go(self.level - 1, 0)

    def renew(self) -> None:
        """Another stack: what the last one cost says nothing about it."""
        self._costs.clear()
        self._over = self._under = self._wait = 0

    def shrink(self, image: Image) -> Image:
        """The frame at the working size; sides stay even, as video wants them."""
        if not self.level:
            return image
        height, width = (max(2, round(side * self.scale / 2) * 2) for side in image.shape[:2])
        return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)

    def enlarge(self, image: Image, scale: float) -> Image:
        """A result back at the size it would have had; the browser's frame keeps its size, whatever the pace."""
        if scale == 1:
            return image
        height, width = (round(side / scale / 2) * 2 for side in image.shape[:2])
        return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)

    def _larger(self, cost: float) -> float:
        return cost * (SCALES[self.level - 1] / self.scale) ** 2

    def _go(self, level: int, wait: int) -> None:
        self.level, self._wait = level, wait
        self._over = self._under = 0
        self._costs.pop(level, None)
