"""Two more buttons for a photo: paste the one in the clipboard, and on a phone take one with its own camera."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.words import later, translated

WORDS = {
    "paste": later("Paste"),
    "take": later("Take a photo"),
    "empty": later("There is no picture in the clipboard."),
    "refused": later("The browser keeps its clipboard to itself. Press Ctrl+V (on a Mac, Cmd+V) on the page instead."),
}

_buttons = page_component(
    "photo_buttons",
    __file__,
    html="""
<div>
  <button type="button"></button>
  <label><input type="file" accept="image/*" capture="environment"><span></span></label>
  <p role="status"></p>
</div>""",
)


def photo_buttons() -> None:
    """Offer both where the browser has them; what they bring goes the way of all photos (see `intake`)."""
    _buttons(key="photo_buttons", data={"words": translated(WORDS)}, width="content")
