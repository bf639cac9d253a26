"""The stack: one card an effect, top to bottom in the order they are applied."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from effects import CATEGORIES, EFFECTS, Step
from effects.effect import Effect, Kind
from effects.marks import Range
from effects.params import Param
from pages.components import session
from pages.components.auto import auto
from pages.components.card_groups import card_groups
from pages.components.cards import Card, Refusal
from pages.components.needs_live import needs_live
from pages.components.presses import stay_on
from pages.components.trouble import of_file, trouble
from pages.components.widgets import label, setting, widget_param
from pages.components.workbench import Workbench

EVERYTHING = "All effects"
SOLO, WHOLE = "Solo", "Show the whole stack"
ALONE = "shown alone"  # stands on the card whose effect alone is shown; plain, for it is read aloud as it is written


def stack(bench: Workbench, *, moving: bool = False) -> None:
    """Show the cards, and above them the way to add one; `moving` where a video goes through them."""
    add_effect(bench)
    if bench.photo is not None and not moving:
        auto(bench, bench.photo)
    with st.container():
        if bench.refusal is None:
            trouble(bench.trouble)
        if not bench.stack:
            st.caption(
                "No effect yet. Add one above, or choose from the catalogue; they are applied from top to bottom."
            )
    card_groups({f"card-{card.id}": card.step.effect.title for card in bench.stack})
    for place, card in enumerate(bench.stack):
        effect_card(bench, card, first=place == 0, last=place == len(bench.stack) - 1, moving=moving)


def add_effect(bench: Workbench) -> None:
    """Choose an effect by category and title; it lands at the end of the stack."""

    def add() -> None:
        chosen = session.value("add_effect")
        if chosen and not session.is_echo("add_effect"):
            bench.add(chosen)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        category = st.selectbox(
            "Category",
            [EVERYTHING, *CATEGORIES],
            key="category",
            width=150,
            persist_state="session",
            format_func=lambda name: CATEGORIES[name].title if name in CATEGORIES else name,
        )
        session.show("add_effect", None)  # what was chosen is on the stack
        st.selectbox(
            "Add an effect",
            list(CATEGORIES[category].effects if category in CATEGORIES else EFFECTS),
            index=None,
            format_func=lambda name: EFFECTS[name].title,
            placeholder="Choose an effect",
            key="add_effect",
            on_change=add,
            width="stretch",
        )


def undo_redo(bench: Workbench) -> None:
    """The way back and forth, by button and by key."""
    st.button(
        "Undo", key="undo", icon=":material/undo:", on_click=bench.undo, disabled=not bench.past, shortcut="Ctrl+Z"
    )
    st.button(
        "Redo", key="redo", icon=":material/redo:", on_click=bench.redo, disabled=not bench.future, shortcut="Ctrl+Y"
    )


def effect_card(bench: Workbench, card: Card, *, first: bool, last: bool, moving: bool) -> None:
    """One effect in one line: on or off, its main slider, the way to the rest; and, where it is open, all settings."""
    step, main = card.step, main_param(card.step.effect)
    with st.container(border=True, key=f"card-{card.id}", gap="xxsmall"):
        head(bench, card, main, first=first, last=last)
        if step.muted:
            return
        if main is not None:
            param_trouble(bench, card, main)
        if not moving:
            needs_live(step.effect)
        if card.id not in bench.opened:
            return
        st.caption(step.effect.summary)
        for param in step.effect.params:
            if param is not main:
                param_setting(bench, card, param)
                param_trouble(bench, card, param)
        if main is not None and step.effect.kind is not Kind.CANVAS:
            strength(bench, card)


def main_param(effect: Effect) -> Param | None:
    """The parameter whose slider a closed card shows: an effect's only one; else it is the strength that is shown."""
    return effect.params[0] if len(effect.params) == 1 and isinstance(effect.params[0].mark, Range) else None


def param_setting(bench: Workbench, card: Card, param: Param, *, is_named: bool = True) -> None:
    """The widget of one parameter of a card."""
    key = f"{card.id}-{param.name}"
    changed = partial(set_param, bench, card.id, param)
    counts = param.when.holds(card.step.params)
    setting(param.mark, param.name, key, bench.shown_value(card, param.name), changed, counts=counts, is_named=is_named)


def param_trouble(bench: Workbench, card: Card, param: Param) -> None:
    """Why what was last asked of a parameter cannot be, if that is so."""
    if bench.is_about(card, param.name):
        trouble(as_on_the_card(bench.trouble, card.step, param))


def as_on_the_card(sentence: str, step: Step, param: Param) -> str:
    """What the library says of a parameter, in the words of its card."""
    return sentence.replace(f"{step.effect.name}: {param.name} ", f"{step.effect.title}: {label(param.name)} ", 1)


def head(bench: Workbench, card: Card, main: Param | None, *, first: bool, last: bool) -> None:
    """A card's line: the effect's name as its switch, its main slider, its menu, and the way to all the rest."""
    step, on = card.step, f"{card.id}-on"

    def switch() -> None:
        if not session.is_echo(on):
            bench.change(card.id, muted=not session.value(on))

    title, alone = step.effect.title, bench.alone is not None and bench.alone.id == card.id
    with st.container(key=f"{card.id}-head", horizontal=True, vertical_alignment="center", gap="xsmall"):
        with session.showing(on, not step.muted):
            st.toggle(
                f"{title}, {ALONE}" if alone else title,
                not step.muted,
                key=on,
                on_change=switch,
                width="stretch",
            )
        if not step.muted:
            with st.container(key=f"{card.id}-main", width=120):
                if main is not None:
                    param_setting(bench, card, main, is_named=False)
                elif step.effect.kind is not Kind.CANVAS:
                    strength(bench, card, is_named=False)
        menu(bench, card, alone=alone, first=first, last=last)
        is_open = card.id in bench.opened
        st.button(
            f"{'Close' if is_open else 'Open'} {title}",
            icon=f":material/{'expand_less' if is_open else 'expand_more'}:",
            key=f"{card.id}-open",
            type="tertiary",
            on_click=bench.toggle_open,
            args=(card.id,),
            disabled=step.muted,
        )


def menu(bench: Workbench, card: Card, *, alone: bool, first: bool, last: bool) -> None:
    """What else can be done with a card."""
    key, title = f"{card.id}-menu", card.step.effect.title
    actions: dict[str, Callable[[str], None]] = {
        "Move up": partial(bench.move, by=-1),
        "Move down": partial(bench.move, by=1),
        "Duplicate": bench.duplicate,
        "Reset": bench.reset,
        WHOLE if alone else SOLO: bench.toggle_solo,
        "Remove": bench.remove,
    }
    if first:
        del actions["Move up"]
    if last:
        del actions["Move down"]

    def act() -> None:
        chosen = session.value(key)  # nothing, where the menu has gone meanwhile
        if chosen in actions:
            actions[chosen](card.id)

    st.menu_button(
        f"More for {title}", tuple(actions), icon=":material/more_vert:", key=key, type="tertiary", on_click=act
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


def strength(bench: Workbench, card: Card, *, is_named: bool = True) -> None:
    """How much of the effect is mixed into the picture."""
    key = f"{card.id}-strength"

    def changed() -> None:
        if not session.is_echo(key):
            bench.change(card.id, strength=session.value(key), stay=stay_on(key))

    with session.showing(key, float(card.step.strength)):
        st.slider(
            "Strength",
            0.0,
            1.0,
            float(card.step.strength),
            step=0.01,
            format="percent",
            key=key,
            on_change=changed,
            label_visibility="visible" if is_named else "collapsed",
        )
