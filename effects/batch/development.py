"""One photo from bytes to bytes: the steps it asks for itself, then those of the stack. A pure function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from effects.auto import auto_steps
from effects.codec import open_preview
from effects.color_transfer import color_transfer
from effects.pipeline import Pipeline
from effects.render import render


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
