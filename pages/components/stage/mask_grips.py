"""A card's mask in the picture: which shape is moved or painted, where its handles are, what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from effects import Photo, Pipeline, encode
from effects.codec.formats import WRITTEN_FORMATS
from effects.effect import Kind
from effects.marks import Range
from effects.masks.mask import Mask
from effects.masks.shapes import COMMON, Brush, Color, Linear, Radial, Shape
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picture_url import picture_url
from pages.components.stack.cards import Cards
from pages.components.stack.where import slider_limits
from pages.components.stack.where_changes import set_shape, shape_in_hand
from pages.components.stack.where_plane import mask_plane, seen_picture
from pages.components.stack.where_shapes import setting_title
from pages.components.words import _, later

RED = (235, 30, 45)  # of the veil, as darkrooms have it on film
PNG = WRITTEN_FORMATS["png"].mime

ENDS = {
    "center": later("{title}: where the gradient begins"),
    "center2": later("{title}: from where on it counts in full"),
}
CENTRE = later("{title}: the middle of the circle")


@dataclass(frozen=True)
class MaskHold:
    """A card whose mask is shown in the picture, and the place of the shape that is in hand.

    `seen` is what comes before the card; `before` is what is shown meanwhile where a later step moves what it made.
    """

    card: str
    title: str
    mask: Mask
    place: int
    seen: Pipeline
    before: Pipeline | None

    @property
    def shape(self) -> Shape:
        """The one in hand."""
        return self.mask[self.place]

    @property
    def needs_room(self) -> bool:
        """Whether nothing else may lie over the picture."""
        return self.before is not None or isinstance(self.shape, Brush)


def mask_hold_of(cards: Cards) -> MaskHold | None:
    """The open card whose mask is to be shown; None where there is none."""
    shown = (cards.alone,) if cards.alone else cards.stack
    for place, card in enumerate(shown):
        if card.id == cards.masking.card and card.id in cards.opened and card.step.mask and not card.step.muted:
            seen, later_cards = Pipeline(tuple(each.step for each in shown[:place])), shown[place + 1 :]
            moves = any(
                step.effect.kind in (Kind.CANVAS, Kind.GEOMETRIC) and step.is_active
                for each in later_cards
                if each.step.is_active
                for step in each.steps
            )
            before = seen + card.step if moves else None
            return MaskHold(card.id, card.title, card.step.mask, shape_in_hand(cards, card), seen, before)
    return None


@dataclass(frozen=True)
class Veil:
    """A mask as it lies over the picture, a PNG; and what it is read from, where a colour may be picked in that."""

    picture: bytes
    seen: bytes = b""


def veil_of(hold: MaskHold, photo: OpenPhoto) -> Veil | None:
    """The veil of a mask over what its step sees of a photo; None where it cannot be made of that."""
    try:
        plane = mask_plane(photo, hold.seen, hold.mask)
        seen = Photo(seen_picture(photo, hold.seen)) if isinstance(hold.shape, Color) else None
    except ValueError:
        return None
    picture = encode(Photo(np.full((*plane.shape, 3), RED, np.uint8), plane), format="png")
    return Veil(picture, encode(seen, format="png") if seen else b"")


def mask_data(cards: Cards, hold: MaskHold, veil: Veil) -> dict[str, Any]:
    """What the browser needs to draw a mask and its handles, and to say what they are; see `grips_data`."""
    shape, (load, count) = hold.shape, cards.last_press
    marks = {**COMMON, **shape.marks}
    names = [name for name in shape.marks if name not in ("low", "high")]
    values = {name: getattr(shape, name) for name in names}
    limits = {name: wide_limits(mark, name, values[name]) for name in names if isinstance(mark := marks[name], Range)}
    is_line, is_ellipse = isinstance(shape, Linear), isinstance(shape, Radial)
    spots = [["x0", "y0"], ["x1", "y1"]] if is_line else [["x", "y"]] if is_ellipse else []
    return {
        **NO_GRIPS,
        "card": f"{hold.card}/{hold.place}",
        "values": values,
        "limits": limits,
        "spots": spots,
        "between": is_line,
        "ellipse": ["rx", "ry"] if is_ellipse else [],
        "angle": "angle" if is_ellipse else "",
        "bearing": [180, 1],  # it is taken hold of opposite to the half axis `rx`
        "says": handle_words(hold, names),
        "veil": picture_url(veil.picture, "stage-veil", PNG),
        "seen": picture_url(veil.seen, "stage-seen", PNG) if veil.seen else "",
        "brush": brush_data(cards, shape) if isinstance(shape, Brush) else None,
        "followed": [load, count],
    }


NO_GRIPS: Mapping[str, Any] = {
    **dict.fromkeys(("box", "spots", "aside", "shapes", "turns"), ()),
    **dict.fromkeys(("around", "across", "angle", "turned", "words", "shape"), ""),
    **{"cuts": False, "longest": 0, "anchor": (0.5, 0.5), "margin": 0},
}
"""What a mask has nothing of."""


def brush_data(cards: Cards, shape: Brush) -> dict[str, Any]:
    """The brush in hand; `takes` says whether what it paints is taken away from what the mask is in the end."""
    hand = cards.masking
    takes = hand.is_eraser ^ shape.invert ^ (shape.how == "subtract")
    return {"size": hand.size, "soft": hand.soft, "erase": hand.is_eraser, "takes": takes}


def wide_limits(mark: Range, name: str, value: float) -> tuple[float, float]:
    """How far a handle goes: as far as the setting's slider."""
    low, high = slider_limits(mark, name)
    return (low, high) if low <= value <= high else (mark.low, mark.high)


def handle_words(hold: MaskHold, names: list[str]) -> dict[str, str]:
    """What each handle is called, for those who do not see it."""
    spots = ENDS if isinstance(hold.shape, Linear) else {"center": CENTRE}
    says = {name: _(words).format(title=hold.title) for name, words in spots.items()}
    settings = {name: setting_title(name).lower() for name in names}
    return says | {
        name: _("{title}: {setting}").format(title=hold.title, setting=setting) for name, setting in settings.items()
    }


def follow_mask(cards: Cards, told: Any) -> None:
    """Do what the browser asks for by hand on a mask in the picture; nothing where it tells of something else."""
    match told:
        case {"card": str(name), "values": dict(values), "stay": str(stay)} if (
            name[-2:-1] == "/" and name[-1].isdecimal()
        ):
            set_named(cards, name[:-2], int(name[-1]), values, f"stage {stay}")


def set_named(cards: Cards, name: str, place: int, values: Mapping[str, Any], stay: str) -> None:
    """Set those values of a shape that can be moved in the picture."""
    card = cards.card(name)
    if card is not None and place < len(card.step.mask):
        known = card.step.mask[place].marks
        set_shape(cards, name, place, {key: value for key, value in values.items() if key in known}, stay)
