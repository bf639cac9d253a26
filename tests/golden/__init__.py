"""Goldens: what every effect and look makes of one picture, kept as small files that somebody has looked at.

`python -m tests.golden` renders those that are missing, `python -m tests.golden NAME ...` renders the named anew, and
says how far each moved. Look at every picture before it is committed: a golden is a judgement, not a record.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from PIL import Image as PILImage

from effects import EFFECTS, LOOKS, Pipeline
from effects.image import Floats, Image
from tests.pictures import difference, written
from tests.scene import scene
from tests.tables import cube, warm

FOLDER = Path(__file__).parent

WIDTH, HEIGHT = 240, 160
"""A golden fits into this, shrunk from the scene's 480 x 320."""

QUALITY = 80

TILE = 16
"""Pixels along a square in which a fault of one place shows; two blocks of JPEG."""

SPEAKING = MappingProxyType[str, dict[str, Any]](
    {
        "lut3d": {"table": cube(warm, 17)},
        "color_matrix": {"red_from_red": 0.4, "red_from_green": 0.6, "blue_from_blue": 0.7, "blue_offset": 0.2},
        "crop": {"x": 0.1, "width": 0.6, "height": 0.8},
        "resize": {"by": "exact", "width": 200, "height": 200},
        "straighten": {"angle": 8.0},
        "text": {"text": "Hello 안녕 ☕", "size": 0.16},
        "polaroid": {"caption": "Houston, 1992", "angle": -4.0, "background": "#7d8f99"},
    }
)
"""Values for the few effects that change nothing, or little, at their defaults."""


def pipelines() -> dict[str, Pipeline]:
    """All that has a golden, by its file's path without the ending: effects at their defaults, and every look.

    Effects in time leave a still as it is; they are proven elsewhere.
    """
    shelf = [effect for effect in EFFECTS.values() if effect.kind.value != "temporal"]
    effects = {f"effects/{effect.name}": Pipeline((effect.step(**SPEAKING.get(effect.name, {})),)) for effect in shelf}
    return effects | {f"looks/{name}": look for name, look in LOOKS.items()}


def rendered(pipeline: Pipeline) -> Image:
    """The scene after the pipeline, shrunk to a golden's size."""
    return shrunk(pipeline(scene()), WIDTH, HEIGHT)


def shrunk(image: Image, width: int, height: int) -> Image:
    """The picture, as large as fits into width x height."""
    scale = min(width / image.shape[1], height / image.shape[0])
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def file(name: str) -> Path:
    """Where the golden of that name is kept."""
    return FOLDER / f"{name}.jpg"


def encoded(image: Image) -> bytes:
    """The picture as a golden's file, about 8 kB."""
    return written(image, "JPEG", quality=QUALITY, optimize=True)


def opened(golden: bytes) -> Image:
    """A golden's pixels."""
    return np.asarray(PILImage.open(io.BytesIO(golden)))


@dataclass(frozen=True)
class Distance:
    """How far two pictures are apart, in levels: on average, in one value, and in the worst square of a tile's side.

    `tile` is the mean difference in that square, `tint` the difference of two squares' mean colours: noise hardly
    moves the second, and a fault in one place moves both while it is lost in the whole picture's mean.
    """

    mean: float
    most: int
    tile: float
    tint: float


FARTHEST = Distance(255.0, 255, 255.0, 255.0)


def distance(name: str, pipeline: Pipeline) -> Distance:
    """How far what is made now is from the golden, both gone through a file."""
    return apart(opened(file(name).read_bytes()), opened(encoded(rendered(pipeline))))


def apart(golden: Image, now: Image) -> Distance:
    """How far two pictures are apart; as far as can be where they differ in size."""
    if golden.shape != now.shape:
        return FARTHEST
    mean, most = difference(golden, now)
    signed = golden.astype(np.float32) - now
    return Distance(mean, most, worst_square(np.abs(signed).mean(axis=2)), worst_square(signed))


def worst_square(levels: Floats) -> float:
    """The largest mean, above or below 0, of any square of TILE x TILE pixels, wherever it lies; in any channel."""
    side = min(TILE, *levels.shape[:2])
    means = cv2.boxFilter(levels, -1, (side, side), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    inside = means[: levels.shape[0] - side + 1, : levels.shape[1] - side + 1]
    return float(np.abs(inside).max())
