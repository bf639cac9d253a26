"""Plain cv2, one call after another, with all its threads: what one would write by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from benchmarks.peers.peer import Peer, Table
from effects.image import Image, Matrix


def tone(image: Image, table: Table) -> object:
    """One look-up."""
    return cv2.LUT(image, table[None] if (table != table[:, :1]).any() else table[:, 0].copy())


def matrix(image: Image, change: Matrix) -> object:
    """One matrix, offsets in levels."""
    return cv2.transform(image, change * [1, 1, 1, 255])


def pixelate(image: Image, p: Mapping[str, Any], short: int) -> object:
    """Shrink by areas, enlarge by nearest."""
    height, width = image.shape[:2]
    size = max(1, round(p["block"] * short))
    small = cv2.resize(image, (-(-width // size), -(-height // size)), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


def unsharp(image: Image, p: Mapping[str, Any], short: int) -> object:
    """A blur, and the difference added; it knows no threshold."""
    soft = cv2.GaussianBlur(image, (0, 0), p["radius"] * short)
    return cv2.addWeighted(image, 1 + p["amount"], soft, -p["amount"], 0)


def bloom(image: Image, p: Mapping[str, Any], short: int) -> object:
    """Highlights by a table, a plain blur, screened by three calls."""
    above = np.clip(np.arange(256) / 255 - p["threshold"], 0, None) / (1 - p["threshold"])
    glow = cv2.GaussianBlur(cv2.LUT(image, np.rint(255 * above).astype(np.uint8)), (0, 0), p["radius"] * short)
    glow = cv2.convertScaleAbs(glow, alpha=p["amount"])
    return cv2.bitwise_not(cv2.multiply(cv2.bitwise_not(image), cv2.bitwise_not(glow), scale=1 / 255))


def clahe(image: Image, p: Mapping[str, Any], _short: int) -> object:
    """CLAHE on the lightness of CIELAB."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    lightness, a, b = cv2.split(lab)
    equalised = cv2.createCLAHE(p["clip_limit"], (int(p["tiles"]), int(p["tiles"]))).apply(lightness)
    return cv2.cvtColor(cv2.merge([equalised, a, b]), cv2.COLOR_LAB2RGB)


def mirror(image: Image, _p: Mapping[str, Any], _short: int) -> object:
    """The left half, and what it looks like in a mirror."""
    left = image[:, : image.shape[1] // 2]
    return cv2.hconcat([left, cv2.flip(left, 1)])


OPENCV = Peer(
    "cv2",
    given=lambda image: image,
    tone=tone,
    matrix=matrix,
    named={
        "gaussian_blur": lambda image, p, short: cv2.GaussianBlur(image, (0, 0), p["radius"] * short),
        "unsharp_mask": unsharp,
        "bloom": bloom,
        "pixelate": pixelate,
        "mirror": mirror,
        "rotate_flip": lambda image, p, short: cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE),
        "local_contrast": clahe,
        "bilateral": lambda image, p, short: cv2.bilateralFilter(image, 9, 75, 75),
        "dodge_sketch": lambda image, p, short: cv2.pencilSketch(image)[1],
        "edges_canny": lambda image, p, short: cv2.Canny(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), 80, 160),
        "watercolor": lambda image, p, short: cv2.stylization(image, sigma_s=60, sigma_r=0.45),
        "hdr_detail": lambda image, p, short: cv2.detailEnhance(image, sigma_s=10, sigma_r=0.15),
        "thermal": lambda image, p, short: cv2.applyColorMap(
            cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLORMAP_INFERNO
        ),
    },
)
