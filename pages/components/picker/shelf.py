"""The whole shelf: every effect and every look as a card with its picture, what it does and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from effects import CATEGORIES, EFFECTS, Pipeline
from effects.effect import Effect
from effects.looks import FAMILIES, LOOK_BOOK, SOURCES, Look
from effects.reference import param_line
from pages.components.picker.chips import chips_of_effect, chips_of_look
from pages.components.picker.gallery import Tile
from pages.components.picker.thumbnails import Thumbnails
from pages.components.stack.cards import Cards
from pages.components.words import _, later

SPELLINGS = ("grey", "gray"), ("colour", "color")

LOOK = "look:"  # before a look's name on its card, for an effect may be called the same

SAID_OF_LOOKS = {
    "classic": later("vintage, old photo, retro, instant, instagram"),
    "film": later("vintage, analog, cinematic, movie"),
    "mood": later("cinematic, movie, dramatic"),
    "people": later("portrait, selfie"),
}
"""Family name -> what people call such looks."""

SAID_OF_EACH = later("look, filter, preset")

Shelf = list[tuple[str, list[Tile]]]


@cache
def pipelines() -> Mapping[str, Pipeline]:
    """What each card shows, by the card's name, in reading order: an effect at its defaults, or a look's stack."""
    effects = {name: Pipeline((effect.step(),)) for name, effect in EFFECTS.items()}
    return MappingProxyType(effects | {LOOK + name: look.pipeline for name, look in LOOK_BOOK.items()})


def put_on(cards: Cards, card: str) -> None:
    """Put what a card of the shelf stands for on the stack: an effect on top, a look in place of the last one."""
    if card.startswith(LOOK):
        cards.choose_look(card.removeprefix(LOOK))
    elif card in EFFECTS:
        cards.add(card)


def shelf(thumbnails: Thumbnails) -> Shelf:
    """Each category's effects, then each family's looks, on the small photo as far as the pictures are made."""
    effects = [
        (_(category.title), [effect_tile(effect, thumbnails) for effect in category.effects.values()])
        for category in CATEGORIES.values()
    ]
    heading = _("Looks: {family}")
    looks = [
        (
            heading.format(family=_(title)),
            [look_tile(look, thumbnails) for look in LOOK_BOOK.values() if look.family == family],
        )
        for family, title in FAMILIES.items()
    ]
    return effects + looks


def effect_tile(effect: Effect, thumbnails: Thumbnails) -> Tile:
    """An effect's card."""
    picture = thumbnails.made(pipelines()[effect.name])
    words, chips = words_of_effect(effect), chips_of_effect(effect)
    return Tile(effect.name, _(effect.title), _(effect.summary), picture, about_effect(effect), words, chips)


def look_tile(look: Look, thumbnails: Thumbnails) -> Tile:
    """A look's card."""
    picture, words, chips = thumbnails.made(look.pipeline), words_of_look(look), chips_of_look(look)
    return Tile(LOOK + look.name, _(look.title), _(look.summary), picture, about_look(look), words, chips)


def words_of_effect(effect: Effect) -> str:
    """What an effect is found by, in English and in the reader's language."""
    said = (effect.title, effect.summary, CATEGORIES[effect.category].title)
    return search_words(effect.title, effect.name, effect.also, *said, *map(_, said))


def words_of_look(look: Look) -> str:
    """What a look is found by, in English and in the reader's language."""
    said = (look.title, look.summary, FAMILIES[look.family], SAID_OF_EACH, SAID_OF_LOOKS[look.family])
    return search_words(*said, *map(_, said))


def search_words(*texts: str) -> str:
    """What a tile is found by: the words of these texts in small letters, grey and colour in both spellings.

    What says most comes first: a search shows the tiles in the order of the places that its words have here.
    """
    words = re.findall(r"[^\s_,;:.()]+", " ".join(texts).lower().replace("_", " "))
    return " ".join(dict.fromkeys(said for word in words for said in (word, *other_spellings(word))))


def other_spellings(word: str) -> Iterator[str]:
    """The same word as it is written on the other side of the Atlantic, if it is written otherwise there."""
    for one, other in SPELLINGS:
        for here, there in ((one, other), (other, one)):
            if here in word:
                yield word.replace(here, there)


def about_effect(effect: Effect) -> str:
    """How it works and its source, then what can be set: what `python -m effects describe` tells, too."""
    return "\n\n".join(
        [*map(_, paragraphs(effect)), "\n".join(param_line(param).strip() for param in effect.params)]
    ).strip()


def paragraphs(effect: Effect) -> list[str]:
    """What its description says beyond the summary."""
    return [" ".join(paragraph.split()) for paragraph in effect.description.split("\n\n")[1:]]


def about_look(look: Look) -> str:
    """Its steps, and whom it is owed to."""
    steps = ", ".join(_(step.effect.title) for step in look.pipeline.all_steps)
    return "\n\n".join([_("Made of: {steps}.").format(steps=steps), *filter(None, [_(SOURCES.get(look.family, ""))])])
