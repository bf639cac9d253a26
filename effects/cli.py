"""The shelf from a terminal: list, describe, plan, apply, batch, video, cube. A mistake: a sentence, exit status 2."""

from __future__ import annotations

import argparse
import glob
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from effects import __version__
from effects.batch.command import STOPPED, develop_files
from effects.batch.development import develop
from effects.batch.inputs import read_photo
from effects.batch.whole_file import write_whole
from effects.batch.work import Wishes
from effects.catalogue import EFFECTS
from effects.codec.formats import DEFAULT_FORMAT, DEFAULT_QUALITY, WRITTEN_FORMATS, titles
from effects.codec.limits import MAX_BYTES, MAX_PIXELS, MEGA
from effects.effect import Effect, Step
from effects.flags import Parser, flags_of, usage
from effects.group import Group, StepOrGroup
from effects.image import Image
from effects.looks import LOOKS
from effects.marks import Toggle, quote
from effects.pipeline import Pipeline
from effects.plan.plan import plan_of
from effects.reference import description, listing
from effects.settings import check_settings
from effects.shaders.coverage import coverage_listing
from effects.tables.baking import USUAL_SIZE
from effects.tuning import tune

FORMATS = {f".{ending}": form.name for form in WRITTEN_FORMATS.values() for ending in form.endings}
"""The endings of the files that can be written, and the format each stands for."""

STANDARD = Path("-")
"""As IN the standard input, as OUT the standard output."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 1 when some of many files failed."""
    tune()
    try:
        check_settings()
        options = parser().parse_args(arguments)
        return options.command(options) or 0
    except (argparse.ArgumentError, ValueError, OSError) as error:
        print(f"emulsion: {error_sentence(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return STOPPED


def error_sentence(error: Exception) -> str:
    """What went wrong; of a file, its name and the system's word for it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    top = Parser(prog="emulsion" if Path(sys.argv[0]).stem == "emulsion" else "python -m effects", description=__doc__)
    top.add_argument("--version", action="version", version=f"emulsion {__version__}")
    commands = top.add_subparsers(required=True, metavar="list | describe | plan | apply | batch | video | cube")

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

    endings = ", ".join(FORMATS)
    apply = commands.add_parser("apply", help="a picture through effects, into another file; or several into a folder")
    apply.add_argument("sources", nargs="+", metavar="IN", help="a file or - (standard input); files, a folder, *.jpg")
    apply.add_argument("target", type=Path, metavar="OUT", help=f"ends in one of {endings}; - or a folder")
    add_development(apply)
    apply.set_defaults(command=apply_to_files)

    batch = commands.add_parser("batch", help="many pictures through effects, several at a time, into a folder")
    batch.add_argument("sources", nargs="+", metavar="IN", help="files, folders and all in them, patterns: '*.jpg'")
    batch.add_argument("target", type=Path, metavar="OUT_DIR", help="a folder for the results")
    add_development(batch)
    batch.add_argument("--name", default="{stem}", help="of each result: {stem} {look} {number}, as in {stem}-{look}")
    batch.add_argument("--jobs", type=int, metavar="N", help="pictures at a time, each on a core; as many as there are")
    batch.add_argument("--scheduler", metavar="URL", help="of a Dask cluster that does the work, tcp://...")
    batch.add_argument("--resume", action="store_true", help="leave out what was made before, of the same and alike")
    batch.add_argument(
        "--report", type=Path, metavar="FILE", help="what became of each picture: words in a .txt, else JSON"
    )
    batch.set_defaults(command=develop_batch)

    video = commands.add_parser("video", help="a video or an animation through effects, into another one")
    video.add_argument("source", type=Path, metavar="IN", help="MP4, MOV, WebM, MKV; animated GIF, WebP, PNG")
    video.add_argument("target", type=Path, metavar="OUT", help="ends in .mp4, .mov, .mkv, .webm, .gif, .webp, .png")
    video.add_argument("--start", type=float, default=0.0, metavar="SECONDS", help="leave out what is before")
    video.add_argument("--end", type=float, metavar="SECONDS", help="leave out what is behind, counted from 0")
    video.add_argument("--max-side", type=int, metavar="PIXELS", help="shrink the result to this longer side")
    video.add_argument("--scheduler", metavar="URL", help="of a Dask cluster that does the work, tcp://...")
    add_stack(video)
    video.set_defaults(command=render_video)

    cube = commands.add_parser("cube", help="what a stack does to colours, as a table for other programs")
    cube.add_argument("target", type=Path, metavar="OUT", help="ends in .cube")
    add_stack(cube)
    cube.add_argument("--size", type=int, default=USUAL_SIZE, help="points a side: 17, 33 or 65")
    cube.set_defaults(command=bake_to_file)
    return top


def add_development(command: argparse.ArgumentParser) -> None:
    """All that can be asked of a picture's file: its steps, and how the result is written."""
    # What is asked of the pictures comes before the stack, however it is asked for.
    command.add_argument(
        "--auto", action="store_true", help="first: contrast, colour of light and exposure made up for"
    )
    command.add_argument("--like", type=Path, metavar="PICTURE", help="then: the colours of another picture")
    add_stack(command)
    lossy = titles((form for form in WRITTEN_FORMATS.values() if not form.is_lossless), "or")
    # Their names are those of `render`, which checks what they hold.
    command.add_argument("--format", type=parse_format, help=f"where no name says it: {', '.join(WRITTEN_FORMATS)}")
    command.add_argument("--quality", type=int, default=DEFAULT_QUALITY, help=f"of a {lossy}, 1..100")
    command.add_argument("--max-side", type=int, metavar="PIXELS", help="shrink the result to this longer side")
    command.add_argument(
        "--keep-metadata", dest="metadata", action="store_const", const="keep", default="strip",
        help="keep the picture's EXIF and its sRGB profile",
    )  # fmt: skip
    command.add_argument("--embed-recipe", action="store_true", help="put the recipe into the picture")


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
    plan = plan_of(pipeline.steps)  # that of the pipeline itself has no titles
    timings = plan.time_passes(noise_picture(height, width))
    for number, (timing, one_pass) in enumerate(zip(timings, plan.passes, strict=True), 1):
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


def apply_to_files(options: argparse.Namespace) -> int:
    """One file into another, or several into a folder; the exit status."""
    target: Path = options.target
    first = Path(options.sources[0])
    is_folder = target != STANDARD and target.is_dir()
    if is_one_file(options.sources) and not (is_folder and first != STANDARD):
        apply_to_file(options, first)
        return 0
    if target == STANDARD or target.suffix.lower() in FORMATS:
        raise usage(f"several pictures need a folder, and {target} is none")
    return develop_files(options.sources, target, read_wishes(options, options.format or DEFAULT_FORMAT))


def is_one_file(words: Sequence[str]) -> bool:
    """Whether one file is meant: no folder, and no pattern."""
    return len(words) == 1 and not Path(words[0]).is_dir() and (Path(words[0]).exists() or not glob.has_magic(words[0]))


def apply_to_file(options: argparse.Namespace, source: Path) -> None:
    """What the picture and the one it shall be like ask for, then the stack, on the file."""
    target: Path = options.target
    form = format_of(target, options.format)
    wishes = read_wishes(options, form)
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if source == STANDARD else read_photo(source)
    file = develop(data, wishes.recipe_json, wishes.tables, **wishes.options)
    if target == STANDARD:
        sys.stdout.buffer.write(file)
        sys.stdout.buffer.flush()
    else:
        write_whole(target, file)


def format_of(target: Path, asked: str | None) -> str:
    """The format of a result: by its name, or as asked for."""
    if target == STANDARD:
        if sys.stdout.isatty():
            raise usage("the standard output is this terminal, which shows no pictures; > FILE leads it elsewhere")
        return asked or DEFAULT_FORMAT
    form = FORMATS.get(target.suffix.lower())
    if form is None:
        raise usage(f"{target.name} does not end in one of {', '.join(FORMATS)}")
    if asked and asked != form:
        raise usage(f"{target.name} is called as {form} is, and --format asks for {asked}")
    return form


def develop_batch(options: argparse.Namespace) -> int:
    """Many files into a folder; the exit status."""
    return develop_files(
        options.sources, options.target, read_wishes(options, options.format or DEFAULT_FORMAT),
        template=options.name, look=options.look or (options.recipe.stem if options.recipe else "edited"),
        jobs=options.jobs, scheduler=options.scheduler, resume=options.resume, report=options.report,
    )  # fmt: skip


def render_video(options: argparse.Namespace) -> int:
    """One video into another; the exit status."""
    if find_spec("av") is None:
        raise usage("video needs PyAV: pip install 'emulsion-effects[video]'")
    # Whoever works on photos alone need not have it.
    command = import_module("effects.video.command")
    part = options.start, options.end
    status: int = command.render_file(
        options.source, options.target, read_stack(options), max_side=options.max_side, part=part,
        scheduler=options.scheduler,
    )  # fmt: skip
    return status


def read_wishes(options: argparse.Namespace, form: str) -> Wishes:
    """What is asked of every picture."""
    stack = read_stack(options)
    return Wishes(
        stack.to_json(), stack.tables, form, options.quality, options.max_side, options.metadata,
        options.embed_recipe, options.auto, read_photo(options.like) if options.like else None,
    )  # fmt: skip


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


def parse_format(text: str) -> str:
    """The format of a name or an ending."""
    name = FORMATS.get(f".{text.lower().removeprefix('.')}")
    if name is None:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(WRITTEN_FORMATS)}")
    return name


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
