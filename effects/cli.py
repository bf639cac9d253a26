"""The shelf from a terminal: list, describe, plan, apply. A mistake gives one sentence and exit status 2."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import singledispatch
from pathlib import Path
from typing import Any

import numpy as np

from effects.catalogue import EFFECTS
from effects.cube import Cube
from effects.cube_files import read_cube
from effects.effect import Effect, RecipeError, Step
from effects.image import Image
from effects.looks import LOOKS
from effects.params import Mark, Range, Seed, Table, Toggle
from effects.pipeline import Pipeline
from effects.reference import allowed, description, listing
from effects.render import open_hald, render

FORMATS = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked."""
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except (ValueError, OSError) as error:
        print(f"emulsion: {error}", file=sys.stderr)
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    top = argparse.ArgumentParser(prog="python -m effects", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="list | describe | plan | apply")

    shelf = commands.add_parser("list", help="every effect with its summary")
    shelf.set_defaults(run=lambda _: print(listing()))

    describe = commands.add_parser("describe", help="one effect: what it does, its parameters, its source")
    describe.add_argument("name")
    describe.set_defaults(run=lambda options: print(description(named(options.name))))

    plan = commands.add_parser("plan", help="the passes of a recipe: what each fused, and its time")
    plan.add_argument("recipe", type=Path, help="a recipe in JSON")
    plan.add_argument("--size", type=size, default=(1280, 720), metavar="WxH", help="of the picture it is timed on")
    plan.set_defaults(run=print_plan)

    apply = commands.add_parser("apply", help="a picture through effects, into another file")
    apply.add_argument("source", type=Path, metavar="IN")
    apply.add_argument("target", type=Path, metavar="OUT", help=f"ends in one of {', '.join(FORMATS)}")
    apply.add_argument("--recipe", type=Path, help="a recipe in JSON")
    apply.add_argument("--look", help="a look, by its name")
    apply.add_argument("--quality", type=int, default=92, help="of a JPEG or WebP, 1..100")
    apply.add_argument(
        "--effect", dest="effects", nargs=argparse.REMAINDER, default=[], metavar="NAME --PARAM VALUE",
        help="an effect, its parameters, --strength; then the next --effect",
    )  # fmt: skip
    apply.set_defaults(run=apply_to_file)
    return top


def print_plan(options: argparse.Namespace) -> None:
    """The passes of a recipe on a picture of noise: what they fused and how long each took."""
    pipeline = Pipeline.from_json(options.recipe.read_bytes())
    width, height = options.size
    timings = pipeline.plan.timed(noise(height, width))
    for number, timing in enumerate(timings, 1):
        fused = " + ".join(timing.effects)
        print(f"{number}. {timing.kind:<10} {timing.seconds * 1e3:8.2f} ms  {timing.width} x {timing.height}  {fused}")
    total = sum(timing.seconds for timing in timings) * 1e3
    idle = len(pipeline.steps) - sum(len(timing.effects) for timing in timings)
    left_out = f"; {idle} left out, as they change nothing" if idle else ""
    print(f"{len(pipeline.steps)} steps in {len(timings)} passes, {total:.2f} ms{left_out}")


def apply_to_file(options: argparse.Namespace) -> None:
    """The recipe's steps, then those of the look, then those named one by one, on the file."""
    pipeline = Pipeline.from_json(options.recipe.read_bytes()) if options.recipe else Pipeline()
    look = named_look(options.look) if options.look else Pipeline()
    pipeline = Pipeline((*pipeline.steps, *look.steps, *named_steps(options.effects)))
    suffix = options.target.suffix.lower()
    if suffix not in FORMATS:
        raise RecipeError(f"{options.target.name} does not end in one of {', '.join(FORMATS)}")
    data = render(
        options.source.read_bytes(), pipeline.to_json(),
        format=FORMATS[suffix], quality=options.quality, tables=pipeline.tables,
    )  # fmt: skip
    options.target.write_bytes(data)


def named(name: str) -> Effect:
    """The effect of this name."""
    if name not in EFFECTS:
        raise RecipeError(f"there is no effect {name!r}; `list` shows all there are")
    return EFFECTS[name]


def named_look(name: str) -> Pipeline:
    """The look of this name."""
    if name not in LOOKS:
        raise RecipeError(f"there is no look {name!r}; `list` shows all there are")
    return LOOKS[name]


def named_steps(words: Sequence[str]) -> list[Step]:
    """The steps of `NAME --PARAM VALUE ... --effect NAME ...`."""
    chunks: list[list[str]] = [[]]
    for word in words:
        if word == "--effect":
            chunks.append([])
        else:
            chunks[-1].append(word)
    return [named_step(chunk) for chunk in chunks if chunk]


def named_step(words: Sequence[str]) -> Step:
    """One step of `NAME --PARAM VALUE ...`."""
    effect = named(words[0])
    flags = flags_of(effect)
    given = vars(flags.parse_args(words[1:]))
    strength = given.pop("strength")
    return effect.step(strength=strength, **given)


def flags_of(effect: Effect) -> argparse.ArgumentParser:
    """A flag for every parameter, read from its mark."""
    flags = argparse.ArgumentParser(prog=f"--effect {effect.name}", argument_default=argparse.SUPPRESS)
    flags.add_argument("--strength", type=float, default=1.0)
    for param in effect.params:
        add_flag(param.mark, flags, param.name)
    return flags


@singledispatch
def add_flag(mark: Mark, flags: argparse.ArgumentParser, name: str) -> None:
    """The flag of a parameter whose value is a text."""
    flags.add_argument(f"--{name}", help=allowed(mark))


@add_flag.register(Range)
@add_flag.register(Seed)
def _(mark: Range | Seed, flags: argparse.ArgumentParser, name: str) -> None:
    flags.add_argument(f"--{name}", type=float, help=allowed(mark))


@add_flag.register
def _(mark: Toggle, flags: argparse.ArgumentParser, name: str) -> None:
    flags.add_argument(f"--{name}", type=truth, nargs="?", const=True, help=allowed(mark))


@add_flag.register
def _(mark: Table, flags: argparse.ArgumentParser, name: str) -> None:
    flags.add_argument(f"--{name}", type=table, metavar="FILE", help=allowed(mark))


def table(path: str) -> Cube:
    """The colour table in a file: text is taken for .cube, anything else for a HaldCLUT picture."""
    data, name = Path(path).read_bytes(), Path(path).stem
    return read_cube(data, name) if path.lower().endswith(".cube") else open_hald(data, name)


def truth(text: str) -> Any:
    """True for "true", False for "false"; anything else is left for the mark to refuse."""
    return {"true": True, "false": False}.get(text.lower(), text)


def size(text: str) -> tuple[int, int]:
    """Width and height of "WxH"."""
    try:
        width, height = (int(side) for side in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1280x720") from None
    if not 0 < width * height <= 50_000_000 or width < 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 pixel and 50 megapixels")
    return width, height


def noise(height: int, width: int) -> Image:
    """A picture to time a plan on."""
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
