"""The link to all pieces in one zip."""

from __future__ import annotations

from collections.abc import Sequence

from pages.components import session
from pages.components.page_component import page_component
from pages.components.save.parcel import Parcel
from pages.components.save.piece import Piece
from pages.components.words import _

NAME = "emulsion.zip"
_link = page_component("zip_link", __file__, html='<a class="zip"></a>')


def zip_link(pieces: Sequence[Piece], key: str) -> None:
    """Offer these pieces; the link under this key gives those that are there when it is followed."""
    parcel = session.hold(f"parcel-{key}", Parcel)
    parcel.pieces = tuple(pieces)
    data = {"address": parcel.address, "name": NAME, "word": _("All as a zip")}
    _link(key=key, data=data, width="content")
