"""Pictures to run on: as rich as a photo (soft areas, edges, texture, noise), made by formulas, the same every time."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from effects.image import Image

SIZES = {"12 MP": (3000, 4000), "720p": (720, 1280)}
"""Name -> height and width: a photo at full size, a frame of video or a preview."""


@lru_cache(maxsize=2)
def photo(height: int, width: int) -> Image:
    """Clouds of colour at several scales, a few hard-edged discs, and sensor noise; read-only."""
    random = np.random.default_rng(2026)
    image = np.full((height, width, 3), 118, np.uint8)
    for cells, weight in ((4, 0.9), (16, 0.45), (64, 0.25), (256, 0.12)):
        coarse = random.integers(0, 256, (max(2, cells * height // width), cells, 3), dtype=np.uint8)
        cloud = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
        image = cv2.addWeighted(image, 1, cloud, weight, -128 * weight)
    for x, y, size in random.random((12, 3)):
        centre, colour = (int(x * width), int(y * height)), random.integers(0, 256, 3).tolist()
        cv2.circle(image, centre, int(8 + size * height / 8), colour, cv2.FILLED, cv2.LINE_AA)
    noise = random.integers(0, 9, (min(height, 512), min(width, 512), 3), dtype=np.uint8)
    tiled = np.tile(noise, (-(-height // noise.shape[0]), -(-width // noise.shape[1]), 1))[:height, :width]
    image = cv2.add(image, np.ascontiguousarray(tiled))
    image.setflags(write=False)
    return image


def jpeg(image: Image) -> bytes:
    """The picture as a camera would store it: JPEG at quality 92."""
    written = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 92])[1]
    return written.tobytes()
