"""What a blur takes away, and giving it back."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.gaussian import Picture, gaussian
from effects.memory.bands import each_band
from effects.memory.scratch import Scratch
from effects.memory.sheets import sheet

scratch = Scratch()

EIGHT_BITS = 1.0
"""The largest amount for which a blur of 8 bits will do: what it is off by, up to one level, comes out times that."""


def sharpen(image: Image, sigma: float, amount: float, threshold: float) -> Image:
    """The picture plus `amount` times what a Gaussian of `sigma` pixels takes away; `threshold` as of `add_detail`."""
    if amount <= EIGHT_BITS:
        return add_detail(image, gaussian(image, sigma), amount, threshold)
    out = sheet(image.shape)
    for channel in range(3):
        # One at a time: in 16 bits the whole picture would take twice its memory, and its blur as much again.
        plane = np.multiply(image[..., channel], np.uint16(257), dtype=np.uint16)
        plane = add_detail(plane, gaussian(plane, sigma), amount, threshold)
        cv2.insertChannel(cv2.convertScaleAbs(plane, alpha=1 / 257), out, channel)
    return out


def add_detail(image: Picture, soft: Picture, amount: float, threshold: float) -> Picture:
    """image + amount * (image - soft) wherever the two differ by at least `threshold` (0..1), channel by channel."""
    least = float(np.ceil(threshold * np.iinfo(image.dtype).max))
    out = sheet(image.shape, image.dtype)

    def work(rows: slice) -> None:
        # As one channel of three times the width: cv2 then takes a mask that says of each channel on its own.
        sharp, blurred, result = (band[rows].reshape(rows.stop - rows.start, -1) for band in (image, soft, out))
        cv2.addWeighted(sharp, 1 + amount, blurred, -amount, 0, dst=result)
        if least > 0:
            apart = scratch("apart", sharp.shape, sharp.dtype)
            cv2.absdiff(sharp, blurred, dst=apart)
            near = cv2.inRange(apart, 0.0, least - 1, dst=scratch("near", sharp.shape, np.uint8))
            cv2.copyTo(sharp, near, result)

    each_band(work, *image.shape[:2], bytes_per_pixel=image[0, 0].size * (4 * image.itemsize + 1))
    return out
