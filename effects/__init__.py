"""Photo and video effects, each written once: see the names below, and `python -m effects list`."""

from effects.catalogue import CATEGORIES, EFFECTS
from effects.codec import DecodeError, decode, encode, open_preview
from effects.effect import RecipeError, Step
from effects.image import Photo
from effects.looks import LOOKS
from effects.pipeline import Pipeline
from effects.render import render

__all__ = [
    "CATEGORIES",
    "EFFECTS",
    "LOOKS",
    "DecodeError",
    "Photo",
    "Pipeline",
    "RecipeError",
    "Step",
    "decode",
    "encode",
    "open_preview",
    "render",
]
