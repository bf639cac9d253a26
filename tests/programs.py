"""Pictures through other people's programs: ffmpeg's filters and ImageMagick's operators."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image as PILImage

from effects.image import Image
from tests.pictures import written

IMAGEMAGICK = ("convert-im6.q16", "magick", "/usr/bin/convert", "convert")
"""Debian's own name first: any program may call itself convert."""


def by_ffmpeg(image: Image, filters: str) -> Image:
    """The picture after ffmpeg's video filters, in RGB all the way."""
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "png_pipe",
        "-i",
        "-",
        "-vf",
        f"format=gbrp,{filters},format=rgb24",
        "-f",
        "image2pipe",
        "-c:v",
        "png",
        "-",
    ]
    return opened(ran(command, written(image, "PNG")))


def by_imagemagick(image: Image, *operators: str) -> Image:
    """The picture after ImageMagick's operators."""
    return opened(ran([imagemagick(), "png:-", *operators, "png24:-"], written(image, "PNG")))


def ran(command: list[str], given: bytes) -> bytes:
    """What a program writes when given these bytes."""
    return subprocess.run(command, input=given, capture_output=True, check=True, timeout=120).stdout


def opened(file: bytes) -> Image:
    """A file's pixels."""
    return np.array(PILImage.open(io.BytesIO(file)).convert("RGB"))


@cache
def imagemagick() -> str:
    """The path of ImageMagick's convert."""
    for name in IMAGEMAGICK:
        path = shutil.which(name)
        if path and Path(path).exists() and b"ImageMagick" in ran([path, "-version"], b""):
            return path
    raise FileNotFoundError("The tests need ImageMagick; run: make tools")
