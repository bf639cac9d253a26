"""HEIC needs nothing but pillow-heif: the one decoder outside Pillow, asked at both ends of what the library allows."""

from __future__ import annotations

import io

import numpy as np
import pillow_heif
import pytest
from PIL import Image as PILImage

from effects import decode
from tests.pictures import difference, gradient


def heic(depth: int) -> bytes:
    """The gradient as HEIC of so many bits."""
    pixels, file = gradient(48, 64), io.BytesIO()
    deep = (pixels.astype(np.uint16) * 257).tobytes()
    kept = pillow_heif.from_pillow(PILImage.fromarray(pixels))
    picture = kept if depth == 8 else pillow_heif.from_bytes("RGB;16", (64, 48), deep)
    picture.save(file, quality=100, chroma=444)
    return file.getvalue()


@pytest.mark.parametrize("depth", [8, 10])
def test_the_pixels_outlive_the_file_they_came_from(depth: int) -> None:
    """Before pillow-heif 1.6 they stood in memory that was given back with the file, and others wrote there."""
    file = heic(depth)
    for _ in range(30):
        photo = decode(file)
        taken = [bytes(size) for size in (64, 256, 4096, 48 * 64 * 3, 48 * 64 * 4)]
        assert difference(photo.image, gradient(48, 64))[1] <= 4
        del taken
