"""Other people's encoders, so that no decoder is judged by its own: ImageMagick, ffmpeg, OpenCV, libheif."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pillow_heif
from PIL import Image as PILImage

from tests.pictures import written
from tests.tools import TOOLS

Pixels = npt.NDArray[Any]


@cache
def program(name: str) -> str:
    found = TOOLS[name].find()
    assert found, f"the tests need {name}; run: make tools"
    return found


def imagemagick(pixels: Pixels, suffix: str, *settings: str) -> bytes:
    """What `convert` makes of a PNG of these pixels."""
    return ran(pixels, suffix, lambda source, target: [program("imagemagick"), source, *settings, target])


def ffmpeg(pixels: Pixels, suffix: str, *settings: str) -> bytes:
    """What ffmpeg makes of a PNG of these pixels."""
    start = [program("ffmpeg"), "-loglevel", "error", "-i"]
    return ran(pixels, suffix, lambda source, target: [*start, source, *settings, target])


def ran(pixels: Pixels, suffix: str, command: Any) -> bytes:
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.png", Path(folder) / f"out.{suffix}"
        source.write_bytes(written(pixels, "PNG"))
        words = command(str(source), str(target))
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        assert target.exists(), done.stderr
        return target.read_bytes()


def opened_by_imagemagick(file: bytes, suffix: str) -> npt.NDArray[np.uint8]:
    """The first picture of a file as ImageMagick reads it, H x W x 4."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / f"in.{suffix}", Path(folder) / "out.png"
        source.write_bytes(file)
        command = [program("imagemagick"), f"{source}[0]", "-auto-orient", "-depth", "8", f"PNG32:{target}"]
        subprocess.run(command, capture_output=True, timeout=60, check=True)
        return np.asarray(PILImage.open(target).convert("RGBA"))


def opencv(pixels: Pixels, suffix: str, *settings: int) -> bytes:
    """What OpenCV makes of RGB or RGBA pixels of 8 or 16 bits."""
    code = cv2.COLOR_RGBA2BGRA if pixels.shape[-1] == 4 else cv2.COLOR_RGB2BGR
    return cv2.imencode(f".{suffix}", cv2.cvtColor(pixels, code), list(settings))[1].tobytes()


def libheif(pixels: Pixels, **settings: Any) -> bytes:
    """HEIC by libheif and x265."""
    file = io.BytesIO()
    pillow_heif.from_pillow(PILImage.fromarray(pixels)).save(file, **({"quality": 95, "chroma": 444} | settings))
    return file.getvalue()
