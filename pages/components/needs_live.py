"""A word on the card of an effect that a still cannot show, and the way to where it can be seen."""

from __future__ import annotations

import streamlit as st

from effects.effect import Effect, Kind


def needs_live(effect: Effect) -> None:
    """Say of an effect in time that a photo has no time; of any other, nothing."""
    if effect.kind is Kind.TEMPORAL:
        st.caption(f"{effect.title} works on what moves, and a photo stands still: see it on Live.")
        st.page_link("../live.py", label="Open Live", icon=":material/videocam:")
