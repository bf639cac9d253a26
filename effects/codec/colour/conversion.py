"""From the numbers in a file to 8-bit sRGB: depth, grey, ink and colour profiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from effects.codec.colour.light import Encoding, shaper
from effects.codec.colour.matrix_profiles import is_flat, matrix_profile
from effects.codec.colour.profiles import (
    as_picture,
    is_srgb,
    is_usable,
    lab_transform,
    model_of,
    transform_to_srgb,
    transformer,
)
from effects.codec.raster import Model, Samples
from effects.image import Image

BROKEN_PROFILE = "Its colour profile cannot be used, so the colours are taken as sRGB."


ToSrgb = Callable[[Samples], Image]


@dataclass(frozen=True)
class Conversion:
    """A function from bands of samples to sRGB (uint8, H x W x 3), and a note where the profile was of no use.

    `meaning` is what the samples mean where that is not sRGB and known in full.
    """

    to_srgb: ToSrgb
    note: str | None = None
    meaning: Encoding | None = None


def conversion(model: Model, icc: bytes | None, meaning: Encoding | None) -> Conversion:
    """How samples become sRGB.

    A profile that can be used counts before `meaning`; where neither is there, the samples are taken as sRGB.
    """
    if meaning is not None and not (icc and is_usable(icc)) and model in ("rgb", "grey"):
        return Conversion(shaper(meaning), None, meaning)
    if not icc or is_srgb(icc):
        return Conversion(PLAIN_CONVERSIONS[model])
    spoken = None if is_flat(icc) else model_of(icc)
    if spoken == "rgb" and model == "grey":
        return grey_in_colour(icc)
    transform = transform_to_srgb(icc, model) if spoken == model else None
    if transform is None:
        return Conversion(PLAIN_CONVERSIONS[model], BROKEN_PROFILE)
    coarse, fine = compose(eight_bits, transformer(transform, model)), matrix_profile(icc)
    if fine is None:
        return Conversion(coarse)
    exact = shaper(fine)
    return Conversion(lambda samples: exact(samples) if samples.dtype == np.uint16 else coarse(samples), None, fine)


def grey_in_colour(icc: bytes) -> Conversion:
    """Grey pixels beside a colour profile, which are three equal channels, as browsers see them."""
    transform = transform_to_srgb(icc, "rgb")
    if transform is None:
        return Conversion(grey_to_rgb, BROKEN_PROFILE)
    return Conversion(compose(grey_to_rgb, transformer(transform, "rgb")))


def compose(first: Callable[[Samples], Samples], then: Callable[[Samples], Image]) -> Callable[[Samples], Image]:
    """One function after another."""
    return lambda samples: then(first(samples))


def eight_bits(samples: Samples) -> Samples:
    """0..65535 as 0..255, rounded to nearest; 8-bit samples as they are."""
    if samples.dtype == np.uint8:
        return samples
    # 65535 / 255 is 257; cv2 scales and rounds in one pass.
    return cv2.convertScaleAbs(samples, alpha=1 / 257).reshape(samples.shape)


def grey_to_rgb(samples: Samples) -> Image:
    """Grey, H x W x 1, as three equal channels."""
    return cv2.cvtColor(eight_bits(samples), cv2.COLOR_GRAY2RGB)


def ink_to_rgb(samples: Samples) -> Image:
    """Ink without a profile: each channel is what the ink and black let through, (1 - c)(1 - k), as browsers do."""
    return np.asarray(as_picture(eight_bits(samples), "cmyk").convert("RGB"))


def lab_to_rgb(samples: Samples) -> Image:
    """CIE L*a*b* (D50) by littleCMS's own Lab profile."""
    return transformer(lab_transform(), "lab")(eight_bits(samples))


PLAIN_CONVERSIONS: dict[Model, Callable[[Samples], Image]] = {
    "rgb": eight_bits,
    "grey": grey_to_rgb,
    "cmyk": ink_to_rgb,
    "lab": lab_to_rgb,
}
