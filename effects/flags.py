"""The flags of an effect on the command line, each read from the mark of a parameter."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import singledispatch
from pathlib import Path
from typing import Any, NoReturn

from effects.effect import STRENGTH, Effect
from effects.marks import Kept, Mark, Picture, Range, Seed, Table, Toggle
from effects.reference import allowance
from effects.render import open_backdrop, open_hald
from effects.tables.files import read_text


class Parser(argparse.ArgumentParser):
    """argparse, whose own mistakes are told like all others: in a sentence, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        """The mistake, and where it was made."""
        # What a command's own parser has raised comes by here once more.
        raise usage(message if message.startswith(self.prog) else f"{self.prog}: {message}")


def usage(sentence: str) -> argparse.ArgumentError:
    """A mistake in the words of a command, which is argparse's own error, about no argument of it in particular."""
    return argparse.ArgumentError(None, sentence)


def flags_of(effect: Effect) -> argparse.ArgumentParser:
    """A flag for every parameter, read from its mark."""
    flags = Parser(prog=f"--effect {effect.name}", argument_default=argparse.SUPPRESS)
    flags.add_argument("--strength", type=parse_number, default=1.0, help=allowance(STRENGTH))
    for param in effect.params:
        add_flag(param.mark, flags, param.name)
    return flags


@singledispatch
def add_flag(mark: Mark, flags: argparse.ArgumentParser, name: str) -> None:
    """The flag of a parameter whose value is a text."""
    flags.add_argument(f"--{name}", help=allowance(mark))


@add_flag.register(Range)
@add_flag.register(Seed)
def _(mark: Range | Seed, flags: argparse.ArgumentParser, name: str) -> None:
    flags.add_argument(f"--{name}", type=parse_number, help=allowance(mark))


@add_flag.register
def _(mark: Toggle, flags: argparse.ArgumentParser, name: str) -> None:
    flags.add_argument(f"--{name}", type=parse_truth, nargs="?", const=True, help=allowance(mark))


@add_flag.register
def _(mark: Table, flags: argparse.ArgumentParser, name: str) -> None:
    flags.add_argument(f"--{name}", type=read_table_file, metavar="FILE", help=allowance(mark))


@add_flag.register
def _(mark: Picture, flags: argparse.ArgumentParser, name: str) -> None:
    flags.add_argument(f"--{name}", type=read_picture_file, metavar="FILE", help=allowance(mark))


def read_table_file(path: str) -> Kept:
    """The colour table in a file: text by the ending of its name, anything else is taken for a picture."""
    return read_file(path, lambda data, file: read_text(data, file.name) or open_hald(data, file.stem))


def read_picture_file(path: str) -> Kept:
    """The picture in a file, to lie behind somebody."""
    return read_file(path, lambda data, file: open_backdrop(data, file.stem))


def read_file(path: str, read: Callable[[bytes, Path], Kept]) -> Kept:
    """What is read of a file and its name."""
    file = Path(path)
    data = file.read_bytes()
    try:
        return read(data, file)
    except ValueError as error:
        # Of any other error argparse would keep its words to itself.
        raise argparse.ArgumentTypeError(str(error)) from None


def parse_number(text: str) -> Any:
    """The number that stands there; anything else is left for the mark to refuse."""
    try:
        return float(text)
    except ValueError:
        return text


def parse_truth(text: str) -> Any:
    """True for "true", False for "false"; anything else is left for the mark to refuse."""
    return {"true": True, "false": False}.get(text.lower(), text)
