"""What one sees before there is a picture: the sample, as some effects make it, a click away."""

from __future__ import annotations

import streamlit as st

from effects import EFFECTS, Photo, open_preview
from pages.components.photo import sample
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picker.gallery import Tile, gallery
from pages.components.picker.shelf import pipelines
from pages.components.picker.thumbnails import SIDE, Thumbnails
from pages.components.words import _
from pages.components.workbench import Workbench

SHOWN = ("kaleidoscope", "duotone", "pop_art", "swirl", "thermal", "halftone", "light_leak", "posterize")


def invitation(bench: Workbench) -> None:
    """Invite to upload, or to begin with the sample and one of these effects, alone."""

    def begin(effect: str) -> None:
        bench.load(pipelines()[effect])
        bench.sample_asked_for = True

    st.markdown(_("**Or begin with the sample:** choose an effect to start from."))
    gallery([("", starters())], begin, key="starters", aspect=sample_thumbnails().aspect)
    if bench.sample_asked_for:
        st.rerun()


def picture_to_try_on(photo: OpenPhoto | None) -> Photo:
    """The picture that effects are tried on: one's own, or the sample while there is none."""
    return sample_thumbnails().photo if photo is None else photo.preview


@st.cache_resource
def sample_thumbnails() -> Thumbnails:
    """The sample, small; it is the app's own picture, so all sessions may share it."""
    return Thumbnails(open_preview(sample.FILE.read_bytes(), SIDE))


def starters() -> list[Tile]:
    """The sample under a handful of effects."""
    return [Tile(name, _(EFFECTS[name].title), "", sample_thumbnails().of(pipelines()[name])) for name in SHOWN]
