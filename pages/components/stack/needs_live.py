"""A word on the card of an effect that a still cannot show, and the way to where it can be seen."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from effects import Step
from effects.effect import Kind
from pages.components.words import _, listed, plural


def needs_live(steps: Iterable[Step]) -> None:
    """Say of those among a card's steps that are in time that a photo has no time; of others, nothing."""
    timed = list(dict.fromkeys(_(step.effect.title) for step in steps if step.effect.kind is Kind.TEMPORAL))
    if timed:
        told = plural(
            "{titles} works on what moves, and a photo stands still: see it on Live.",
            "{titles} work on what moves, and a photo stands still: see it on Live.",
            len(timed),
        )
        st.caption(told.format(titles=listed(timed)))
        st.page_link("../live.py", label=_("Open Live"), icon=":material/videocam:")
