"""Averages of pixels that do not all count alike: of a picture with transparency, each counts for what is seen of it.

Colours are multiplied by their weights, averaged, and divided by the average of the weights, in 16 bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Alpha, Image, Weight
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

Picture = npt.NDArray[Any]

Average = Callable[[Picture], Picture]
"""Any linear change of planes (h x w, 8 or 16 bits) that leaves an even plane even; its result may have another size,
and be in floats."""

HEADROOM = 0.75
"""How much of 16 bits a colour takes at full weight: bicubic and Lanczos resampling overshoot by up to a quarter."""

MIN_SUM = 64
"""A sum of weights, in 16 bits, below which too few bits are left to tell the colour: a third of a level of alpha."""


def average_by_weight(
    average: Average, image: Image, weight: Weight, elsewhere: Callable[[], Image] | None = None
) -> Image:
    """What the average makes of the picture if every pixel counts for its weight (None: all alike).

    Where next to nothing counts it is what the average makes of `elsewhere`, the picture with colours everywhere;
    without that, black.
    """
    if weight is None:
        return np.asarray(average(image), np.uint8)
    total = average(as_weights(weight))
    out: Image = sheet((*total.shape, 3))
    for channel in range(3):
        mean = average(_weigh_channel(image, channel, weight))
        _divide(mean, total, channel, out)
        del mean
    if elsewhere is not None:
        unknown = (total < MIN_SUM) & (weight > 0) if total.shape == weight.shape else total < MIN_SUM
        if unknown.any():
            cv2.copyTo(np.asarray(average(elsewhere()), np.uint8), unknown.view(np.uint8), out)
    return out


def as_weights(weight: Alpha) -> npt.NDArray[np.uint16]:
    """Weights in 16 bits: what becomes of white that is multiplied by them."""
    table = np.rint(np.arange(256) * (255 * HEADROOM)).astype(np.uint16)
    out = np.empty(weight.shape, np.uint16)

    def work(rows: slice) -> None:
        cv2.LUT(weight[rows], table[None], dst=out[rows])

    each_band(work, *weight.shape, bytes_per_pixel=0)
    return out


@dataclass(frozen=True)
class Premultiplied:
    """A picture's colours multiplied by their weights, h x w x 3, and the weights, h x w; both in 16 bits."""

    colors: npt.NDArray[np.uint16]
    weights: npt.NDArray[np.uint16]

    def resample_into(self, look: Callable[[Picture, Picture], None], out: Image) -> None:
        """Fill `out` with the colours that `look` finds: it fills its second argument, rows of `out`'s shape, from its
        first, once for the colours and once for the weights."""
        colors, weights = np.empty(out.shape, np.uint16), np.empty(out.shape[:2], np.uint16)
        look(self.colors, colors)
        look(self.weights, weights)
        total = np.maximum(weights, 1)
        cv2.divide(colors, cv2.merge([total] * 3), dst=out, scale=255, dtype=cv2.CV_8U)


def premultiply(image: Image, weight: Alpha) -> Premultiplied:
    """The picture in 16 bits, ready to be resampled as it is seen."""
    return Premultiplied(_multiply(image, weight), as_weights(weight))


def mix_as_seen(before: Image, seen: Alpha, after: Image, seen_after: Alpha, strength: float) -> Image:
    """The colours of a picture of this transparency mixed with those of another: each counts for what is seen of it."""
    out = sheet(before.shape)

    def work(rows: slice) -> None:
        pictures, weights = (before[rows], after[rows]), (seen[rows], seen_after[rows])
        colors = [
            cv2.multiply(picture, cv2.merge([weight] * 3), scale=HEADROOM, dtype=cv2.CV_16U)
            for picture, weight in zip(pictures, weights, strict=True)
        ]
        shares = [np.multiply(weight, 255 * HEADROOM, dtype=np.float32) for weight in weights]
        mixed = cv2.addWeighted(colors[0], 1 - strength, colors[1], strength, 0, dtype=cv2.CV_32F)
        total = np.maximum(cv2.addWeighted(shares[0], 1 - strength, shares[1], strength, 0), 1)
        cv2.divide(mixed, cv2.merge([total] * 3), dst=out[rows], scale=255, dtype=cv2.CV_8U)

    each_band(work, *seen.shape, bytes_per_pixel=50)
    return out


def _multiply(image: Image, weight: Alpha) -> npt.NDArray[np.uint16]:
    out = np.empty(image.shape, np.uint16)

    def work(rows: slice) -> None:
        cv2.multiply(image[rows], cv2.merge([weight[rows]] * 3), dst=out[rows], scale=HEADROOM, dtype=cv2.CV_16U)

    each_band(work, *weight.shape, bytes_per_pixel=12)
    return out


def _weigh_channel(image: Image, channel: int, weight: Alpha) -> npt.NDArray[np.uint16]:
    out = sheet(weight.shape, np.uint16)

    def work(rows: slice) -> None:
        plane = cv2.extractChannel(image[rows], channel)
        cv2.multiply(plane, weight[rows], dst=out[rows], scale=HEADROOM, dtype=cv2.CV_16U)

    each_band(work, *weight.shape, bytes_per_pixel=7)
    return out


def _divide(colors: Picture, weights: Picture, channel: int, out: Image) -> None:
    def work(rows: slice) -> None:
        total = np.maximum(weights[rows], 1)
        cv2.insertChannel(cv2.divide(colors[rows], total, scale=255, dtype=cv2.CV_8U), out[rows], channel)

    each_band(work, *weights.shape, bytes_per_pixel=10)
