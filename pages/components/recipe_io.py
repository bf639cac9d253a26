"""The recipe, in and out: as a link, and as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from effects import Cube, Pipeline, RecipeError
from effects.cube import IDENTITY
from effects.recipe import link_json
from pages.components import session
from pages.components.trouble import of_file, trouble
from pages.components.workbench import Workbench


def open_link(bench: Workbench) -> None:
    """Open the stack that the address asks for, once; where it cannot be read, why is kept, and the stack is empty."""
    link = st.query_params.get("recipe", "")
    if link and link != bench.link:
        bench.link = link
        bench.link_trouble = ""
        try:
            pipeline, missing = stack_of(link_json(link), bench.pipeline.tables)
            bench.load(pipeline)
            bench.link_trouble = lacking(missing, "link")
        except RecipeError as error:
            bench.load(Pipeline())
            bench.link_trouble = f"This link holds no recipe that can be opened: {error}"


def stack_of(recipe: str | bytes, tables: Mapping[str, Cube]) -> tuple[Pipeline, list[str]]:
    """The stack of a recipe, and the titles of the colour tables it lacks; their cards stand in it without one.

    Links and photos name their tables and cannot hold them. Without them the library refuses a recipe; here the rest is
    worth having.
    """
    missing: list[str] = []

    def at_hand(item: dict[str, Any]) -> dict[str, Any]:
        name = item.get("sha256")
        if not isinstance(name, str) or name in tables or name == IDENTITY.sha256:
            return item
        missing.append(str(item.get("title", ""))[:60] or "without a title")
        return {"sha256": IDENTITY.sha256}

    try:
        return Pipeline.from_json(recipe, tables), []
    except RecipeError as error:
        try:
            rest = json.dumps(json.loads(recipe, object_hook=at_hand))
        except (ValueError, RecursionError):
            raise error from None
        if not missing:
            raise
        return Pipeline.from_json(rest, tables), missing


def lacking(titles: list[str], bringer: str) -> str:
    """What to say of colour tables that a link or a photo could not bring."""
    if not titles:
        return ""
    listed = ", ".join(f"'{title}'" for title in titles[:2]) + (" and more" if len(titles) > 2 else "")
    return (f"This stack needs a colour table that no {bringer} can hold: {listed}. Its other steps are here; "
            "open the table's .cube or HaldCLUT file on its card, or ask for this stack as a recipe file.")


def recipe_inside(bench: Workbench) -> None:
    """Offer the stack that the picture's file brought along, as long as another one is on the table."""
    photo = bench.photo
    text = photo.preview.metadata.get("recipe") if photo else None
    if not text:
        return
    try:
        inside, missing = stack_of(text, bench.pipeline.tables)
    except RecipeError as error:
        trouble(f"The recipe inside this file cannot be opened: {error}")
        return
    if inside != bench.pipeline:
        titles = ", ".join(step.effect.title for step in inside.steps) or "no effect"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"This file brought the recipe along that it was made with: {titles}.", width="content")
            st.button("Use this recipe", key="recipe_inside", icon=":material/receipt_long:", on_click=bench.load,
                      args=(inside,))
        if missing:
            st.caption(lacking(missing, "photo"))


def recipe(bench: Workbench) -> None:
    """Share the stack as a link, keep it as a file, or open one."""
    share(bench)
    with st.expander("Recipe file", icon=":material/receipt_long:"):
        st.download_button("Save this stack", bench.pipeline.to_file(), "emulsion-recipe.json", "application/json",
                           key="recipe_save", on_click="ignore", disabled=not bench.stack)
        recipe_file(bench)


def share(bench: Workbench) -> None:
    """Put the recipe into the address, and show the link to copy."""
    link = bench.pipeline.to_link()
    if st.button("Share as a link", key="share", icon=":material/link:", disabled=not bench.stack):
        bench.link = link
        st.query_params["recipe"] = link
        address = urlsplit(st.context.url or "")
        session.show("link", f"{address.scheme}://{address.netloc}{address.path}?recipe={link}")
        if bench.pipeline.tables:
            st.text_input("Anyone with this link opens this stack, but without its colour table", key="link")
            st.caption("No link can hold a colour table. To share that, too, save this stack as a recipe file below.")
        else:
            st.text_input("Anyone with this link opens the same stack", key="link")


def recipe_file(bench: Workbench) -> None:
    """Open a stack from a recipe file; a bad one is told and changes nothing."""

    def opened() -> None:
        bench.recipe_trouble = ""
        file = session.value("recipe_file")
        try:
            if file is not None:
                bench.load(Pipeline.from_json(file.getvalue()))
        except RecipeError as error:
            bench.recipe_trouble = of_file(file.name, f"This file is no recipe that can be opened: {error}")

    st.file_uploader("Open a recipe", key="recipe_file", max_upload_size=1, on_change=opened)
    trouble(bench.recipe_trouble)
