"""A look of one's own: the steps of a stack under a name that a person gave them, as the browser keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from effects import Group, Pipeline, RecipeError
from pages.components.stack.card import Card
from pages.components.stack.cards import OWN

MAX_NAME = 40
"""Letters of a look's name."""

MAX_BYTES = 16_384
"""Of a look's recipe."""

IDENTITY = re.compile("[0-9a-f]{16}")
TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they turn a text around, unseen


@dataclass(frozen=True)
class OwnLook:
    """A look that was read: `recipe` is what the browser keeps of it, `group` is what a click puts on the stack."""

    identity: str
    name: str
    recipe: str
    group: Group

    @property
    def tile(self) -> str:
        """What its tile and its card know it by."""
        return OWN + self.identity


def read_look(identity: object, name: object, recipe: object) -> OwnLook:
    """The look that a browser tells of; RecipeError where it is none, for whatever may stand in there."""
    if not isinstance(identity, str) or not IDENTITY.fullmatch(identity):
        raise RecipeError("a look has an identity of 16 hexadecimal digits")
    title = clean_name(name) if isinstance(name, str) else ""
    if not title:
        raise RecipeError("a look has a name")
    if not isinstance(recipe, str) or len(recipe.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise RecipeError(f"a look has a recipe of at most {MAX_BYTES} bytes")
    return OwnLook(identity, title, recipe, look_group(Pipeline.from_json(recipe), title))


def look_group(pipeline: Pipeline, title: str) -> Group:
    """A stack as one group under a title; the steps of groups in it take their strength over, for groups do not nest.

    RecipeError where there is no step.
    """
    if not pipeline.all_steps:
        raise RecipeError("a look has steps")
    if len(pipeline) == 1 and isinstance(pipeline[0], Group):
        return replace(pipeline[0], title=title, muted=False)
    return pipeline.ungrouped().group(title=title)


def inexact(stack: Sequence[Card]) -> Card | None:
    """The first card of a stack whose look comes only near to what it is, once the stack is one look."""
    return next((card for card in stack if len(stack) > 1 and card.is_group and not card.opens_exactly), None)


def clean_name(text: str) -> str:
    """A name in one line and in at most so many letters, without signs that nobody sees."""
    seen = (letter for letter in text if letter not in TURNS and unicodedata.category(letter) != "Cs")
    line = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in seen)
    return " ".join(line.split())[:MAX_NAME].strip()


def name_of_titles(titles: str) -> str:
    """What a look is called by what it is made of: as many of those titles as a name holds, each of them whole."""
    line = clean_name(titles)
    is_cut = len(line) < len(" ".join(titles.split()))
    return line.rpartition(", ")[0] or line if is_cut else line


def unused_name(name: str, taken: Container[str]) -> str:
    """The name, with a number behind it where it is taken: "Evening", "Evening 2"."""
    number, fresh = 1, name
    while fresh in taken:
        number += 1
        fresh = f"{name[: MAX_NAME - len(str(number)) - 1].strip()} {number}"
    return fresh
