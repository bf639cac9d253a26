"""The booth over the whole screen, for parties; and Space, which takes a photo there as on the page."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.words import later, translated

WORDS = {"enter": later("Full screen"), "leave": later("Leave full screen")}
_button = page_component(
    "full_screen",
    __file__,
    html='<button type="button"><span class="sign" aria-hidden="true"></span><span class="word"></span></button>',
)


def full_screen() -> None:
    """Show the button; Space presses the shutter while that can be pressed.

    What is shown then is left to `booth.css`: the video, and the row with the shutter.
    """
    _button(key="full_screen", data={"words": translated(WORDS)}, width="content")
