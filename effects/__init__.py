"""Photo and video effects, each written once: see the names below, and `python -m effects list`."""

from effects.catalogue import CATEGORIES, EFFECTS
from effects.effect import RecipeError, Step
from effects.image import Photo
from effects.pipeline import Pipeline

__all__ = ["CATEGORIES", "EFFECTS", "Photo", "Pipeline", "RecipeError", "Step"]
