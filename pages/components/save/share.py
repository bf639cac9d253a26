"""The stack as a link, for whoever is to see it."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from effects import RecipeError
from pages.components import pieces, session
from pages.components.words import _
from pages.components.workbench import Workbench


def share(bench: Workbench) -> None:
    """The button that shows the link to copy: the address has it, too."""

    def show_link() -> None:
        bench.link_wanted = True

    st.button(_("Share as a link"), key="share", icon=":material/link:", on_click=show_link, disabled=not bench.stack)


def link_to_share(bench: Workbench) -> None:
    """The link, once it is asked for; it goes with the next thing that one does."""
    if not bench.link_wanted:
        return
    bench.link_wanted = False
    pieces.passes()
    address = urlsplit(st.context.url or "")
    try:
        link = bench.pipeline.to_link()
    except RecipeError as error:
        st.caption(str(error))
        return
    session.show("link", f"{address.scheme}://{address.netloc}{address.path}?recipe={link}")
    if bench.pipeline.tables:
        st.text_input(_("Anyone with this link opens this stack, but without its colour table or picture"), key="link")
        st.caption(
            _("No link can hold a colour table or a picture. To share that, too, save this stack as a recipe file.")
        )
    else:
        st.text_input(_("Anyone with this link opens the same stack"), key="link")
