"""pilgram, which does what CSS filters do on Pillow pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import Image as PILImage
from PIL import ImageOps
from pilgram import css
from pilgram.css import blending

from benchmarks.peers.peer import Peer


def overlay(picture: PILImage.Image, p: Mapping[str, Any], _short: int) -> object:
    """A gradient of two colours, its soft light, and a mixture."""
    layer = ImageOps.colorize(PILImage.linear_gradient("L").resize(picture.size), p["color"], p["color2"])
    return PILImage.blend(picture, blending.soft_light(picture, layer), p["opacity"])


PILGRAM = Peer(
    "pilgram",
    given=PILImage.fromarray,
    named={
        "brightness": lambda picture, p, short: css.brightness(picture, p["amount"]),
        "contrast": lambda picture, p, short: css.contrast(picture, p["amount"]),
        "grayscale": lambda picture, p, short: css.grayscale(picture),
        "hue_rotate": lambda picture, p, short: css.hue_rotate(picture, p["angle"]),
        "saturation": lambda picture, p, short: css.saturate(picture, p["amount"]),
        "sepia": lambda picture, p, short: css.sepia(picture),
        "overlay": overlay,
    },
)
