"""What stays of frames that are gone: fading averages, and a short history of whole frames.

Memory is float32 where it is an average: at 50 frames a second a half-life of seconds moves a value by less than
1/65535 a frame, and a memory of 16 bits would stand still.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image
from effects.kernels.smoothstep import smoothstep

FadingFrame = npt.NDArray[np.float32 | np.uint8]
"""H x W x 3 on the scale of the frames, 0..255, not rounded; of the first frame alone, the frame itself."""

MAX_FRAMES = 160
"""Frames a history holds at most, 3 s at 50 a second; 3 s at 30 are 90 MB at 640 x 480."""

BAND_ROWS = 32
"""Rows worked on at a time: their floats stay in the cache (40 % faster than whole frames at 640 x 480)."""


def kept_share(elapsed: float, half_life: float) -> float:
    """What is left after `elapsed` seconds of something that fades by half in `half_life`: 0..1."""
    return float(0.5 ** (elapsed / half_life))


def mix_past(image: Image, before: FadingFrame | None, kept: float) -> FadingFrame:
    """The share `kept` of the past and the rest of the new frame."""
    if before is None:
        return image.copy()
    return np.asarray(cv2.addWeighted(image, 1 - kept, before, kept, 0, dtype=cv2.CV_32F), np.float32)


def brighter(image: Image, before: FadingFrame | None, kept: float) -> FadingFrame:
    """The new frame or the fading past, whichever is brighter, channel by channel."""
    return image.copy() if before is None else np.maximum(image, before * np.float32(kept))


def round_average(faded: FadingFrame) -> Image:
    """The average as a picture."""
    return np.asarray(cv2.add(faded, 0.0, dtype=cv2.CV_8U), np.uint8)


def only_moving(image: Image, background: FadingFrame, threshold: float, level: int) -> Image:
    """The picture where it differs from the background, an even grey `level` (0..255) where it does not.

    The difference is that of the channel that differs most, on 0..1; the picture shows not at all below half the
    threshold, wholly above one and a half, and by a smooth step in between.
    """
    out = np.empty_like(image)
    for top in range(0, image.shape[0], BAND_ROWS):
        rows = slice(top, top + BAND_ROWS)
        now = image[rows].astype(np.float32)
        apart = cv2.absdiff(now, background[rows].astype(np.float32, copy=False))
        red, green, blue = (cv2.extractChannel(apart, channel) for channel in range(3))  # a fifth of cv2.split's time
        most = cv2.max(cv2.max(red, green), blue)
        share = cv2.merge([smoothstep(most * np.float32(1 / (255 * threshold)) - np.float32(0.5))] * 3)
        out[rows] = cv2.convertScaleAbs((now - np.float32(level)) * share + np.float32(level))
    return out


@dataclass(frozen=True)
class History:
    """Frames of the last seconds, oldest first, and when each was shown (on a clock that began with the first)."""

    times: tuple[float, ...]
    frames: tuple[Image, ...]

    def at(self, age: float) -> Image:
        """The frame that was to be seen `age` seconds before the newest; the oldest there is, if none is that old."""
        wanted = self.times[-1] - age + 1e-6
        return next(
            (frame for time, frame in zip(reversed(self.times), reversed(self.frames), strict=True) if time <= wanted),
            self.frames[0],
        )


def add_frame(image: Image, before: History | None, elapsed: float, span: float) -> History:
    """The history with a new frame, and without those that nobody will ask for: older than `span` seconds.

    Frames that come closer than the span's share of `MAX_FRAMES` replace the one before, so its size is bounded.
    """
    if before is None:
        return History((0.0,), (image.copy(),))
    now = before.times[-1] + elapsed
    times, frames = [*before.times, now], [*before.frames, image.copy()]
    gap = span / (MAX_FRAMES - 2)
    if len(times) > 2 and times[-2] - times[-3] < gap * 0.99:
        del times[-2], frames[-2]
    while len(times) > 1 and times[1] <= now - span:
        del times[0], frames[0]
    return History(tuple(times), tuple(frames))


def weighted_sum(frames: Sequence[Image], weights: Sequence[float]) -> Image:
    """The weighted mean of some frames, rounded once."""
    out = np.empty_like(frames[0])
    for top in range(0, len(out), BAND_ROWS):
        rows = slice(top, top + BAND_ROWS)
        total = np.zeros(out[rows].shape, np.float32)
        for frame, weight in zip(frames, weights, strict=True):
            cv2.addWeighted(frame[rows], weight / sum(weights), total, 1, 0, total, cv2.CV_32F)
        out[rows] = round_average(total).reshape(total.shape)
    return out
