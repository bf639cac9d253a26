"""The shelf: every category and every effect, in reading order."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from effects.catalogue.art import art
from effects.catalogue.blur import blur
from effects.catalogue.color import color
from effects.catalogue.film import film
from effects.catalogue.frames import frames
from effects.catalogue.geometry import geometry
from effects.catalogue.light import light
from effects.catalogue.monochrome import monochrome
from effects.catalogue.motion import motion
from effects.catalogue.people import people
from effects.catalogue.retro import retro
from effects.catalogue.stylize import stylize
from effects.catalogue.tone import tone
from effects.catalogue.warp import warp
from effects.effect import Category, Effect, RecipeError
from effects.marks import quote

_SHELF = (tone, color, monochrome, film, blur, people, art, stylize, warp, light, retro, frames, geometry, motion)

CATEGORIES: Mapping[str, Category] = MappingProxyType({category.name: category for category in _SHELF})
"""Category name -> category."""

EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {name: effect for category in _SHELF for name, effect in category.effects.items()}
)
"""Effect name -> effect."""


def effect_named(name: object) -> Effect:
    """The effect of this name; RecipeError, with the nearest there is, for any other."""
    effect = EFFECTS.get(name) if isinstance(name, str) else None
    if effect is None:
        near = get_close_matches(str(name)[:40], EFFECTS, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; the catalogue lists all there are"
        raise RecipeError(f"there is no effect {quote(name)}{hint}", within="effect")
    return effect


def _by_name(effect: Effect) -> tuple[Callable[[object], Effect], tuple[str]]:
    if EFFECTS.get(effect.name) is not effect:
        raise pickle.PicklingError(f"{effect.name} is not in the catalogue, by whose names effects are pickled")
    return effect_named, (effect.name,)


# An effect is a function: it travels by name. Only the catalogue knows them all, so it is what tells pickle.
copyreg.pickle(Effect, _by_name)
