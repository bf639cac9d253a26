"""Every sentence of the pages, for whoever translates them: `make words` gathers them, and compiles what is translated.

They are read from the code, where they stand in `_`, `later` and `plural`, and from the declarations of effects and
looks. Nothing that is gathered is kept: `build/emulsion.pot` is made when somebody wants to translate.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from effects import CATEGORIES, EFFECTS
from effects.looks import FAMILIES, LOOK_BOOK, SOURCES
from effects.marks import Choice
from pages.components.picker.shelf import paragraphs
from pages.components.widgets import help_words, readable_name
from pages.components.words import CATALOGUES, DOMAIN

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "build" / f"{DOMAIN}.pot"

MARKS: dict[str, tuple[int, ...] | None] = {"_": None, "later": None, "plural": (1, 2)}
"""What marks a sentence, and which of its arguments are one."""


def all_sentences() -> Catalog:
    """All of them, each with the lines it stands on or the effect or look that declares it."""
    found = Catalog(project="Emulsion", header_comment="# What the pages of Emulsion say.", fuzzy=False)
    for file in sorted((ROOT / "pages").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        for line, sentence, _comments, _context in extract_from_file("python", file, MARKS):
            found.add(sentence, locations=[(name, line)])
    for sentence, origin in declared():
        found.add(sentence, auto_comments=[origin])
    return found


def declared() -> Iterator[tuple[str, str]]:
    """What effects, looks and their parameters say of themselves, in the form in which pages show it."""
    for category in CATEGORIES.values():
        yield category.title, "category"
    for effect in EFFECTS.values():
        said = [effect.title, effect.summary, *paragraphs(effect)]
        for param in effect.params:
            options = param.mark.options if isinstance(param.mark, Choice) else ()
            said += [*map(readable_name, (param.name, *options)), help_words(param.mark)]
        yield from ((sentence, effect.name) for sentence in said if sentence)
    for look in LOOK_BOOK.values():
        yield from ((sentence, look.name) for sentence in (look.title, look.summary))
    yield from ((sentence, "looks") for sentence in (*FAMILIES.values(), *SOURCES.values()))


def gaps(sentence: str) -> set[str]:
    """The names in its braces."""
    return {name for _text, name, _form, _turn in Formatter().parse(sentence) if name is not None}


def mistakes(catalogue: Catalog) -> list[str]:
    """What in a translation would break a page, in a sentence each: gaps that are not those of the English."""
    return [
        f"{said!r} has not the gaps of {message.id!r}"
        for message in catalogue
        if message.id
        for said in forms(message)
        if said and not has_gaps(said, message)
    ]


def has_gaps(said: str, message: Message) -> bool:
    """Whether a translation has the gaps of the English; a form for one thing may do without the number."""
    if isinstance(message.id, str):
        return gaps(said) == gaps(message.id)
    return gaps(said) <= gaps(message.id[-1])


def forms(message: Message) -> tuple[str, ...]:
    """How a message is translated, in each number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def update(file: Path, template: Catalog) -> list[str]:
    """Bring a translator's file up to date and compile it beside itself; what is wrong with it."""
    with file.open("rb") as source:
        catalogue = read_po(source)
    catalogue.update(template)
    with file.open("wb") as target:
        write_po(target, catalogue, width=120)
    with file.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)
    return [f"{file.relative_to(ROOT)}: {mistake}" for mistake in mistakes(catalogue)]


if __name__ == "__main__":
    gathered = all_sentences()
    TEMPLATE.parent.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as written:
        write_po(written, gathered, width=120)
    wrong = [each for file in sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")) for each in update(file, gathered)]
    sys.exit("\n".join(wrong) or None)
