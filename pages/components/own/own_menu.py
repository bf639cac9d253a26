"""My looks: the stack kept under a name, and those that are kept, to be renamed and deleted."""

from __future__ import annotations

import streamlit as st

from pages.components import session
from pages.components.own.own_look import MAX_NAME, OwnLook, inexact, name_of_titles
from pages.components.own.own_looks import MAX_LOOKS, OwnLooks
from pages.components.own.own_store import own_looks
from pages.components.stack.card import titles_of
from pages.components.trouble import literal, trouble
from pages.components.words import _, plural
from pages.components.workbench import Workbench


def own_menu(bench: Workbench) -> None:
    """The button, and behind it the field for a name and the list; that is drawn while it is open."""
    held = own_looks()
    shown = st.popover(_("My looks"), key="own_looks", icon=":material/bookmark:", width="stretch", on_change="rerun")
    with shown as popover:
        save_as_look(bench, held)
        if popover.open:
            own_list(held)


def save_as_look(bench: Workbench, held: OwnLooks) -> None:
    """Ask for a name, and have the stack kept under it; where it is left out the steps name it."""

    def save() -> None:
        held.save(bench.pipeline, session.value("own_name") or "")

    near = inexact(bench.stack)
    with st.form("own_form", clear_on_submit=True, border=False, enter_to_submit=bool(bench.stack)):
        st.text_input(
            _("Name of the look"),
            max_chars=MAX_NAME,
            key="own_name",
            placeholder=name_of_titles(titles_of(bench.pipeline)) or None,
        )
        st.form_submit_button(_("Save as my look"), key="own_save", on_click=save, disabled=not bench.stack)
    trouble(held.trouble)
    if near is not None:
        sentence = _("The steps of {title} will take over its strength. That comes near to it, and is not the same.")
        st.caption(sentence.format(title=literal(near.title)))


def own_list(held: OwnLooks) -> None:
    """What is kept, and where; what cannot be read is left out, and said."""
    for look in held.looks:
        own_line(held, look)
    if held.deleted is not None:
        st.button(
            _("Bring back {name}").format(name=literal(held.deleted.name)),
            key="own_back",
            icon=":material/undo:",
            on_click=held.bring_back,
        )
    if held.unread:
        sentence = plural(
            "One look in this browser cannot be read, and is left out.",
            "{count} looks in this browser cannot be read, and are left out.",
            held.unread,
        )
        st.caption(sentence.format(count=held.unread))
    where = (
        _("Kept in this browser only, {most} at most. To take one elsewhere, save its stack as a recipe file.")
        if held.is_kept
        else _("This browser writes nothing down for this page: your looks last until you close it.")
    )
    st.caption(where.format(most=MAX_LOOKS))


def own_line(held: OwnLooks, look: OwnLook) -> None:
    """One look: its name, to be changed in its place, and the way to be rid of it."""
    key = f"own-name-{look.identity}"

    def rename() -> None:
        if not session.is_echo(key):
            held.rename(look.identity, session.value(key) or "")

    # What was asked for stands in the field at once: one that was given the old name back would tell that, in a message
    # that the browser's answer comes with, and the look would be called so again.
    name, asked = literal(look.name), held.asked_name(look)
    with st.container(key=f"own_line-{look.identity}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        with session.showing(key, asked):
            st.text_input(
                _("Name of {name}").format(name=name),
                asked,
                max_chars=MAX_NAME,
                key=key,
                on_change=rename,
                label_visibility="collapsed",
            )
        st.button(
            _("Delete {name}").format(name=name),
            key=f"own-delete-{look.identity}",
            icon=":material/delete:",
            type="tertiary",
            on_click=held.delete,
            args=(look.identity,),
        )
