"""One photo from bytes to bytes, or from file to file: the steps it asks for itself, then those of the stack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from effects.auto import auto_steps
from effects.codec import open_preview
from effects.codec.limits import check_bytes
from effects.color_transfer import color_transfer
from effects.memory.bands import on_one_core
from effects.pipeline import Pipeline
from effects.render import render
from effects.workers.shared_files import Source, Target


@dataclass(frozen=True)
class Developed:
    """What became of a photo: the SHA-256 of its file, how many bytes the result has, and those if they go back."""

    digest: bytes
    size: int
    data: bytes | None


def develop_file(
    source: Source, target: Target, recipe_json: str, tables: Mapping[str, Any] | None = None, **options: Any
) -> Developed:
    """The file of a photo after `develop`, written where it is wanted: by whoever does it, wherever that is.

    On one core: a batch has the others work on other photos.
    """
    data = source.read()
    check_bytes(len(data))
    with on_one_core():
        file = develop(data, recipe_json, tables, **options)
    return Developed(sha256(data).digest(), len(file), target.write(file))


def develop(
    data: bytes,
    recipe_json: str,
    tables: Mapping[str, Any] | None = None,
    *,
    auto: bool = False,
    like: bytes | None = None,
    **options: Any,
) -> bytes:
    """The file that `render` makes of a photo, with its options, and with its own steps before those of the recipe.

    `auto` makes up for contrast, colour of light and exposure; `like` is a file with a picture whose colours it takes.
    """
    pipeline = steps_of_pictures(data, like=like, auto=auto) + Pipeline.from_json(recipe_json, tables)
    return render(data, pipeline.to_json(), tables=pipeline.tables, **options)


def steps_of_pictures(source: bytes, *, like: bytes | None, auto: bool) -> Pipeline:
    """The steps that are read from the picture itself and from the one it shall be like, if any are asked for."""
    if not auto and like is None:
        return Pipeline()
    photo = open_preview(source)
    steps = auto_steps(photo) if auto else Pipeline()
    return steps if like is None else steps + color_transfer(steps.apply(photo), open_preview(like))
