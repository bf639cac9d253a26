"""One effect on one picture."""

from __future__ import annotations

from typing import Any

from effects.catalogue import EFFECTS
from effects.image import Image
from effects.pipeline import Pipeline


def applied(name: str, image: Image, **params: Any) -> Image:
    """The picture after one step of the effect of that name, at its defaults where nothing else is said."""
    return Pipeline((EFFECTS[name].step(**params),))(image)
