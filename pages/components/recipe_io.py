"""The recipe, in and out: as a link, and as a file."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from effects import Pipeline, RecipeError
from pages.components import session
from pages.components.trouble import trouble
from pages.components.workbench import Workbench


def open_link(bench: Workbench) -> None:
    """Open the stack that the address asks for, once; what cannot be read is told, and the stack is empty."""
    link = st.query_params.get("recipe", "")
    if link and link != bench.link:
        bench.link = link
        bench.link_trouble = ""
        try:
            bench.load(Pipeline.from_link(link))
        except RecipeError as error:
            bench.load(Pipeline())
            bench.link_trouble = f"This link holds no recipe that can be opened: {error}"
    trouble(bench.link_trouble)


def recipe_inside(bench: Workbench) -> None:
    """Offer the stack that the picture's file brought along, as long as another one is on the table."""
    photo = bench.photo
    text = photo.preview.metadata.get("recipe") if photo else None
    if not text:
        return
    try:
        inside = Pipeline.from_json(text)
    except RecipeError as error:
        trouble(f"The recipe inside this file cannot be opened: {error}")
        return
    if inside != bench.pipeline:
        titles = ", ".join(step.effect.title for step in inside.steps) or "no effect"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"This file brought the recipe along that it was made with: {titles}.", width="content")
            st.button("Use this recipe", key="recipe_inside", icon=":material/receipt_long:", on_click=bench.load,
                      args=(inside,))


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
            bench.recipe_trouble = f"This file is no recipe that can be opened: {error}"

    st.file_uploader("Open a recipe", key="recipe_file", max_upload_size=1, on_change=opened)
    trouble(bench.recipe_trouble)
