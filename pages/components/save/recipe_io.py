"""The recipe, in and out: as a link, and as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from effects import Pipeline, RecipeError
from effects.marks import NOTHING, Kept
from effects.recipe import link_json, original_of
from effects.tables.cube import IDENTITY
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto
from pages.components.photo.picture_input import UPLOAD
from pages.components.stack.card import titles_of, with_looks
from pages.components.trouble import escape, literal, of_file, trouble
from pages.components.words import _
from pages.components.workbench import SNAPSHOT, Workbench


def open_link(bench: Workbench) -> None:
    """Open the stack that the address asks for, once; where it cannot be read, why is kept, and the stack is empty.

    A page's own changes stand in its address, too, and come back from it a little late: those are known.
    """
    link = st.query_params.get("recipe", "")
    if not bench.remember_link(link):
        return
    try:
        pipeline, missing = stack_of(link_json(link), bench.pipeline.tables)
        bench.load(pipeline)
        bench.link_trouble = missing_tables(missing, is_link=True)
        if bench.photo is None and bench.stack and bench.home == SNAPSHOT:
            bench.shared, bench.sample_asked_for = name_of(bench), True
    except RecipeError as error:
        bench.load(Pipeline())
        bench.link_trouble = _("The stack of this link was not opened: {why}").format(why=error)


def name_shared_stack(bench: Workbench) -> None:
    """Name the stack that a link brought, shown on the sample, with the one thing to do next."""
    if not bench.shared or bench.photo is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="shared"):
        told = _("This link brought **{title}**, shown on the sample.")
        st.markdown(told.format(title=literal(bench.shared)), width="content")
        st.button(
            _("Try it on your photo"),
            key="try_it",
            icon=":material/add_photo_alternate:",
            type="primary",
            on_click=session.show,
            args=("source", UPLOAD),
        )


def name_of(bench: Workbench) -> str:
    """What a stack is called: its look, and what is beside it."""
    look = _("the look {title}")
    titles = (look.format(title=card.title) if card.look else card.title for card in bench.stack)
    return ", ".join(dict.fromkeys(titles))


def stack_of(recipe: str | bytes, tables: Mapping[str, Kept]) -> tuple[Pipeline, list[str]]:
    """The stack of a recipe, and the titles of the tables and backdrops it lacks; their cards stand in it without one.

    Links and photos name them and cannot hold them. Without them the library refuses a recipe; here the rest is
    worth having.
    """
    missing: list[str] = []

    def at_hand(item: dict[str, Any]) -> dict[str, Any]:
        name = item.get("sha256")
        if not isinstance(name, str) or name in tables or name in (NOTHING, IDENTITY.sha256):
            return item
        missing.append(str(item.get("title", ""))[:60] or _("without a title"))
        return {"sha256": NOTHING}

    try:
        return with_looks(Pipeline.from_json(recipe, tables)), []
    except RecipeError as error:
        try:
            without_tables = json.dumps(json.loads(recipe, object_hook=at_hand))
        except (ValueError, RecursionError):
            raise error from None
        if not missing:
            raise
        return with_looks(Pipeline.from_json(without_tables, tables)), missing


def missing_tables(titles: list[str], *, is_link: bool) -> str:
    """What to say of colour tables and backdrops that a link could not bring, or a photo."""
    if not titles:
        return ""
    named = ", ".join(f"'{title}'" for title in titles[:2])
    if len(titles) > 2:
        named = _("{names} and more").format(names=named)
    if is_link:
        told = _(
            "This stack needs a colour table or picture that no link can hold: {names}. Its other steps are here; "
            "open its own file on its card, or ask for this stack as a recipe file."
        )
    else:
        told = _(
            "This stack needs a colour table or picture that no photo can hold: {names}. Its other steps are here; "
            "open its own file on its card, or ask for this stack as a recipe file."
        )
    return told.format(names=named)


def recipe_inside(bench: Workbench) -> None:
    """Say what a picture that brought its recipe was made with: it has that in its pixels already.

    The recipe is offered for another photo, or with the picture's own original where that is at hand.
    """
    photo = bench.photo
    text = photo.preview.metadata.recipe if photo else None
    if photo is None or not text:
        return
    try:
        inside, missing = stack_of(text, bench.pipeline.tables)
    except RecipeError as error:
        trouble(_("The recipe inside this file cannot be opened: {why}").format(why=error))
        return
    original = original_of(text)
    bench.remember_original(original, inside)
    here = next((other for other in bench.recent if other.sha256 == original), None)
    titles = literal(titles_of(inside)) or _("no effect")
    with st.container(horizontal=True, vertical_alignment="center", key="inside"):
        told = _("This picture has these effects in it already: {titles}.")
        st.caption(told.format(titles=titles), width="content")
        if here is not None:
            st.button(
                _("Go on with its original"),
                key="original",
                icon=":material/history:",
                on_click=go_on,
                args=(bench, here, inside),
                help=_("{name}, with these effects as cards to change.").format(name=escape(here.name)),
            )
        st.button(
            _("Use its effects on another photo"),
            key="recipe_inside",
            icon=":material/receipt_long:",
            on_click=use_on_another,
            args=(bench, inside),
        )
    if missing:
        st.caption(missing_tables(missing, is_link=False))


def offer_original(bench: Workbench) -> None:
    """A photo of which an opened file was made: offer to go on where that one was left."""
    photo = bench.photo
    made = bench.originals.get(photo.sha256) if photo else None
    if photo is None or made is None or made == bench.pipeline:
        return
    titles = literal(titles_of(made))
    with st.container(horizontal=True, vertical_alignment="center", key="original_found"):
        told = _("A picture that you opened was made of this one, with: {titles}.")
        st.caption(told.format(titles=titles), width="content")
        st.button(
            _("Go on with these effects"),
            key="go_on_original",
            icon=":material/receipt_long:",
            on_click=bench.load,
            args=(made,),
        )


def go_on(bench: Workbench, photo: OpenPhoto, pipeline: Pipeline) -> None:
    """Have a photo on the table, under these steps."""
    bench.open(photo)
    bench.load(pipeline)


def use_on_another(bench: Workbench, pipeline: Pipeline) -> None:
    """Keep the steps, and put the picture away that has them in it already."""
    bench.load(pipeline)
    bench.put_away()
    session.show("source", UPLOAD)


def recipe_file(bench: Workbench) -> None:
    """Keep the stack as a file, or open one from a file; a bad one is told and changes nothing."""

    def text() -> str:
        return bench.pipeline.to_file()  # of the stack as it is when the button is pressed

    try:
        text()
        why_not = ""
    except RecipeError as error:  # more than would be read again
        why_not = str(error)
    st.download_button(
        _("Save this stack"),
        text,
        "emulsion-recipe.json",
        "application/json",
        key="recipe_save",
        on_click="ignore",
        disabled=not bench.stack or bool(why_not),
        help=why_not or None,
    )

    def open_chosen() -> None:
        bench.recipe_trouble = ""
        file = session.value("recipe_file")
        try:
            if file is not None:
                bench.load(Pipeline.from_json(file.getvalue()))
        except RecipeError as error:
            told = _("This file is no recipe that can be opened: {why}")
            bench.recipe_trouble = of_file(file.name, told.format(why=error))

    st.file_uploader(_("Open a recipe"), key="recipe_file", max_upload_size=1, on_change=open_chosen)
    trouble(bench.recipe_trouble)
