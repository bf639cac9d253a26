"""Where a card counts: everywhere, or in a mask of shapes that are set here, and moved and painted on the picture."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from effects import Pipeline, RecipeError
from effects.marks import Range
from effects.masks.mask import MAX_SHAPES
from effects.masks.shapes import COMMON, Brush, Color, Luma, Shape, Stroke
from pages.components import session
from pages.components.presses import stay_on
from pages.components.stack.card import Card
from pages.components.stack.cards import Cards
from pages.components.stack.where_changes import (
    add_shape,
    choose_shape,
    choose_where,
    remove_shape,
    set_shape,
    shape_in_hand,
    show_mask,
)
from pages.components.stack.where_plane import card_picture, mask_plane
from pages.components.stack.where_shapes import (
    ABOVE,
    EVERYWHERE,
    HOWS,
    KINDS,
    SEVERAL,
    setting_title,
    settings_of,
    title_of_kind,
)
from pages.components.trouble import literal
from pages.components.widgets import widget
from pages.components.words import _
from pages.components.workbench import Workbench

MAX_FEATHER = 0.3  # of the shorter side, on its slider: more is no shape any more
SIZE = Range(0.01, 1, "side", scale="log")
"""Of a brush on its slider."""


def where(cards: Workbench, card: Card, *, moving: bool = False) -> None:
    """Choose where a card counts, and set the shapes of its mask; nothing where it is there or not at all.

    Where a video goes through the cards (`moving`) there is no picture to paint on.
    """
    if not card.has_slider:
        return
    with st.container(key=f"{card.id}-where-lines", gap=None):
        choice(cards, card, moving=moving)
        if card.step.mask and not moving:
            in_picture(cards, card)
        if not card.step.mask or card.is_as_above:
            return
        place = shape_in_hand(cards, card)
        if len(card.step.mask) > 1:
            shapes(cards, card, place)
        shape = card.step.mask[place]
        if isinstance(shape, Brush) and not moving:
            brush(cards, card, shape)
        if place or shape.how != "add":
            combining(cards, card, place, shape)
        if isinstance(shape, Color) and cards.masking.card == card.id:
            st.caption(_("Touch a colour in the picture, or choose one here."))
        for name in settings_of(shape):
            shape_setting(cards, card, place, name)
        more_shapes(cards, card, place, moving=moving)


def choice(cards: Cards, card: Card, *, moving: bool) -> None:
    """The list of where a card may count, with what it does now."""
    key, mask = f"{card.id}-where", card.step.mask
    place = cards.stack.index(card)
    has_above = place > 0 and cards.stack[place - 1].step.mask
    chosen = EVERYWHERE if not mask else ABOVE if card.is_as_above else mask[0].kind if len(mask) == 1 else SEVERAL
    options = [EVERYWHERE, *(kind for kind in KINDS if not moving or kind != Brush.kind or kind == chosen)]
    options += [ABOVE] if has_above or chosen == ABOVE else []
    options += [SEVERAL] if chosen == SEVERAL else []

    def choose() -> None:
        if not session.is_echo(key):
            choose_where(cards, card.id, session.value(key))

    with session.showing(key, chosen):
        st.selectbox(_("Where"), options, options.index(chosen), title_of_kind, key=key, on_change=choose)


def in_picture(cards: Workbench, card: Card) -> None:
    """The mask as a small picture, and the way to have it shown in the large one."""
    with st.container(key=f"{card.id}-where-picture", horizontal=True, vertical_alignment="center", gap="xsmall"):
        if not card.is_as_above:
            showing(cards, card)
        if cards.photo is None:
            return
        seen = (
            Pipeline() if cards.alone else Pipeline(tuple(each.step for each in cards.stack[: cards.stack.index(card)]))
        )
        try:
            picture = card_picture(mask_plane(cards.photo, seen, card.step.mask))
        except ValueError:
            return  # what cannot be made of the photo is told beside the large picture
        words = escape(_("Mask of {title}").format(title=card.title), quote=True)
        st.html(
            f'<img class="mask" alt="{words}" src="data:image/png;base64,{b64encode(picture).decode()}">',
            width="content",
        )


def showing(cards: Cards, card: Card) -> None:
    """Whether the mask is shown in the picture, in red, to be moved and painted there."""
    key, is_shown = f"{card.id}-where-shown", cards.masking.card == card.id

    def show() -> None:
        if not session.is_echo(key):
            show_mask(cards, card.id, session.value(key))

    with session.showing(key, is_shown):
        st.toggle(_("Show in the picture"), is_shown, key=key, on_change=show)


def shapes(cards: Cards, card: Card, place: int) -> None:
    """Which of several shapes is set below, and moved in the picture."""
    key, places = f"{card.id}-where-shape", range(len(card.step.mask))

    def choose() -> None:
        if not session.is_echo(key):
            choose_shape(cards, card.id, session.value(key))

    def name(number: int) -> str:
        kind = title_of_kind(card.step.mask[number].kind) if number in places else ""
        return f"{number + 1}: {kind}"

    with session.showing(key, place):
        st.selectbox(_("Shape"), places, place, name, key=key, on_change=choose)


def brush(cards: Cards, card: Card, shape: Brush) -> None:
    """The brush that the next stroke is painted with."""
    if not shape.strokes:
        st.caption(_("Paint on the picture where the effect shall count. A pen that is pressed less paints finer."))
    if why := link_trouble(cards):
        st.caption(literal(why))
    tool(cards, card, "size", _("Brush size"), SIZE)
    tool(cards, card, "soft", _("Softness"), Stroke.marks["soft"])
    tool(cards, card, "is_eraser", _("Erase"), Stroke.marks["erase"])


def link_trouble(cards: Cards) -> str:
    """Why the address cannot hold the stack any more, in a sentence; empty where it can."""
    try:
        cards.pipeline.to_link()
    except RecipeError as error:
        sentence = str(error)
        return f"{sentence[:1].upper()}{sentence[1:]}."
    return ""


def tool(cards: Cards, card: Card, name: str, title: str, mark: Any) -> None:
    """One setting of the brush in hand, which is no part of the stack."""
    key, value = f"{card.id}-where-{name}", getattr(cards.masking, name)

    def changed() -> None:
        if not session.is_echo(key):
            cards.hold_brush(**{name: session.value(key)})

    with session.showing(key, value):
        widget(mark, title, value, {"key": key, "on_change": changed})


def combining(cards: Cards, card: Card, place: int, shape: Shape) -> None:
    """What a shape does to those before it."""
    key, options = f"{card.id}-where-how", list(HOWS)

    def changed() -> None:
        if not session.is_echo(key):
            set_shape(cards, card.id, place, {"how": session.value(key)})

    with session.showing(key, shape.how):
        st.selectbox(
            setting_title("how"),
            options,
            options.index(shape.how),
            lambda how: _(HOWS[how]),
            key=key,
            on_change=changed,
        )


def shape_setting(cards: Cards, card: Card, place: int, name: str) -> None:
    """The widget of one setting of a shape; both ends of a range of light are one slider."""
    shape = card.step.mask[place]
    key, is_range = f"{card.id}-where-{name}", name == "low" and isinstance(shape, Luma)
    value = (shape.low, shape.high) if isinstance(shape, Luma) and is_range else getattr(shape, name)

    def changed() -> None:
        if session.is_echo(key):
            return
        held = session.value(key)
        values = dict(zip(("low", "high"), held, strict=True)) if is_range else {name: held}
        set_shape(cards, card.id, place, values, stay_on(key))

    with session.showing(key, value):
        if is_range:
            st.slider(setting_title(name), 0.0, 1.0, value, 0.01, "percent", key=key, on_change=changed)
        else:
            common = {"key": key, "on_change": changed}
            widget(slider_mark(shape, name, value), setting_title(name), value, common)


def slider_limits(mark: Range, name: str) -> tuple[float, float]:
    """The least and the most of a setting that are of use on most pictures; an ellipse is the same half a turn on."""
    if mark.unit == "deg":
        return -90.0, 90.0
    return max(mark.low, 0.0), MAX_FEATHER if name == "feather" else 1.0


def slider_mark(shape: Shape, name: str, value: Any) -> Any:
    """The mark of a setting as its slider has it: what is rarely wanted is on it where it is there.

    A place beside the picture, a half axis longer than it, a feather as wide as the shape.
    """
    mark = {**COMMON, **shape.marks}[name]
    if not isinstance(mark, Range):
        return mark
    low, high = slider_limits(mark, name)
    return Range(low, high, mark.unit) if low <= value <= high else mark


def more_shapes(cards: Cards, card: Card, place: int, *, moving: bool) -> None:
    """The way to another shape, and to be rid of the one in hand."""
    key, title = f"{card.id}-where-add", literal(card.title)
    kinds = tuple(kind for kind in KINDS if not moving or kind != Brush.kind)

    def add() -> None:
        kind = session.value(key)
        if kind in kinds:
            add_shape(cards, card.id, kind)

    with st.container(key=f"{card.id}-where-more", horizontal=True, gap="xsmall"):
        st.menu_button(
            _("Add a shape"),
            kinds,
            format_func=title_of_kind,
            key=key,
            icon=":material/add:",
            on_click=add,
            disabled=len(card.step.mask) == MAX_SHAPES,
        )
        if len(card.step.mask) == 1:
            return
        st.button(
            _("Remove the shape {number} of {title}").format(number=place + 1, title=title),
            key=f"{card.id}-where-drop",
            icon=":material/delete:",
            type="tertiary",
            on_click=partial(remove_shape, cards, card.id, place),
        )
