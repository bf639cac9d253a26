"""The stack: one card an effect, top to bottom in the order they are applied."""

from __future__ import annotations

from functools import partial

import streamlit as st

from effects import CATEGORIES, EFFECTS, Step
from effects.effect import Kind
from effects.params import Param
from pages.components import session
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
    """Show the cards, and above them the way to add one and the way back; `moving` where a video goes through them."""
    add_effect(bench)
    undo_redo(bench)
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
    with st.container(horizontal=True):
        st.button(
            "Undo", key="undo", icon=":material/undo:", on_click=bench.undo, disabled=not bench.past, shortcut="Ctrl+Z"
        )
        st.button(
            "Redo",
            key="redo",
            icon=":material/redo:",
            on_click=bench.redo,
            disabled=not bench.future,
            shortcut="Ctrl+Y",
        )


def effect_card(bench: Workbench, card: Card, *, first: bool, last: bool, moving: bool) -> None:
    """One effect: on or off, its place, its parameters and its strength."""
    step = card.step
    with st.container(border=True, key=f"card-{card.id}", gap="small"):
        head(bench, card, first=first, last=last)
        if step.muted:
            return
        if not moving:
            needs_live(step.effect)
        for param in step.effect.params:
            key = f"{card.id}-{param.name}"
            changed = partial(set_param, bench, card.id, param)
            wanted = bench.shown_value(card, param.name)
            setting(param.mark, param.name, key, wanted, changed, counts=param.when.holds(step.params))
            if bench.is_about(card, param.name):
                trouble(as_on_the_card(bench.trouble, step, param))
        if step.effect.kind is not Kind.CANVAS:
            strength(bench, card)


def as_on_the_card(sentence: str, step: Step, param: Param) -> str:
    """What the library says of a parameter, in the words of its card."""
    return sentence.replace(f"{step.effect.name}: {param.name} ", f"{step.effect.title}: {label(param.name)} ", 1)


def head(bench: Workbench, card: Card, *, first: bool, last: bool) -> None:
    """A card's first line: the effect's name as its switch, and what can be done with the card."""
    on, menu = f"{card.id}-on", f"{card.id}-menu"

    def switch() -> None:
        if not session.is_echo(on):
            bench.change(card.id, muted=not session.value(on))

    def act() -> None:
        actions = {
            "Duplicate": bench.duplicate,
            "Reset": bench.reset,
            SOLO: bench.toggle_solo,
            WHOLE: bench.toggle_solo,
            "Remove": bench.remove,
        }
        chosen = session.value(menu)  # nothing, where the menu has gone meanwhile
        if chosen in actions:
            actions[chosen](card.id)

    title, alone = card.step.effect.title, bench.alone is not None and bench.alone.id == card.id
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        with session.showing(on, not card.step.muted):
            st.toggle(
                f"{title}, {ALONE}" if alone else title,
                not card.step.muted,
                key=on,
                on_change=switch,
                help=card.step.effect.summary,
                width="stretch",
            )
        for word, arrow, by, stuck in (("up", "arrow_upward", -1, first), ("down", "arrow_downward", 1, last)):
            st.button(
                f"Move {title} {word}",
                icon=f":material/{arrow}:",
                key=f"{card.id}-{word}",
                type="tertiary",
                disabled=stuck,
                on_click=bench.move,
                args=(card.id, by),
                help=f"Move {word}",
            )
        st.menu_button(
            f"More for {title}",
            ("Duplicate", "Reset", WHOLE if alone else SOLO, "Remove"),
            icon=":material/more_vert:",
            key=menu,
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


def strength(bench: Workbench, card: Card) -> None:
    """How much of the effect is mixed into the picture."""
    key = f"{card.id}-strength"

    def changed() -> None:
        if not session.is_echo(key):
            bench.change(card.id, strength=session.value(key), stay=stay_on(key))

    with session.showing(key, float(card.step.strength)):
        st.slider(
            "Strength", 0.0, 1.0, float(card.step.strength), step=0.01, format="percent", key=key, on_change=changed
        )
