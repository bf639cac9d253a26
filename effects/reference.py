"""The catalogue in words: what the CLI prints, the pages show and docs/effects.md says, read from the effects."""

from __future__ import annotations

import re
from functools import singledispatch

from effects.catalogue import CATEGORIES
from effects.effect import STRENGTH, Effect
from effects.looks import FAMILIES, LOOK_BOOK, SOURCES, Look
from effects.marks import Choice, Mark, Picture, Range, Seed, Swatch, Table, Text, Toggle
from effects.params import Param


def listing() -> str:
    """Every effect with its summary, by category, and every look, by family."""
    widest = max(len(name) for category in CATEGORIES.values() for name in category.effects)
    blocks = []
    for category in CATEGORIES.values():
        lines = [f"  {name:<{widest}}  {effect.summary}" for name, effect in category.effects.items()]
        blocks.append("\n".join([category.title, *lines]))
    for family, title in FAMILIES.items():
        looks = [f"  {look.name:<{widest}}  {look.summary}" for look in LOOK_BOOK.values() if look.family == family]
        blocks.append("\n".join([f"Looks: {title}", *looks]))
    return "\n\n".join(blocks)


def description(effect: Effect) -> str:
    """One effect: its kind, what it does, and each parameter with what it allows."""
    head = f"{effect.title} ({effect.name}): {CATEGORIES[effect.category].title}, {effect.kind.value}"
    head += ", live" if effect.live else ", stills only"
    return "\n\n".join([head, effect.description, "\n".join(param_line(param) for param in effect.params)])


def param_line(param: Param) -> str:
    """One parameter: name, what is allowed, default, the value that changes nothing, and its help."""
    neutral = f", changes nothing at {param.mark.neutral}" if param.mark.neutral is not None else ""
    help_text = f". {param.mark.help}" if param.mark.help else ""
    when = f", counts where {param.when.param} is {' or '.join(param.when.options)}" if param.when.options else ""
    rare = ", rarely set" if param.rare else ""
    return f"  {param.name}: {allowance(param.mark)}; {param.default} by default{neutral}{when}{rare}{help_text}"


def markdown_page() -> str:
    """The whole catalogue as a page of Markdown: docs/effects.md."""
    head = "# Effects and looks\n\nRead from the effects themselves by `make docs`; what is said here is said there."
    title = "A length in shares of the shorter side is the same on a preview and on a poster. Beside its own parameters"
    title += f" every effect has `strength`, {allowance(STRENGTH)}: {STRENGTH.help}"
    shelves = [
        "\n\n".join([f"## {category.title}", *(section(effect) for effect in category.effects.values())])
        for category in CATEGORIES.values()
    ]
    looks = ["## Looks"]
    for family, name in FAMILIES.items():
        rows = [f"| `{look.name}` | {look.title} | {prose(look.summary)} | {links_of_steps(look)} |"
                for look in LOOK_BOOK.values() if look.family == family]  # fmt: skip
        looks += [f"### {name}", *([SOURCES[family]] if family in SOURCES else [])]
        looks.append("\n".join(["| name | title | what it is | steps |", "|---|---|---|---|", *rows]))
    return "\n\n".join([head, title, *shelves, *looks]) + "\n"


def section(effect: Effect) -> str:
    """One effect as Markdown: what it does, its parameters as a table, how it works."""
    summary, *paragraphs = effect.description.split("\n\n")
    rows = [
        f"| `{param.name}` | {prose(allowance(param.mark))} | {prose(str(param.default))} | {prose(remarks(param))} |"
        for param in effect.params
    ]
    table = "\n".join(["| parameter | allowed | default | |", "|---|---|---|---|", *rows])
    title = f'### <a id="{effect.name}"></a>{effect.title}'
    kind = f"`{effect.name}`: {effect.kind.value}, {'live' if effect.live else 'stills only'}"
    return "\n\n".join([title, kind, prose(summary), *([table] if rows else []), *map(prose, paragraphs)])


def remarks(param: Param) -> str:
    """What else is to be said of a parameter: its help, what changes nothing, when it counts, whether it is rare."""
    parts = [param.mark.help.rstrip(".")] if param.mark.help else []
    if param.mark.neutral is not None:
        parts.append(f"changes nothing at {param.mark.neutral}")
    if param.when.options:
        parts.append(f"counts where {param.when.param} is {' or '.join(param.when.options)}")
    if param.rare:
        parts.append("rarely set, under More on its card")
    return "; ".join(parts)


def links_of_steps(look: Look) -> str:
    """The effects of a look, each leading to its section."""
    return ", ".join(f"[{step.effect.name}](#{step.effect.name})" for step in look.pipeline.all_steps)


def prose(text: str) -> str:
    """A text as one line of Markdown in which its signs are nothing but signs; what stands in backticks is left."""
    parts = " ".join(text.split()).split("`")
    plain = [part if place % 2 else re.sub(r"([\\*_<>|\[\]#])", r"\\\1", part) for place, part in enumerate(parts)]
    return "`".join(plain)


@singledispatch
def allowance(mark: Mark) -> str:
    """What a mark allows, in a few words."""
    raise TypeError(f"there are no words for {type(mark).__name__}")


@allowance.register
def _(mark: Range) -> str:
    unit = {"side": " of the shorter side", "": ""}.get(mark.unit, f" {mark.unit}")
    return f"{mark.low:g}..{mark.high:g}{unit}{', whole' if mark.integer else ''}"


@allowance.register
def _(mark: Choice) -> str:
    return " | ".join(mark.options)


@allowance.register
def _(mark: Toggle) -> str:
    return "true | false"


@allowance.register
def _(mark: Swatch) -> str:
    return "a colour like #ff8800"


@allowance.register
def _(mark: Seed) -> str:
    return f"{mark.low}..{mark.high}, whole"


@allowance.register
def _(_mark: Table) -> str:
    return "a .cube or .3dl file, a HaldCLUT, or a picture in tiles"


@allowance.register
def _(_mark: Picture) -> str:
    return "a picture's file"


@allowance.register
def _(mark: Text) -> str:
    return f"a text of at most {mark.max_length} characters"
