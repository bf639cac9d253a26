"""Share a saved file: it is handed on to another app as it would be saved, where the browser can do that."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pages.components import pieces, session
from pages.components.page_component import page_component
from pages.components.picture_url import picture_url
from pages.components.save.download import Order
from pages.components.save.piece import Piece
from pages.components.trouble import trouble
from pages.components.unforeseen import fragment
from pages.components.words import _

KEY = "share_file"
_button = page_component(KEY, __file__, html='<button type="button" hidden></button><p role="status"></p>')


@dataclass
class Sharing:
    """What was asked for, by the browser's count, and what was made the last time: of which order, and the file."""

    asked: int = 0
    answered: int = 0
    of: Order | None = None
    piece: Piece | None = None


@fragment
def share_file(order_now: Callable[[], Order]) -> None:
    """The button; the file is made when it is asked for, a part of the page by itself."""
    held, part, order = session.hold("sharing", Sharing), session.part(), order_now()

    def asked() -> None:
        number = session.component_value(KEY, "asked")
        if isinstance(number, int):
            held.asked = number

    if held.asked != held.answered and session.alone_or_later(part, lambda: held.asked != held.answered):
        make(held, order)
    if held.piece is not None and held.of == order:
        pieces.passes()  # once another file would be shared
    _button(key=KEY, data=share_data(held, order), on_asked_change=asked, width="content")
    if held.of == order and held.piece is None:
        trouble(order.bench.download_trouble)


def make(held: Sharing, order: Order) -> None:
    """Make the file that is to be shared; where it cannot be made, why is kept."""
    held.of, held.piece = order, None
    with suppress(ValueError):  # the order has told why
        held.piece = order.make()
    held.answered = held.asked


def share_data(held: Sharing, order: Order) -> dict[str, Any]:
    """What the browser needs: what would be shared, and the file itself where that has been made."""
    piece = held.piece if held.of == order else None
    file = {"number": piece.key, "url": picture_url(piece.data, KEY, piece.mime)} if piece else None
    words = {
        "share": _("Share …"),
        "making": _("Making the file …"),
        "ready": _("Share {name} now").format(name=order.name),
    }
    return {"name": order.name, "mime": order.form.mime, "answered": held.answered, "file": file, "words": words}
