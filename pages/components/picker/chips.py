"""Chips: the words by which one narrows many effects and looks down to a kind of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from effects.effect import Effect
from effects.looks import Look, is_grey
from pages.components.words import _, later

ALL, FAVOURITES, MINE = "all", "favourites", "mine"
"""The chips that are of no kind: they stand before the others."""


@dataclass(frozen=True)
class Chip:
    """What is written on a chip; the categories of effects and the families of looks that belong under it.

    `is_grey` where looks without any colour do, too.
    """

    title: str
    categories: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    is_grey: bool = False


CHIPS: Mapping[str, Chip] = {
    "light": Chip(later("Light"), ("tone", "light")),
    "colour": Chip(later("Colour"), ("color",), ("mood",)),
    "film": Chip(later("Film"), ("film",), ("classic", "film", "mood")),
    "monochrome": Chip(later("Black & white"), ("monochrome",), is_grey=True),
    "blur": Chip(later("Blur & sharpen"), ("blur",)),
    "drawn": Chip(later("Drawn"), ("art", "stylize")),
    "bent": Chip(later("Bent"), ("warp",)),
    "retro": Chip(later("Retro"), ("retro",)),
    "people": Chip(later("People"), ("people",), ("people",)),
    "frames": Chip(later("Frames"), ("frames", "geometry")),
    "moving": Chip(later("Moving"), ("motion",)),
}
"""Name -> chip, in reading order; what each holds is said here alone."""


def chip_titles(*before: str) -> dict[str, str]:
    """The chips' names and what is written on them; `before` are those of no kind that come first."""
    of_no_kind = {ALL: _("All"), FAVOURITES: _("Favourites"), MINE: _("Mine")}
    return {name: of_no_kind[name] for name in before} | {name: _(chip.title) for name, chip in CHIPS.items()}


def chips_of_effect(effect: Effect) -> tuple[str, ...]:
    """The chips that an effect is found under."""
    return tuple(name for name, chip in CHIPS.items() if effect.category in chip.categories)


def chips_of_look(look: Look) -> tuple[str, ...]:
    """The chips that a look is found under."""
    grey = is_grey(look)
    return tuple(name for name, chip in CHIPS.items() if look.family in chip.families or (chip.is_grey and grey))
