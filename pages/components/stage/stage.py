"""The picture one works on, in its place: whole or close by, compared with its former self."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.components.picture_url import picture_url
from pages.components.stage.modules import joined_modules

KEY = "stage"

SAYS = {
    "place": "Picture. Plus and minus zoom, 0 shows all of it, 1 and 2 show it at 100 % and 200 %, arrow keys move it "
    "when it is zoomed in; hold B to see the photo before.",
    "bar": "Before and after: how much of the photo before",
    "before": "Before",
    "after": "After",
    "out": "Zoom out",
    "fit": "Show the whole picture",
    "100": "Show it at 100 %",
    "in": "Zoom in",
}

_HERE = Path(__file__)
_stage = st.components.v2.component(
    KEY,
    html="""
<div class="stage" data-instant="server" data-frames="0" data-zoom="fit">
  <div class="place" role="group" tabindex="0">
    <div class="sheet"></div>
    <span class="word" aria-hidden="true" hidden></span>
    <span class="word" aria-hidden="true" hidden></span>
    <span class="bar" aria-hidden="true" hidden></span>
    <input type="range" min="0" max="100" step="0.1" value="50" hidden>
  </div>
  <div class="zoom">
    <button type="button" data-zoom="out">−</button>
    <button type="button" data-zoom="fit">Fit</button>
    <button type="button" data-zoom="100">100 %</button>
    <button type="button" data-zoom="in">+</button>
  </div>
</div>""",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=joined_modules(_HERE.with_suffix(".js")),
)


@dataclass(frozen=True)
class Shown:
    """What the stage shows: an encoded JPEG and its former self, of the same shape and cut (empty where there is none).

    `width` and `height` are those of the whole result, in pixels: 100 % is measured by them. `words` are for those who
    do not see it; `number` is another one for each picture.
    """

    picture: bytes
    former: bytes
    width: int
    height: int
    words: str
    number: int = 0


def stage(shown: Shown, *, comparing: bool = False) -> None:
    """Show the picture; `comparing` lays the bar between before and after over it, to be moved by hand and by key.

    A hand held still on the picture, and the key B, show the photo before as long as they are held.
    """
    data = {
        "picture": picture_url(shown.picture, KEY),
        "former": picture_url(shown.former, f"{KEY}-before") if shown.former else "",
        "width": shown.width,
        "height": shown.height,
        "alt": shown.words,
        "number": shown.number,
        "comparing": comparing,
        "says": SAYS,
    }
    _stage(key=KEY, data=data)
