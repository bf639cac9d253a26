"""Pictures made by formulas, and files of them written by Pillow: material for the codec's tests."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image as PILImage

from effects.image import Alpha, Image
from tests.strategies import picture


def gradient(height: int = 48, width: int = 64) -> Image:
    """Red grows to the right, green downwards, blue on the diagonal: every turn and flip shows."""
    across = np.linspace(0, 255, width)[None, :].repeat(height, 0)
    down = np.linspace(0, 255, height)[:, None].repeat(width, 1)
    return np.stack([across, down, 255 - (across + down) / 2], axis=-1).round().astype(np.uint8)


def fade(height: int = 48, width: int = 64) -> Alpha:
    """Transparent at the left, opaque at the right."""
    return np.linspace(0, 255, width).round().astype(np.uint8)[None, :].repeat(height, 0)


def written(pixels: npt.NDArray[Any], plugin: str, **settings: Any) -> bytes:
    """A file of these pixels by Pillow's encoder."""
    return saved(PILImage.fromarray(pixels), plugin, **settings)


def saved(picture: PILImage.Image, plugin: str, **settings: Any) -> bytes:
    """A file of a Pillow picture."""
    file = io.BytesIO()
    picture.save(file, plugin, **settings)
    return file.getvalue()


def photograph(height: int, width: int, seed: int = 1) -> Image:
    """A smooth colourful picture with an edge in it."""
    chance = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    waves = [np.sin(2 * np.pi * (x * a + y * b + c)) for a, b, c in chance.uniform(0.3, 2, (3, 3))]
    picture = np.stack(waves, axis=-1) * 100 + 128
    picture[height // 3 : height // 2, width // 4 : width // 2] = (250, 20, 60)
    return np.rint(picture).astype(np.uint8)


def encoded(picture: Image, form: str = "PNG") -> bytes:
    """A good file of a picture, by Pillow and not by the code under test."""
    return written(picture, form, quality=95)


def pixels_of(data: bytes) -> Image:
    """A file's pixels, by Pillow."""
    return np.asarray(PILImage.open(io.BytesIO(data)).convert("RGB"))


def exif(orientation: int = 1, *, place: bool = False) -> PILImage.Exif:
    """EXIF with an orientation, a camera's name and, where asked, where it was taken."""
    found = PILImage.Exif()
    found[0x0112] = orientation
    found[0x010F] = "Ember"
    if place:
        found.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return found


def difference(left: npt.NDArray[Any], right: npt.NDArray[Any]) -> tuple[float, int]:
    """Mean and largest difference in levels."""
    assert left.shape == right.shape
    apart = np.abs(left.astype(int) - right.astype(int))
    return float(apart.mean()), int(apart.max())


def photographed(folder: Path, *names: str, height: int = 24, width: int = 32) -> list[Path]:
    """Photos of these names, no two alike."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for seed, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(picture(height, width, seed), "JPEG" if path.suffix == ".jpg" else "PNG"))
    return paths
