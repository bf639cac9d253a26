"""The shelf: every category and every effect, in reading order."""

from collections.abc import Mapping
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
from effects.catalogue.retro import retro
from effects.catalogue.stylize import stylize
from effects.catalogue.tone import tone
from effects.catalogue.warp import warp
from effects.effect import Category, Effect

_SHELF = (tone, color, monochrome, film, blur, art, stylize, warp, light, retro, frames, geometry, motion)

CATEGORIES: Mapping[str, Category] = MappingProxyType({category.name: category for category in _SHELF})
"""Category name -> category."""

EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {name: effect for category in _SHELF for name, effect in category.effects.items()}
)
"""Effect name -> effect."""
