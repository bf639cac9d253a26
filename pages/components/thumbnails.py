"""Small pictures of every effect on one photo."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from effects import EFFECTS, Photo, Pipeline, encode
from effects.effect import Effect
from pages.components.gallery import Tile

SIDE = 300  # px of the longer side
QUALITY = 80


def small(photo: Photo) -> Photo:
    """The photo at the size of a thumbnail."""
    height, width = photo.image.shape[:2]
    times = SIDE / max(height, width)
    size = max(1, round(width * times)), max(1, round(height * times))
    image = cv2.resize(photo.image, size, interpolation=cv2.INTER_AREA)
    alpha = None if photo.alpha is None else cv2.resize(photo.alpha, size, interpolation=cv2.INTER_AREA)
    return Photo(np.asarray(image, np.uint8), None if alpha is None else np.asarray(alpha, np.uint8))


def tiles(names: Iterable[str], thumbnail: Photo, *, summaries: bool = True) -> list[Tile]:
    """A tile for each effect, at its defaults, on a photo already small."""
    return [tile(EFFECTS[name], thumbnail, summaries) for name in names]


def tile(effect: Effect, thumbnail: Photo, summaries: bool) -> Tile:
    """One effect on the small photo."""
    summary = effect.summary if summaries else ""
    return Tile(effect.name, effect.title, summary, picture(Pipeline((effect.step(),)), thumbnail))


def picture(pipeline: Pipeline, thumbnail: Photo) -> bytes:
    """The small photo after a pipeline, as a JPEG."""
    return encode(pipeline.apply(thumbnail), format="jpeg", quality=QUALITY)
