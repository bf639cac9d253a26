"""The shot: the newest piece of the tray as a tile beside the shutter; it flies there, and opens large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pages.components import session
from pages.components.live import large_view
from pages.components.live.tray import TYPES
from pages.components.page_component import page_component
from pages.components.picture_url import picture_url
from pages.components.save.piece import Piece
from pages.components.words import _, later, translated

KEY = "shot"
WORDS = {
    "none": later("No photo yet"),
    "open": later("Open the newest photo or recording"),
    **large_view.WORDS,
}
NOTHING: dict[str, Any] = {"number": 0, "url": "", "name": "", "mime": "", "can_edit": False, "word": ""}

_tile = page_component(
    "shot",
    __file__,
    html="""
<button type="button" class="tile"></button>
<p role="status"></p>
<dialog>
  <div class="large"></div>
  """
    + large_view.ACTS
    + """
</dialog>""",
)


def shot(kept: Sequence[Piece], edit: Callable[[int], None], drop: Callable[[int], None]) -> None:
    """Show the newest piece, or the place for it; `edit` and `drop` are called with a piece's number.

    The browser knows by the number which piece is new. What it shows large stays there whatever the page does.
    """
    data = {"piece": piece_data(kept[0]) if kept else NOTHING, "words": translated(WORDS)}

    def press(name: str, act: Callable[[int], None]) -> Callable[[], None]:
        def pressed() -> None:
            number = session.component_value(KEY, name)
            if isinstance(number, int):
                act(number)

        return pressed

    _tile(
        key=KEY, data=data, width="content", on_edit_change=press("edit", edit), on_delete_change=press("delete", drop)
    )


def piece_data(piece: Piece) -> dict[str, Any]:
    """What the browser needs of a piece, to show it, save it and hand it on."""
    return {
        "number": piece.key,
        "url": picture_url(piece.data, KEY, piece.mime),
        "name": piece.name,
        "mime": piece.mime,
        "can_edit": bool(piece.raw),
        "word": _("Recording ready") if piece.mime in {mime for mime, _ending in TYPES.values()} else _("Photo taken"),
    }
