"""The catalogue in words: what the CLI prints and the pages show, read from the effects themselves."""

from __future__ import annotations

from functools import singledispatch

from effects.catalogue import CATEGORIES
from effects.effect import Effect
from effects.looks import FAMILIES, LOOK_BOOK
from effects.params import Choice, Mark, Param, Range, Seed, Swatch, Table, Text, Toggle


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
    return f"  {param.name}: {allowed(param.mark)}; {param.default} by default{neutral}{when}{help_text}"


@singledispatch
def allowed(mark: Mark) -> str:
    """What a mark allows, in a few words."""
    raise TypeError(f"there are no words for {type(mark).__name__}")


@allowed.register
def _(mark: Range) -> str:
    unit = {"side": " of the shorter side", "": ""}.get(mark.unit, f" {mark.unit}")
    return f"{mark.low:g}..{mark.high:g}{unit}{', whole' if mark.integer else ''}"


@allowed.register
def _(mark: Choice) -> str:
    return " | ".join(mark.options)


@allowed.register
def _(mark: Toggle) -> str:
    return "true | false"


@allowed.register
def _(mark: Swatch) -> str:
    return "a colour like #ff8800"


@allowed.register
def _(mark: Seed) -> str:
    return f"{mark.low}..{mark.high}, whole"


@allowed.register
def _(_mark: Table) -> str:
    return "a .cube or .3dl file, a HaldCLUT, or a picture in tiles"


@allowed.register
def _(mark: Text) -> str:
    return f"a text of at most {mark.max_length} characters"
