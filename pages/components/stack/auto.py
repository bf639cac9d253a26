"""Auto: a photo's contrast, colour of light and exposure made up for by a click, on cards that one can change."""

from __future__ import annotations

import streamlit as st

from effects import auto_steps
from pages.components.photo.open_photo import OpenPhoto
from pages.components.words import _, later
from pages.components.workbench import Workbench

NOTHING = later("Auto finds nothing to make up for in this photo.")


def auto(bench: Workbench, photo: OpenPhoto) -> None:
    """The button; what it writes comes first in the stack, for it is about the photo and not about what was done."""

    def make_up() -> None:
        steps = auto_steps(photo.preview).all_steps
        bench.put_first(steps)
        if not steps:
            st.toast(_(NOTHING))

    st.button(
        _("Auto"),
        key="auto",
        icon=":material/auto_fix_high:",
        on_click=make_up,
        help=_("Makes up for contrast, colour of light and exposure, on cards that you can change."),
        width="stretch",
    )
