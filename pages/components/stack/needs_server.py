"""A word on the card of what the visitor's graphics card cannot draw, where live video is drawn on it."""

from __future__ import annotations

import streamlit as st

from effects.group import StepOrGroup
from effects.shaders.beginning import first_of
from pages.components.words import _


def is_drawable(item: StepOrGroup) -> bool:
    """Whether the browser can draw a step or group of a video, of which the server sees nothing."""
    return first_of((item,), sees=False, opaque=True) == 0


def needs_server(item: StepOrGroup) -> None:
    """Say of what is left out on this device that the server can do it; of other things, nothing."""
    if not is_drawable(item):
        st.caption(_("Left out on this device: only the server can compute it."))
