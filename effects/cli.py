"""The shelf from a terminal: list, describe, plan, apply, cube. A mistake gives one sentence and exit status 2."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from effects import __version__
from effects.auto import auto_steps
from effects.catalogue import EFFECTS
from effects.codec import open_preview
from effects.codec.formats import DEFAULT_QUALITY, WRITTEN_FORMATS, titles
from effects.codec.limits import MAX_PIXELS, MEGA
from effects.color_transfer import color_transfer
from effects.effect import Effect, Step
from effects.flags import Parser, flags_of, usage
from effects.group import Group, StepOrGroup
from effects.image import Image
from effects.looks import LOOKS
from effects.marks import Toggle, quote
from effects.pipeline import Pipeline
from effects.reference import description, listing
from effects.render import render
from effects.shaders.coverage import coverage_listing
from effects.tables.baking import USUAL_SIZE
from effects.tuning import tune

FORMATS = {f".{ending}": form.name for form in WRITTEN_FORMATS.values() for ending in form.endings}
"""The endings of the files that can be written, and the format each stands for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked."""
    tune()
    try:
        options = parser().parse_args(arguments)
        options.command(options)
    except (argparse.ArgumentError, ValueError, OSError) as error:
        print(f"emulsion: {error_sentence(error)}", file=sys.stderr)
        return 2
    return 0


def error_sentence(error: Exception) -> str:
    """What went wrong; of a file, its name and the system's word for it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    top = Parser(prog="emulsion" if Path(sys.argv[0]).stem == "emulsion" else "python -m effects", description=__doc__)
    top.add_argument("--version", action="version", version=f"emulsion {__version__}")
    commands = top.add_subparsers(required=True, metavar="list | describe | plan | apply | cube")

    shelf = commands.add_parser("list", help="every effect with its summary")
    shelf.add_argument("--instant", action="store_true", help="how the visitor's graphics card draws each, or why not")
    shelf.set_defaults(command=lambda options: print(coverage_listing() if options.instant else listing()))

    describe = commands.add_parser("describe", help="one effect: what it does, its parameters, its source")
    describe.add_argument("name")
    describe.set_defaults(command=lambda options: print(description(find_effect(options.name))))

    plan = commands.add_parser("plan", help="the passes of a recipe: what each fused, and its time")
    plan.add_argument("recipe", type=Path, help="a recipe in JSON")
    plan.add_argument(
        "--size", type=parse_size, default=(1280, 720), metavar="WxH", help="of the picture it is timed on"
    )
    plan.set_defaults(command=print_plan)

    apply = commands.add_parser("apply", help="a picture through effects, into another file")
    apply.add_argument("source", type=Path, metavar="IN")
    apply.add_argument("target", type=Path, metavar="OUT", help=f"ends in one of {', '.join(FORMATS)}")
    # What is asked of the pictures comes before the stack, however it is asked for.
    apply.add_argument("--auto", action="store_true", help="first: contrast, colour of light and exposure made up for")
    apply.add_argument("--like", type=Path, metavar="PICTURE", help="then: the colours of another picture")
    add_stack(apply)
    lossy = titles((form for form in WRITTEN_FORMATS.values() if not form.is_lossless), "or")
    # Their names are those of `render`, which checks what they hold.
    apply.add_argument("--quality", type=int, default=DEFAULT_QUALITY, help=f"of a {lossy}, 1..100")
    apply.add_argument("--max-side", type=int, metavar="PIXELS", help="shrink the result to this longer side")
    apply.add_argument(
        "--keep-metadata", dest="metadata", action="store_const", const="keep", default="strip",
        help="keep the picture's EXIF and its sRGB profile",
    )  # fmt: skip
    apply.add_argument("--embed-recipe", action="store_true", help="put the recipe into the picture")
    apply.set_defaults(command=apply_to_file)

    cube = commands.add_parser("cube", help="what a stack does to colours, as a table for other programs")
    cube.add_argument("target", type=Path, metavar="OUT", help="ends in .cube")
    add_stack(cube)
    cube.add_argument("--size", type=int, default=USUAL_SIZE, help="points a side: 17, 33 or 65")
    cube.set_defaults(command=bake_to_file)
    return top


def add_stack(command: argparse.ArgumentParser) -> None:
    """The ways to name a stack, which come one after another where several are taken."""
    command.add_argument("--recipe", type=Path, help="a recipe in JSON")
    command.add_argument("--look", help="a look, by its name")
    command.add_argument(
        "--effect", dest="effects", nargs=argparse.REMAINDER, metavar="NAME --PARAM VALUE",
        help="last: an effect, its parameters, --strength; then the next --effect",
    )  # fmt: skip


def print_plan(options: argparse.Namespace) -> None:
    """The passes of a recipe on a picture of noise: what they fused and how long each took."""
    pipeline = Pipeline.from_json(options.recipe.read_bytes())
    width, height = options.size
    timings = pipeline.plan.time_passes(noise_picture(height, width))
    for number, (timing, one_pass) in enumerate(zip(timings, pipeline.plan.passes, strict=True), 1):
        fused = " + ".join(map(item_words, one_pass.steps))
        print(f"{number}. {timing.kind:<10} {timing.seconds * 1e3:8.2f} ms  {timing.width} x {timing.height}  {fused}")
    total = sum(timing.seconds for timing in timings) * 1e3
    count = len(pipeline.all_steps)
    idle = count - sum(len(timing.effects) for timing in timings)
    left_out = f"; {idle} left out, as they change nothing" if idle else ""
    print(f"{count} steps in {len(timings)} passes, {total:.2f} ms{left_out}")


def item_words(item: StepOrGroup) -> str:
    """A step by its effect's name, a group by its title and strength with its steps in brackets."""
    where = " in a mask" if item.mask else ""
    if isinstance(item, Group):
        title = f"{item.title} " if item.title else ""
        return f"{title}{item.strength:.0%} ({' + '.join(map(item_words, item.steps))}){where}"
    return item.effect.name + where


def read_stack(options: argparse.Namespace) -> Pipeline:
    """The recipe's steps, then those of the look, then those named one by one; the look alone keeps its title."""
    pipeline = Pipeline.from_json(options.recipe.read_bytes()) if options.recipe else Pipeline()
    look = find_look(options.look) if options.look else Pipeline()
    steps = read_steps(options.effects)
    return pipeline + look + Pipeline(tuple(steps)) if options.recipe or steps else look


def bake_to_file(options: argparse.Namespace) -> None:
    """What the stack does to colours, as a .cube file; what is no matter of colour alone is told."""
    if options.target.suffix.lower() != ".cube":
        raise usage(f"{options.target.name} does not end in .cube")
    file = read_stack(options).to_cube(options.size)
    write_whole(options.target, file.text.encode())
    if file.left_out:
        titles = ", ".join(EFFECTS[name].title for name in file.left_out)
        print(f"Left out, as no colour table can hold it: {titles}.")
    for soft in file.softened:
        title, off = EFFECTS[soft.effect].title, f"up to {soft.levels} levels off beside them"
        print(f"{title} has edges too sharp for {options.size} points: {off}.")


def apply_to_file(options: argparse.Namespace) -> None:
    """What the picture and the one it shall be like ask for, then the stack, on the file."""
    source, stack = options.source.read_bytes(), read_stack(options)
    suffix = options.target.suffix.lower()
    if suffix not in FORMATS:
        raise usage(f"{options.target.name} does not end in one of {', '.join(FORMATS)}")
    pipeline = steps_of_pictures(source, like=options.like, auto=options.auto) + stack
    data = render(
        source, pipeline.to_json(), format=FORMATS[suffix], quality=options.quality,
        max_side=options.max_side, metadata=options.metadata, embed_recipe=options.embed_recipe,
        tables=pipeline.tables,
    )  # fmt: skip
    write_whole(options.target, data)


def steps_of_pictures(source: bytes, *, like: Path | None, auto: bool) -> Pipeline:
    """The steps that are read from the picture itself and from the one it shall be like, if any are asked for."""
    if not (auto or like):
        return Pipeline()
    photo = open_preview(source)
    steps = auto_steps(photo) if auto else Pipeline()
    return steps + color_transfer(steps.apply(photo), open_preview(like.read_bytes())) if like else steps


def write_whole(target: Path, data: bytes) -> None:
    """The whole file, or what was there before: the picture may be its own source, and the disk full."""
    path = target.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    part = path.with_name(f".emulsion-{os.getpid()}")
    try:
        part.write_bytes(data)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None
    finally:
        if part.exists():
            part.unlink()


def find_effect(name: str) -> Effect:
    """The effect of this name."""
    if name not in EFFECTS:
        raise usage(f"there is no effect {name!r}; `list` shows all there are")
    return EFFECTS[name]


def find_look(name: str) -> Pipeline:
    """The look of this name."""
    if name not in LOOKS:
        raise usage(f"there is no look {name!r}; `list` shows all there are")
    return LOOKS[name]


def read_steps(words: Sequence[str] | None) -> list[Step]:
    """The steps of `NAME --PARAM VALUE ... --effect NAME ...`; None where no --effect was given at all."""
    chunks: list[list[str]] = [] if words is None else [[]]
    for word in words or ():
        if word == "--effect":
            chunks.append([])
        else:
            chunks[-1].append(word)
    if [] in chunks:
        raise usage("--effect needs the name of an effect; `list` shows all there are")
    return [read_step(chunk) for chunk in chunks]


def read_step(words: Sequence[str]) -> Step:
    """One step of `NAME --PARAM VALUE ...`."""
    effect = find_effect(words[0])
    options, unknown = flags_of(effect).parse_known_args(join_values(effect, words[1:]))
    if unknown:
        known = ", ".join(f"--{name}" for name in (*(param.name for param in effect.params), "strength"))
        words = f"there is no {quote(unknown[0])}; it has {known}, and what is for the file stands before --effect"
        raise usage(f"{effect.name}: {words}")
    return effect.step(**vars(options))


def join_values(effect: Effect, words: Sequence[str]) -> list[str]:
    """The words with each value on its flag, `--stops=-1e-3`: what begins with a dash may be a value, too."""
    valued = {f"--{param.name}" for param in effect.params if not isinstance(param.mark, Toggle)} | {"--strength"}
    left, result = iter(words), []
    for word in left:
        value = next(left, None) if word in valued else None
        result.append(word if value is None else f"{word}={value}")
    return result


def parse_size(text: str) -> tuple[int, int]:
    """Width and height of "WxH"."""
    try:
        width, height = (int(side) for side in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1280x720") from None
    if not 0 < width * height <= MAX_PIXELS or width < 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 pixel and {MAX_PIXELS // MEGA} megapixels")
    return width, height


def noise_picture(height: int, width: int) -> Image:
    """A picture to time a plan on."""
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
