"""Looks: recipes with a name. A look is data, a JSON file beside this one, never a function.

The classic ones are the 26 sheets of CSSgram (Una Kravets, MIT licence) as overlays and CSS filters in the order a
browser applies them; the others are the project's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from effects.pipeline import Pipeline

FAMILIES = {"classic": "Classic", "film": "Film", "mood": "Mood", "people": "People"}
"""Family name -> title, in reading order."""

SOURCES = {"classic": "After the sheet of that name in CSSgram, by Una Kravets (MIT licence)."}
"""Family name -> whom its looks are owed to; the others are the project's own."""


EYE = 8  # levels between channels that nobody sees as a colour


@dataclass(frozen=True)
class Look:
    """A named recipe: its title and a sentence for the card, the family it belongs to, and what it does."""

    name: str
    title: str
    summary: str
    family: str
    pipeline: Pipeline


def read_look(path: Path) -> Look:
    """The look in a file; its name is the file's."""
    card = json.loads(path.read_text(encoding="utf-8"))
    pipeline = replace(Pipeline.from_json(json.dumps(card["recipe"])), title=card["title"])
    return Look(path.stem, card["title"], card["summary"], card["family"], pipeline)


def _place_on_shelf(look: Look) -> tuple[int, str]:
    return list(FAMILIES).index(look.family), look.name


LOOK_BOOK: Mapping[str, Look] = MappingProxyType(
    {look.name: look for look in sorted(map(read_look, Path(__file__).parent.glob("*.json")), key=_place_on_shelf)}
)
"""Look name -> look, family by family, then by name."""

LOOKS: Mapping[str, Pipeline] = MappingProxyType({name: look.pipeline for name, look in LOOK_BOOK.items()})
"""Look name -> pipeline."""


def is_grey(look: Look) -> bool:
    """Whether a look leaves no colour: shown by what it makes of all hues."""
    return _leaves_grey(look.pipeline)


def find_grey_looks() -> frozenset[str]:
    """The names of the looks that leave no colour: whoever asks once, ahead, waits for no `is_grey` afterwards."""
    return frozenset(name for name, look in LOOK_BOOK.items() if is_grey(look))


@cache
def _leaves_grey(pipeline: Pipeline) -> bool:
    hues = np.array([(c * 255, (1 - c) * 255, abs(2 * c - 1) * 255) for c in np.linspace(0, 1, 16)], np.uint8)
    if pipeline.asks_networks:
        return False  # they find nobody in a strip of hues; what they do not find keeps its colours
    made = pipeline.plain(np.ascontiguousarray(np.tile(hues, (16, 1, 1)))).astype(int)  # no tables for a few pixels
    return int(np.ptp(made, axis=-1).max()) <= EYE
