"""albumentations 2.0.8 (with stringzilla's look-ups), its augmentations held to one setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import albumentations as A  # noqa: N812
import cv2

from benchmarks.peers.peer import Doing, Peer
from effects.image import Image


def applied(augmentation: Any) -> Doing:
    """An augmentation that always happens."""
    return lambda image, _p, _short: augmentation(image=image)["image"]


def jitter(**range_of: tuple[float, float]) -> Doing:
    """ColorJitter of one property alone."""
    still = {"brightness": (1.0, 1.0), "contrast": (1.0, 1.0), "saturation": (1.0, 1.0), "hue": (0.0, 0.0)}
    return applied(A.ColorJitter(**{**still, **range_of}, p=1))


def blur(image: Image, p: Mapping[str, Any], short: int) -> object:
    """A Gaussian of this sigma."""
    sigma = p["radius"] * short
    return A.GaussianBlur(blur_limit=0, sigma_limit=(sigma, sigma), p=1)(image=image)["image"]


def pixelate(image: Image, p: Mapping[str, Any], short: int) -> object:
    """Down by areas, up by nearest."""
    share = 1 / max(1, round(p["block"] * short))
    way = {"downscale": cv2.INTER_AREA, "upscale": cv2.INTER_NEAREST}
    return A.Downscale(scale_range=(share, share), interpolation_pair=way, p=1)(image=image)["image"]


ALBUMENTATIONS = Peer(
    "albumentations",
    given=lambda image: image.copy(),
    named={
        "brightness": applied(A.RandomBrightnessContrast((0.2, 0.2), (0, 0), p=1)),
        "contrast": applied(A.RandomBrightnessContrast((0, 0), (0.3, 0.3), p=1)),
        "saturation": jitter(saturation=(1.5, 1.5)),
        "hue_rotate": jitter(hue=(0.083, 0.083)),
        "grayscale": applied(A.ToGray(3, p=1)),
        "sepia": applied(A.ToSepia(p=1)),
        "invert": applied(A.InvertImg(p=1)),
        "posterize": applied(A.Posterize(2, p=1)),
        "gamma": applied(A.RandomGamma((67, 67), p=1)),
        "curves": applied(A.RandomToneCurve(0.1, p=1)),
        "temperature_tint": applied(A.PlanckianJitter("cied", (5999, 6001), p=1)),
        "gaussian_blur": blur,
        "unsharp_mask": applied(A.UnsharpMask(blur_limit=(55, 55), sigma_limit=(9, 9), alpha=(1, 1), threshold=2, p=1)),
        "pixelate": pixelate,
        "vignette": applied(A.Illumination("gaussian", (0.2, 0.2), "darken", p=1)),
        "rotate_flip": applied(A.Transpose(p=1)),
        "border": applied(A.Pad(30, fill=255, p=1)),
        "auto_levels": applied(A.AutoContrast(0.5, p=1)),
        "local_contrast": applied(A.CLAHE((2, 2), p=1)),
        "emboss": applied(A.Emboss((0.5, 0.5), (0.5, 0.5), p=1)),
        "chromatic_aberration": applied(A.ChromaticAberration((0.02, 0.02), (0.02, 0.02), p=1)),
        "fisheye": applied(A.OpticalDistortion((0.5, 0.5), p=1)),
        "straighten": applied(A.Rotate((3, 3), interpolation=cv2.INTER_CUBIC, p=1)),
        "grain": applied(A.ISONoise((0.01, 0.01), (0.3, 0.3), p=1)),
    },
)
