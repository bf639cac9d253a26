"""The stack: one card an effect or look, top to bottom in the order they are applied."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from effects import CATEGORIES, EFFECTS
from effects.effect import Effect
from effects.marks import Range, Swatch
from effects.params import Param
from pages.components import pieces, session
from pages.components.own.own_menu import own_menu
from pages.components.presses import stay_on
from pages.components.stack.auto import auto
from pages.components.stack.card import Card
from pages.components.stack.card_groups import card_groups
from pages.components.stack.card_hands import card_hands, handle
from pages.components.stack.cards import Refusal
from pages.components.stack.found_faces import found_faces
from pages.components.stack.history_menu import history_menu
from pages.components.stack.moves import DIFFERENCES, follow_slider
from pages.components.stack.needs_live import needs_live
from pages.components.stack.needs_server import needs_server
from pages.components.stack.not_promised import not_promised
from pages.components.stack.photo_match import photo_match
from pages.components.stack.where import where
from pages.components.trouble import literal, of_file, trouble
from pages.components.widgets import label, setting, widget_param
from pages.components.words import _, later
from pages.components.workbench import Workbench

EVERYTHING = later("All effects")
SOLO, WHOLE = later("Solo"), later("Show the whole stack")
OPEN_STEPS = later("Open its steps")
UP, DOWN = later("Move up"), later("Move down")
ALONE = later("{title}, shown alone")  # on the card that alone is shown; plain, for it is read aloud as it is written


def stack(bench: Workbench, *, moving: bool = False, on_device: bool = False) -> None:
    """Show the cards, and above them the way to add one; `moving` where a video goes through them, here `on_device`."""
    with st.container(key="from_photos", horizontal=True, gap="small"):
        if bench.photo is not None and not moving:
            auto(bench, bench.photo)
            photo_match(bench)
        own_menu(bench)
    add_effect(bench)
    with st.container():
        if bench.refusal is None:
            trouble(bench.trouble)
        if bench.note:
            st.info(literal(bench.note))
        if not bench.stack:
            st.caption(
                _("No effect yet. Add one above, or choose from the catalogue; they are applied from top to bottom.")
            )
    card_groups({f"card-{card.id}": card.title for card in bench.stack})
    pieces.piece(DIFFERENCES, partial(card_hands, bench))
    with st.container(key="cards"):  # and nothing else: they may stand there in another order for a moment
        for place, card in enumerate(bench.stack):
            stack_card(
                bench, card, first=place == 0, last=place == len(bench.stack) - 1, moving=moving, on_device=on_device
            )


def add_effect(bench: Workbench) -> None:
    """Choose an effect by category and title; it lands at the end of the stack."""

    def add() -> None:
        chosen = session.value("add_effect")
        if chosen and not session.is_echo("add_effect"):
            bench.add(chosen)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        category = st.selectbox(
            _("Category"),
            [EVERYTHING, *CATEGORIES],
            key="category",
            width=130,
            label_visibility="collapsed",
            persist_state="session",
            format_func=lambda name: _(CATEGORIES[name].title if name in CATEGORIES else name),
        )
        session.show("add_effect", None)  # what was chosen is on the stack
        st.selectbox(
            _("Add an effect"),
            list(CATEGORIES[category].effects if category in CATEGORIES else EFFECTS),
            index=None,
            format_func=lambda name: _(EFFECTS[name].title),
            placeholder=_("Choose an effect"),
            key="add_effect",
            label_visibility="collapsed",
            on_change=add,
            width="stretch",
        )


def undo_redo(bench: Workbench) -> None:
    """The way back and forth, by button and by key."""
    st.button(
        _("Undo"), key="undo", icon=":material/undo:", on_click=bench.undo, disabled=not bench.past, shortcut="Ctrl+Z"
    )
    st.button(
        _("Redo"), key="redo", icon=":material/redo:", on_click=bench.redo, disabled=not bench.future, shortcut="Ctrl+Y"
    )
    history_menu(bench)


def stack_card(bench: Workbench, card: Card, *, first: bool, last: bool, moving: bool, on_device: bool = False) -> None:
    """One card in one line: on or off, its main slider, the way to the rest; and, where it is open, all there is."""
    main = main_param(card)
    with st.container(border=True, key=f"card-{card.id}", gap="xxsmall"):
        head(bench, card, main, first=first, last=last)
        if card.step.muted:
            return
        if main is not None:
            param_trouble(bench, card, main)
        if not moving:
            needs_live(card.steps)
        if on_device:
            needs_server(card.step)
        if card.id not in bench.opened:
            st.empty()  # at once in the place of what was open there; else that goes when all is drawn
            return
        with st.container(gap=None):
            rest(bench, card, main, moving=moving)


def rest(bench: Workbench, card: Card, main: Param | None, *, moving: bool) -> None:
    """All that an open card has below its line."""
    if card.summary:
        st.caption(card.summary)
    not_promised(card.step, moving=moving)
    if bench.photo is not None and not moving:
        found_faces(bench, bench.photo, card)
    if card.effect is None:
        steps_of(card)
    else:
        settings(bench, card, card.effect, main)
    where(bench, card, moving=moving)


def steps_of(card: Card) -> None:
    """What a look does, one step after another; they can be set when they are opened into cards."""
    st.caption(_("Its steps: {titles}.").format(titles=", ".join(_(step.effect.title) for step in card.steps)))


def settings(bench: Workbench, card: Card, effect: Effect, main: Param | None) -> None:
    """A line for each of an effect's parameters that count just now, the rare ones under More; and for its strength."""
    counting = [param for param in effect.params if param is not main and param.when.holds(card.params)]
    with st.container(key=f"{card.id}-lines", gap=None):
        for param in counting:
            if not param.rare:
                param_line(bench, card, param)
        if main is not None and card.has_slider:
            strength(bench, card)
        rare = [param for param in counting if param.rare]
        if rare:
            with st.expander(_("More"), key=f"{card.id}-more", type="compact"):
                for param in rare:
                    param_line(bench, card, param)


def param_line(bench: Workbench, card: Card, param: Param) -> None:
    """A parameter's name and widget, and what is wrong with what was asked of it."""
    param_setting(bench, card, param)
    param_trouble(bench, card, param)


def main_param(card: Card) -> Param | None:
    """The parameter whose slider a closed card shows: an effect's only one; else it is the strength that is shown."""
    params = card.effect.params if card.effect else ()
    return params[0] if len(params) == 1 and isinstance(params[0].mark, Range) else None


def param_setting(bench: Workbench, card: Card, param: Param, *, is_named: bool = True) -> None:
    """The widget of one parameter of a card."""
    key = f"{card.id}-{param.name}"
    changed = partial(set_param, bench, card.id, param)
    put = partial(put_param, bench, card.id, param)
    setting(param.mark, param.name, key, bench.shown_value(card, param.name), changed, put=put, is_named=is_named)


def param_trouble(bench: Workbench, card: Card, param: Param) -> None:
    """Why what was last asked of a parameter cannot be, if that is so."""
    if bench.is_about(card, param.name) and card.effect is not None:
        trouble(as_on_the_card(bench.trouble, card.effect, param))


def as_on_the_card(sentence: str, effect: Effect, param: Param) -> str:
    """What the library says of a parameter, in the words of its card."""
    return sentence.replace(f"{effect.name}: {param.name} ", f"{_(effect.title)}: {label(param.name)} ", 1)


def head(bench: Workbench, card: Card, main: Param | None, *, first: bool, last: bool) -> None:
    """A card's line: its name as its switch, its main slider, its menu, and the way to all the rest."""
    step, on = card.step, f"{card.id}-on"

    def switch() -> None:
        if not session.is_echo(on):
            bench.change(card.id, muted=not session.value(on))

    title, alone = literal(card.title), bench.alone is not None and bench.alone.id == card.id
    with st.container(key=f"{card.id}-head", horizontal=True, vertical_alignment="center", gap="xsmall"):
        handle(card.id, title)
        with session.showing(on, not step.muted):
            st.toggle(
                _(ALONE).format(title=title) if alone else title,
                not step.muted,
                key=on,
                on_change=switch,
                width="stretch",
            )
        if not step.muted:
            with st.container(key=f"{card.id}-main", width=120):
                if main is not None:
                    param_setting(bench, card, main, is_named=False)
                elif card.has_slider:
                    strength(bench, card, is_named=False)
        menu(bench, card, alone=alone, first=first, last=last)
        is_open = card.id in bench.opened
        st.button(
            (_("Close {title}") if is_open else _("Open {title}")).format(title=title),
            icon=f":material/{'expand_less' if is_open else 'expand_more'}:",
            key=f"{card.id}-open",
            type="tertiary",
            on_click=bench.toggle_open,
            args=(card.id,),
            disabled=step.muted,
        )


def menu(bench: Workbench, card: Card, *, alone: bool, first: bool, last: bool) -> None:
    """What else can be done with a card."""
    key, title = f"{card.id}-menu", literal(card.title)
    actions: dict[str, Callable[[str], None]] = {
        UP: partial(bench.move, by=-1),
        DOWN: partial(bench.move, by=1),
        later("Duplicate"): bench.duplicate,
        OPEN_STEPS: bench.open_steps,
        later("Reset"): bench.reset,
        WHOLE if alone else SOLO: bench.toggle_solo,
        later("Remove"): bench.remove,
    }
    if not card.is_group:
        del actions[OPEN_STEPS]
    if first:
        del actions[UP]
    if last:
        del actions[DOWN]

    def act() -> None:
        chosen = session.value(key)  # nothing, where the menu has gone meanwhile
        if chosen in actions:
            actions[chosen](card.id)

    st.menu_button(
        _("More for {title}").format(title=title),
        tuple(actions),
        format_func=_,
        icon=":material/more_vert:",
        key=key,
        type="tertiary",
        on_click=act,
    )


def set_param(bench: Workbench, card: str, param: Param) -> None:
    """Take over what the parameter's widget holds; an uploaded table that cannot be read is told, not taken."""
    key = f"{card}-{param.name}"
    held = session.value(key)
    if session.is_echo(key):
        return
    if held is None:  # a file taken out of its field (as when another takes its place) leaves the table on the card
        bench.trouble = ""
        return
    try:
        value = widget_param(param.mark, held)
    except ValueError as error:
        bench.refuse(of_file(held.name, error), Refusal(card, param.name))
    else:
        bench.change(card, params={param.name: value}, stay=stay_on(key))
        if isinstance(param.mark, Range | Swatch):
            follow_slider(bench, key)


def put_param(bench: Workbench, card: str, param: Param, value: Any) -> None:
    """Give a parameter a value that no widget of its own holds."""
    bench.change(card, params={param.name: value})


def strength(bench: Workbench, card: Card, *, is_named: bool = True) -> None:
    """How much of the effect, or of a look's steps together, is mixed into the picture."""
    key = f"{card.id}-strength"

    def changed() -> None:
        if not session.is_echo(key):
            bench.change(card.id, strength=session.value(key), stay=stay_on(key))
            follow_slider(bench, key)

    with session.showing(key, float(card.step.strength)):
        st.slider(
            _("Strength"),
            0.0,
            1.0,
            float(card.step.strength),
            step=0.01,
            format="percent",
            key=key,
            on_change=changed,
            label_visibility="visible" if is_named else "collapsed",
        )
