"""What file is made of a video: its kind, and how many pixels its frames have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from effects.codec.formats import WRITTEN_FORMATS
from pages.components import session
from pages.components.save.download import result_name
from pages.components.save.file_name import file_name
from pages.components.video.reel import Reel, Video
from pages.components.video.rendition import Order
from pages.components.video.scrubber import part_of
from pages.components.words import _
from pages.components.workbench import Workbench


@dataclass(frozen=True)
class Form:
    """A kind of file: its ending, its name to browsers, and what its longer side may be (px; 0 for all)."""

    title: str
    ending: str
    mime: str
    sides: tuple[int, ...]

    @property
    def side_key(self) -> str:
        """The widget that chooses the longer side: films and animations have one each, with other choices."""
        return "video_side" if self.mime.startswith("video/") else "animation_side"


FILM_SIDES, ANIMATION_SIDES = (0, 1280, 720, 480), (480, 320, 720)
"""The usual one comes first. An animation of all pixels would have gigabytes."""

FORMS = {
    form.title: form
    for form in (
        Form("MP4", "mp4", "video/mp4", FILM_SIDES),
        Form("WebM", "webm", "video/webm", FILM_SIDES),
        Form("GIF", "gif", "image/gif", ANIMATION_SIDES),
        Form("WebP", "webp", WRITTEN_FORMATS["webp"].mime, ANIMATION_SIDES),
        Form("APNG", "png", "image/apng", ANIMATION_SIDES),
    )
}
USUAL = "MP4"

OWN = {".webm": "WebM", ".gif": "GIF", ".webp": "WebP", ".png": "APNG", ".apng": "APNG"}
"""A video's kind where another than the usual one is proposed: its own."""


def form_key(video: Video) -> str:
    """The widget that chooses the kind of file; another video has another proposal."""
    return f"video_format_{video.number}"


def proposed(video: Video) -> str:
    """The kind of file that a video most likely becomes."""
    return OWN.get(Path(video.name).suffix.lower(), USUAL)


def video_wishes(video: Video) -> None:
    """Choose the file."""
    title = st.segmented_control(
        _("Format"), list(FORMS), default=proposed(video), required=True, key=form_key(video), persist_state="session"
    )
    form = FORMS[title or USUAL]
    st.segmented_control(
        _("Longer side"),
        sorted(form.sides),
        default=form.sides[0],
        required=True,
        key=form.side_key,
        persist_state="session",
        format_func=lambda side: f"{side} px" if side else _("All pixels"),
    )


def order_of(bench: Workbench, reel: Reel, video: Video) -> Order:
    """What is asked for now, by the stack and the widgets."""
    form = FORMS[session.value(form_key(video)) or proposed(video)]
    side = session.value(form.side_key)
    start, end = part_of(video)
    pipeline = bench.pipeline
    return Order(
        video.source,
        reel.place(form.ending),
        file_name(video.name, result_name(bench), form.ending),
        form.mime,
        pipeline.to_json(),
        pipeline.tables,
        start=start,
        end=end,
        max_side=(form.sides[0] if side is None else side) or None,
    )
