"""False colours: a palette's 256 colours, and the colour of each lightness between them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import cv2
import numpy as np

from effects.image import Colors, Floats
from effects.memory.cache import byte_cache

HEAT_PALETTES: Mapping[str, int] = MappingProxyType(
    {
        "inferno": cv2.COLORMAP_INFERNO,
        "jet": cv2.COLORMAP_JET,
        "turbo": cv2.COLORMAP_TURBO,
        "viridis": cv2.COLORMAP_VIRIDIS,
        "plasma": cv2.COLORMAP_PLASMA,
        "magma": cv2.COLORMAP_MAGMA,
        "cividis": cv2.COLORMAP_CIVIDIS,
        "hot": cv2.COLORMAP_HOT,
        "bone": cv2.COLORMAP_BONE,
        "ocean": cv2.COLORMAP_OCEAN,
    }
)
"""Name -> OpenCV's number for it."""

PALETTE_STEPS = 65_535
"""How finely the lines between the 256 entries are tabulated: far below what 8 bits show."""


@byte_cache()
def palette_planes(name: str) -> tuple[Floats, Floats, Floats]:
    """Red, green and blue from dark to light, 65536 float32 each in 0..1: straight lines between cv2's 256 entries."""
    entries = cv2.applyColorMap(np.arange(256, dtype=np.uint8)[:, None], HEAT_PALETTES[name])[:, 0] / 255
    at = np.linspace(0, 255, PALETTE_STEPS + 1)
    blue, green, red = (np.interp(at, np.arange(256), channel).astype(np.float32) for channel in entries.T)
    return red, green, blue


def false_colors(name: str, lightness: Floats) -> Colors:
    """The palette's colour for each lightness 0..1; h x w becomes h x w x 3, float32."""
    index = np.rint(np.clip(lightness, 0, 1) * PALETTE_STEPS).astype(np.intp)
    planes = np.empty((3, *lightness.shape), np.float32)
    for plane, column in zip(planes, palette_planes(name), strict=True):
        np.take(column, index, out=plane, mode="clip")
    return np.moveaxis(planes, 0, -1)
