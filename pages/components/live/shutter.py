"""The shutter: photos from the running video, at once, after a countdown, or four in a row."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass

import cv2
import numpy as np

from effects.image import Image

COUNTDOWNS = (0, 3, 5, 10)  # s
BURST = 4
BETWEEN = 0.8  # s between the photos of a burst


@dataclass(frozen=True)
class Exposure:
    """One photo: the camera's own frame, upright, and the same after the stack as it ran, both as they are kept."""

    raw: Image
    seen: Image


class Shutter:
    """Released by the script thread, looks at each frame in the video's thread, and keeps those that are due."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._change = threading.Condition(self._lock)
        self._due: list[float] = []
        self._taken: list[Exposure] = []

    def release(self, countdown: float = 0, photos: int = 1) -> None:
        """Take this many photos after `countdown` seconds, unless some are being taken already."""
        with self._lock:
            if not self._due and not self._taken:
                first = time.monotonic() + countdown
                self._due = [first + number * BETWEEN for number in range(photos)]

    def cancel(self) -> None:
        """Take no more photos; those of a burst cut short are let go."""
        with self._lock:
            if self._due:
                self._due, self._taken = [], []
                self._change.notify_all()

    @property
    def is_busy(self) -> bool:
        """Whether a photo is still to be taken."""
        return bool(self._due)

    def wait(self, seconds: float) -> None:
        """Wait for the photos that are due within so long, so that a press is answered by its photo; not for others."""
        with self._lock:
            if self._due and self._due[-1] < time.monotonic() + seconds:
                self._change.wait_for(lambda: not self._due, seconds)

    def collect(self) -> tuple[Exposure, ...]:
        """The photos, once all of them are taken; each is given once."""
        with self._lock:
            if self._due or not self._taken:
                return ()
            taken, self._taken = tuple(self._taken), []
            return taken

    def look(self, exposure: Exposure | None, screen: Image) -> Image:
        """Keep this frame if a photo is due, and return what to show: the frame, with the seconds left on it.

        Without an exposure (nobody was going to keep this frame) a photo that is due waits for the next.
        """
        with self._lock:
            now = time.monotonic()
            if exposure is not None and self._due and now >= self._due[0]:
                self._due.pop(0)
                self._taken.append(exposure)
                self._change.notify_all()
                return np.full_like(screen, 255)  # the flash
            left = math.ceil(max(0, self._due[0] - now)) if self._due and not self._taken else 0
        return draw_number(screen, left) if left else screen


def draw_number(image: Image, number: int) -> Image:
    """The picture with a large number in its middle."""
    height, width = image.shape[:2]
    scale = min(height, width) / 60
    (across, up), _ = cv2.getTextSize(str(number), cv2.FONT_HERSHEY_DUPLEX, scale, 1)
    corner = (width - across) // 2, (height + up) // 2
    out = image.copy()
    for shade, thick in ((0, scale * 4), (255, scale * 1.6)):
        cv2.putText(
            out, str(number), corner, cv2.FONT_HERSHEY_DUPLEX, scale, (shade,) * 3, max(1, round(thick)), cv2.LINE_AA
        )
    return out
