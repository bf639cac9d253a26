"""Colour profiles: from what a file's numbers mean to sRGB, by littleCMS."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image as PILImage
from PIL import ImageCms

from effects.codec.raster import Model, Samples
from effects.image import Image
from effects.logs import log_unexpected
from effects.memory.cache import byte_cache

log = logging.getLogger(__name__)

SPACES: dict[str, Model] = {"RGB": "rgb", "GRAY": "grey", "CMYK": "cmyk", "Lab": "lab"}
MODES: dict[Model, str] = {"rgb": "RGB", "grey": "L", "cmyk": "CMYK", "lab": "LAB"}

TRANSFORM_BYTES = 2**20
"""About what littleCMS holds for a transform, with the profile that it is asked for by."""

MAX_SRGB_DIFFERENCE = 1
"""Levels by which a profile may differ from sRGB and still be taken for it: rounding of its tables."""


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """An sRGB profile, the same bytes each time: littleCMS's own with its date of creation fixed."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)) + profile[36:]


def model_of(icc: bytes) -> Model | None:
    """Which numbers a profile speaks about; None where it is broken or about something else."""
    try:
        return SPACES.get(ImageCms.ImageCmsProfile(io.BytesIO(icc)).profile.xcolor_space.strip())
    except (OSError, ImageCms.PyCMSError) as error:
        log_unexpected(log, "A colour profile is passed over", error, logging.DEBUG)
        return None


def is_usable(icc: bytes) -> bool:
    """Whether a profile is whole: littleCMS makes a transform of it for the numbers it speaks about."""
    model = model_of(icc)
    return model is not None and transform_to_srgb(icc, model) is not None


def is_srgb(icc: bytes) -> bool:
    """Whether a profile says what sRGB says, measured on a grid of colours rather than read from its name."""
    transform = transform_to_srgb(icc, "rgb") if model_of(icc) == "rgb" else None
    if transform is None:
        return False
    steps = np.linspace(0, 255, 9).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    there = np.asarray(ImageCms.applyTransform(PILImage.fromarray(grid), transform))
    return int(np.abs(there.astype(int) - grid).max()) <= MAX_SRGB_DIFFERENCE


@byte_cache(size=TRANSFORM_BYTES)
def transform_to_srgb(icc: bytes, model: Model) -> ImageCms.ImageCmsTransform | None:
    """littleCMS's perceptual transform (its default, and what browsers choose) into sRGB; None where it refuses."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), MODES[model], "RGB")
    except (OSError, ImageCms.PyCMSError) as error:
        log_unexpected(log, "A colour profile is passed over", error, logging.DEBUG)
        return None


@lru_cache(maxsize=1)
def lab_transform() -> ImageCms.ImageCmsTransform:
    """From 8-bit CIE L*a*b* (D50) to sRGB."""
    return ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")


def transformer(transform: ImageCms.ImageCmsTransform, model: Model) -> Callable[[Samples], Image]:
    """A function from bands of 8-bit samples to sRGB."""

    def to_srgb(samples: Samples) -> Image:
        picture = as_picture(samples, model)
        converted = ImageCms.applyTransform(picture, transform)
        return np.asarray(converted)

    return to_srgb


def as_picture(samples: Samples, model: Model) -> PILImage.Image:
    """Pillow's view of 8-bit samples, H x W x C."""
    height, width = samples.shape[:2]
    return PILImage.frombuffer(MODES[model], (width, height), np.ascontiguousarray(samples), "raw", MODES[model], 0, 1)
