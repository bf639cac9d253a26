"""What the browser draws by itself while a slider moves: the stack after the last step that only the server can do.

It is told the picture before that part, the part's program, and which widget sets which of its variables. Picture,
program and tables go by address, and so only when they are others; a slider that moves sends nothing but its value.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from effects import Photo, Pipeline, encode
from effects.codec.formats import WRITTEN_FORMATS
from effects.shaders import program
from pages.components import session
from pages.components.drawing.dials import dials, wired_dials
from pages.components.drawing.program_address import program_address
from pages.components.page_component import page_component
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picture_url import JPEG, picture_url
from pages.components.stack.cards import Cards
from pages.components.stack.where_plane import table_plane
from pages.components.stage.preview import Staged, render_stack

log = logging.getLogger(__name__)

KEY = "instant"
QUALITY = 97
"""Of the picture that the browser begins with, 4:4:4: what is drawn of it is nearer to the file than a preview is."""

_instant = page_component(KEY, __file__)


@dataclass
class Beginnings:
    """What a session's browser begins with: a photo after these steps, and it as a file."""

    of: tuple[OpenPhoto, Pipeline] | None = None
    photo: Photo = field(init=False)
    data: bytes = b""
    mime: str = JPEG


def instant(cards: Cards) -> None:
    """Tell the browser what it can draw of the picture on the stage; nothing is to be seen of it.

    It comes last on the page: the picture itself is there before, and what the person does meanwhile goes first.
    """
    staged = session.hold("staged", Staged)
    data: dict[str, Any] = {"of": staged.number, "program": ""}
    if staged.photo is not None and staged.pipeline.steps:
        try:
            data |= what_to_draw(cards, staged.photo, staged.pipeline)
        except Exception:  # the picture on the stage is the server's anyway
            log.exception("A stack cannot be drawn by the browser")
    _instant(key=KEY, data=data)


def what_to_draw(cards: Cards, photo: OpenPhoto, pipeline: Pipeline) -> dict[str, Any]:
    """Source, program, values and dials; nothing where the stack ends with a step that only the server can do."""
    opaque = photo.preview.alpha is None
    made = program(
        pipeline,
        before=lambda count: beginning(photo, pipeline[:count]).photo.image,
        opaque=opaque,
        maps=lambda count, shape: table_plane(photo, pipeline[:count], shape),
    )
    if not made.values:
        return {}
    begun = beginning(photo, pipeline[: made.server_items])
    if opaque and begun.photo.alpha is not None:
        return {}
    return {
        **program_address(made, KEY),
        "source": picture_url(begun.data, f"{KEY}-source", begun.mime),
        "dials": wired_dials(dials(cards), made.values),
    }


def beginning(photo: OpenPhoto, steps: Pipeline) -> Beginnings:
    """The small copy of a photo after these steps, made once."""
    held = session.hold(f"{session.MADE}beginnings", Beginnings)
    if held.of != (photo, steps):
        made = render_stack(steps, photo.preview) if steps.steps else photo.preview
        if made.alpha is None:
            data, mime = encode(made, format="jpeg", quality=QUALITY), JPEG
        else:
            data, mime = encode(made, format="png"), WRITTEN_FORMATS["png"].mime
        held.of, held.photo, held.data, held.mime = (photo, steps), made, data, mime
    return held
