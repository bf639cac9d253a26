"""Goldens: what every effect and look makes of one picture, kept as small files that somebody has looked at.

`python -m tests.golden` renders those that are missing, `python -m tests.golden NAME ...` renders the named anew, and
says how far each moved. Look at every picture before it is committed: a golden is a judgement, not a record.
"""

from __future__ import annotations

import io
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from PIL import Image as Pictures

from effects import EFFECTS, LOOKS, Pipeline
from effects.image import Image
from tests.pictures import difference, written
from tests.scene import scene
from tests.tables import cube, warm

FOLDER = Path(__file__).parent

WIDTH, HEIGHT = 240, 160
"""A golden fits into this, shrunk from the scene's 480 x 320."""

QUALITY = 80

SPEAKING = MappingProxyType[str, dict[str, Any]](
    {
        "lut3d": {"table": cube(warm, 17)},
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
    return np.asarray(Pictures.open(io.BytesIO(golden)))


def distance(name: str, pipeline: Pipeline) -> tuple[float, int]:
    """Mean and largest difference in levels between the golden and what is made now, both gone through a file."""
    golden, now = opened(file(name).read_bytes()), opened(encoded(rendered(pipeline)))
    return difference(golden, now) if golden.shape == now.shape else (255.0, 255)
