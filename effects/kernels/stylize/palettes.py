"""A few colours to draw with: grey ramps, and palettes whose nearest colour is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from effects.image import Image
from effects.kernels.gradient import rgb
from effects.memory.cache import byte_cache

PALETTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mono": ("#000000", "#ffffff"),
        "gray4": ("#000000", "#555555", "#aaaaaa", "#ffffff"),
        "rgb8": ("#000000", "#0000ff", "#00ff00", "#00ffff", "#ff0000", "#ff00ff", "#ffff00", "#ffffff"),
        "handheld": ("#0f380f", "#306230", "#8bac0f", "#9bbc0f"),
        "cga": ("#000000", "#55ffff", "#ff55ff", "#ffffff"),
        "console16": (
            "#0b0b12",
            "#2a2350",
            "#6e2a58",
            "#0f6a50",
            "#9c5436",
            "#55504f",
            "#b9bcc2",
            "#fbf3e6",
            "#e8364f",
            "#f59b1e",
            "#f7e04b",
            "#3ec94f",
            "#35a7f0",
            "#7a72a4",
            "#f27ba6",
            "#f6c7a2",
        ),
    }
)
"""Name -> colours; ramps of one hue go from dark to light."""

GREY_RAMPS = ("mono", "gray4", "handheld")
"""Palettes chosen from by light alone."""

CELLS = 32
"""Edge of the table of nearest colours: 5 bits a channel."""


def colors_of(palette: str) -> Image:
    """The palette's colours, K x 3 uint8."""
    return np.array([np.rint(rgb(swatch) * 255) for swatch in PALETTES[palette]]).astype(np.uint8)


@byte_cache()
def nearest(palette: str) -> npt.NDArray[np.uint8]:
    """The index of the palette's nearest colour for every colour of 5 bits a channel, 32 x 32 x 32."""
    steps = (np.arange(CELLS) + 0.5) * (256 / CELLS)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    apart = [((cube - color) ** 2).sum(axis=-1) for color in colors_of(palette).astype(float)]
    return np.argmin(apart, axis=0).astype(np.uint8)
