"""The video that was made, played where it lies: the browser asks for the parts it shows."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.words import _

KEY = "video_player"

_player = page_component(
    KEY, __file__, html='<video controls playsinline preload="metadata" hidden></video><img alt="" hidden>'
)


def video_player(address: str, mime: str) -> None:
    """Show the video at this address, or the animation."""
    _player(key=KEY, data={"address": address, "mime": mime, "word": _("The video with its effects")})
