"""Which effects the visitor's GPU draws, by which way, and why the others stay with the server."""

from __future__ import annotations

from collections.abc import Mapping

from effects.catalogue import EFFECTS
from effects.effect import Effect
from effects.shaders.branches import Untraceable
from effects.shaders.pieces import ANY_PICTURE, piece_of


def way_of(effect: Effect) -> str:
    """How an effect's step is drawn: `traced`, `formula`, `table` or `layer` on the GPU, or `server: why` where not.

    What is traced, or says a formula, follows its sliders by itself; a table is made anew for each setting or picture.
    A layer is drawn by Python at the picture's size.
    """
    try:
        return piece_of(effect.step(), ANY_PICTURE).way
    except Untraceable as reason:
        return f"server: {reason}"


def coverage() -> Mapping[str, str]:
    """The way of every effect of the catalogue, by its name.

    >>> from effects.shaders import coverage
    >>> coverage()["swirl"], coverage()["curves"]
    ('traced', 'table')
    """
    return {name: way_of(effect) for name, effect in EFFECTS.items()}


def coverage_listing() -> str:
    """A line for each effect: its name, and how it is drawn."""
    ways = coverage()
    widest = max(map(len, ways))
    count = sum(not way.startswith("server") for way in ways.values())
    lines = [f"{name:{widest}}  {way}" for name, way in ways.items()]
    return "\n".join([*lines, f"{count} of {len(ways)} are drawn on the visitor's GPU"])
