"""Light that spreads: what glows, and adding it."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Image
from effects.kernels.lookups import LookUp
from effects.memory.bands import each_band
from effects.memory.scratch import Scratch
from effects.memory.sheets import sheet

scratch = Scratch()


def highlights(image: Image, threshold: float) -> Image:
    """What lies above the threshold (0..1), stretched to the whole range: max(0, c - threshold) / (1 - threshold)."""
    above = np.clip(np.linspace(0, 1, 256) - threshold, 0, None)
    stretch = LookUp(np.rint(255 * above / max(1 - threshold, 1e-9)).astype(np.uint8))
    out = sheet(image.shape)

    def work(rows: slice) -> None:
        stretch(image[rows], out[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=0)
    return out


def screen_pictures(image: Image, glow: Image, amount: float = 1.0) -> Image:
    """Both pictures as two projectors show them on one wall, the second `amount` as bright: a + b - a * b."""
    dim = LookUp(255 - np.minimum(np.rint(np.arange(256) * amount), 255).astype(np.uint8))
    out = sheet(image.shape)

    def work(rows: slice) -> None:
        dark, shade = (scratch(name, image[rows].shape, np.uint8) for name in ("dark", "shade"))
        cv2.bitwise_not(image[rows], dst=dark)
        dim(glow[rows], shade)
        cv2.multiply(dark, shade, dst=dark, scale=1 / 255)
        cv2.bitwise_not(dark, dst=out[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=15)
    return out
