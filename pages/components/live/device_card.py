"""What a device has to draw before it is trusted with a stack: a small card, and what the library makes of it."""

from __future__ import annotations

from functools import cache, partial

import numpy as np

from effects import Photo, Pipeline, encode
from effects.codec.formats import WRITTEN_FORMATS
from effects.image import Image
from pages.components import session
from pages.components.picture_url import picture_url

SIDE = 256
MAX_SIDE = 1024
"""px of what is made of the card; a stack that makes more of it is not proven, for the time that would take."""

PNG = WRITTEN_FORMATS["png"]


def proof_address(pipeline: Pipeline, slot: str) -> dict[str, str] | None:
    """The addresses of the card and of the card after this stack; None where that is too large."""
    if max(pipeline.size(SIDE, SIDE)) > MAX_SIDE:
        return None
    return {
        "card": picture_url(card_file(), f"{slot}-card", PNG.mime),
        "made": picture_url(session.kept("proof", pipeline, partial(made_file, pipeline)), f"{slot}-made", PNG.mime),
    }


@cache
def card() -> Image:
    """A picture with every hue, dark and light, soft slopes and edges, and no part like another."""
    across, down = np.meshgrid(*[np.linspace(0, 1, SIDE)] * 2)
    waves = 0.5 + 0.4 * np.sin(2 * np.pi * (3 * across + 2 * down**2))
    is_inside = (abs(across - 0.6) < 0.2) & (abs(down - 0.35) < 0.15)
    colors = np.stack([across, down, waves], axis=-1)
    return np.rint(255 * np.where(is_inside[..., None], 1 - 0.8 * colors, colors)).astype(np.uint8)


@cache
def card_file() -> bytes:
    """The card as a file."""
    return encode(Photo(card()), PNG.name)


def made_file(pipeline: Pipeline) -> bytes:
    """The card after a stack as a file."""
    return encode(Photo(pipeline(card())), PNG.name)
