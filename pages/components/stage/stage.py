"""The picture one works on, in its place: whole or close by, compared with its former self."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pages.components import session
from pages.components.drawing.dials import dials, settings
from pages.components.page_component import page_component
from pages.components.picture_url import picture_url
from pages.components.stack.cards import Cards
from pages.components.stage.face_marks import FaceMark
from pages.components.stage.grips import Hold, grips_data, wish_of
from pages.components.stage.mask_grips import MaskHold, Veil, follow_mask, mask_data
from pages.components.words import later, translated

KEY = "stage"

SAYS = {
    "place": later(
        "Picture. Plus and minus zoom, 0 shows all of it, 1 and 2 show it at 100 % and 200 %, arrow keys move it when "
        "it is zoomed in; hold B to see the photo before."
    ),
    "bar": later("Before and after: how much of the photo before"),
    "before": later("Before"),
    "after": later("After"),
    "out": later("Zoom out"),
    "fit": later("Fit the whole picture"),
    "whole": later("Fit"),
    "100": later("Show it at 100 %"),
    "in": later("Zoom in"),
    "shapes": later("Shape"),
    "turns": later("Turn and level"),
    "ready": later("Ready"),
}

_stage = page_component(
    KEY,
    __file__,
    html="""
<div class="stage" data-instant="server" data-frames="0" data-zoom="fit">
  <div class="place" role="group" tabindex="0">
    <div class="sheet"></div>
    <canvas class="veil" aria-hidden="true" hidden></canvas>
    <span class="tip" aria-hidden="true" hidden></span>
    <span class="word" aria-hidden="true" hidden></span>
    <span class="word" aria-hidden="true" hidden></span>
    <span class="bar" aria-hidden="true" hidden></span>
    <div class="shade"><div class="box"></div><div class="ring"></div><div class="band"></div>
      <div class="ring arm"></div></div>
    <input class="range" type="range" min="0" max="100" step="0.1" value="50" hidden>
    <div class="handles"></div>
    <div class="faces"></div>
    <span class="line" aria-hidden="true" hidden></span>
    <textarea class="write" rows="1" hidden></textarea>
  </div>
  <div class="chips" role="group" hidden></div>
  <div class="zoom">
    <button type="button" data-zoom="out">−</button>
    <button type="button" data-zoom="fit"></button>
    <button type="button" data-zoom="100">100 %</button>
    <button type="button" data-zoom="in">+</button>
  </div>
</div>""",
)


@dataclass
class Followed:
    """The last wish that the server followed: of which page load, and its number there."""

    last: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Shown:
    """What the stage shows: an encoded JPEG and its former self, of the same shape and cut (empty where there is none).

    `width` and `height` are those of the whole result, in pixels: 100 % is measured by them. `words` are for those who
    do not see it; `number` is another one for each picture, and `photo` another word for each photo.
    """

    picture: bytes
    former: bytes
    width: int
    height: int
    words: str
    number: int = 0
    photo: str = ""


def stage(
    cards: Cards,
    shown: Shown,
    *,
    comparing: bool = False,
    hold: Hold | MaskHold | None = None,
    veil: Veil | None = None,
    faces: Sequence[FaceMark] = (),
) -> None:
    """Show the picture; `comparing` lays the bar between before and after over it, to be moved by hand and by key.

    A hand held still on the picture, and the key B, show the photo before as long as they are held. Of the card in
    `hold` what lies in the picture is moved there, by handles; a drag is one step back. Of a mask that is in `hold`
    the `veil` lies over the picture. A press on one of the `faces` is one on what stands for it on its card.
    """

    def moved() -> None:
        told = session.component_value(KEY, "moved")
        asked = wish_of(cards, told)
        if asked is not None:
            name, values, stay = asked
            cards.change(name, params=values, stay=stay)
        follow_mask(cards, told)
        match told:
            case {"load": str(load), "number": int(number)}:
                session.hold("followed", Followed).last = load, number

    def ready() -> None:
        name = session.component_value(KEY, "ready")
        if name in cards.opened:
            cards.toggle_open(name)

    if isinstance(hold, MaskHold):
        grips = mask_data(cards, hold, veil) if veil else None
    else:
        grips = grips_data(hold) if hold else None
    data = {
        "picture": picture_url(shown.picture, KEY),
        "former": picture_url(shown.former, f"{KEY}-before") if shown.former else "",
        "width": shown.width,
        "height": shown.height,
        "alt": shown.words,
        "number": shown.number,
        "photo": shown.photo,
        "comparing": comparing,
        "says": translated(SAYS),
        "grips": grips,
        "faces": [asdict(face) for face in faces],
        "settings": settings(dials(cards)),
        "seen": list(session.hold("followed", Followed).last),
    }
    _stage(key=KEY, data=data, on_moved_change=moved, on_ready_change=ready)
