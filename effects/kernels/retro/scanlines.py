"""Lines and stripes of a screen, averaged over each pixel: where they are finer than that they fade into a grey."""

from __future__ import annotations

import numpy as np

from effects.image import Floats


def stripes(count: int, periods: float, phase: float = 0.0) -> Floats:
    """A cosine of `periods` over a side of `count` pixels, each its mean over the pixel; float32 in -1..1.

    1 in the middle of the first stripe, which begins at the side's start; `phase` moves it on, in periods.
    """
    at = (np.arange(count) + 0.5) / count * periods - 0.5 - phase
    return (np.sinc(periods / count) * np.cos(2 * np.pi * at)).astype(np.float32)


def stripe(share: Floats, count: float, periods: float, phase: float = 0.0) -> Floats:
    """`stripes` at a share 0..1 of a side of `count` pixels."""
    return np.sinc(periods / count) * np.cos(2 * np.pi * (share * periods - 0.5 - phase))


def gain_bytes(gain: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Gains 0..1 as 0..255, for cv2.multiply with a scale of 1 / 255."""
    return np.rint(gain * 255).astype(np.uint8)
