"""A word on the card of an effect that hides something, of what it does not promise to find."""

from __future__ import annotations

import streamlit as st

from effects.group import StepOrGroup, steps_in
from pages.components.words import _, later

STILL = later(
    "Not every face is found: those smaller than 24 of 1280 pixels, dark, seen from the side or covered are missed "
    "more often. Where it cannot look at all, the whole picture is hidden."
)
MOVING = later(
    "Not every face is found: those smaller than a sixteenth of the video's width, dark, seen from the side or covered "
    "are missed more often. One that was found stays hidden for 15 frames; where it cannot look at all, the whole "
    "frame is hidden."
)


def not_promised(item: StepOrGroup, *, moving: bool) -> None:
    """Say which faces may be missed, in a photo or (`moving`) in a video; of what hides none, nothing."""
    if any(step.effect.hides for step in steps_in((item,))):
        st.caption(_(MOVING if moving else STILL))
