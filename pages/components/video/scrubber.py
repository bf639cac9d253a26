"""The frame that one looks at, and the part of the video that is made."""

from __future__ import annotations

import hashlib
import math

import streamlit as st

from effects import Photo, encode
from effects.video import jobs
from effects.video.limits import PAGE_LIMITS
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto
from pages.components.trouble import trouble
from pages.components.video.reel import Video
from pages.components.words import _, later

STEP = 0.1
"""Seconds of a slider's step."""

SECONDS = later("%.1f s")
"""How a slider writes them."""

QUALITY = 92
"""Of the frame as a JPEG, to be compared with."""


def length(video: Video) -> float:
    """Seconds that the sliders reach: all of the video, up to the next step; as long as may be where it is silent."""
    seconds = video.facts.seconds if video.facts else None
    return math.ceil((PAGE_LIMITS.seconds or 60 if seconds is None else seconds) / STEP - 1e-6) * STEP


def is_still(video: Video) -> bool:
    """Whether there is nothing to choose: a video of a single frame, say."""
    return length(video) <= STEP


def moment_of(video: Video) -> float:
    """When the frame is in sight that one looks at, in seconds."""
    return float(session.value(f"moment_{video.number}") or 0.0)


def part_of(video: Video) -> tuple[float, float | None]:
    """From when to when in seconds; None for the end."""
    start, end = session.value(f"part_{video.number}") or usual_part(video)
    return start, None if end >= length(video) - STEP / 2 else end


def usual_part(video: Video) -> tuple[float, float]:
    """All of it, or as much from the beginning as is taken."""
    return 0.0, min(length(video), float(math.floor(PAGE_LIMITS.seconds or math.inf)))


def scrubber(video: Video) -> None:
    """Choose the frame and the part."""
    if is_still(video):
        return
    most = length(video)
    st.slider(
        _("Frame"), 0.0, most, 0.0, STEP, format=_(SECONDS), key=f"moment_{video.number}", persist_state="session"
    )
    st.slider(
        _("Part"), 0.0, most, usual_part(video), STEP, format=_(SECONDS), key=f"part_{video.number}",
        persist_state="session",
    )  # fmt: skip
    trouble(part_trouble(video))


def part_trouble(video: Video) -> str:
    """Why this part cannot be made; nothing where it can."""
    start, end = part_of(video)
    seconds = (length(video) if end is None else end) - start
    if seconds <= 0:
        return _("This part has no frame. Move its ends apart.")
    if PAGE_LIMITS.seconds is not None and seconds > PAGE_LIMITS.seconds:
        return _("At most {most} s are made at once. Choose a shorter part.").format(most=f"{PAGE_LIMITS.seconds:.0f}")
    return ""


def frame_of(video: Video) -> OpenPhoto:
    """The frame that is in sight, small, as a photo that one works on; PictureError, one sentence."""
    at, facts = moment_of(video), video.facts
    assert facts is not None
    if video.frame is None or video.frame[0] != at:
        session.give_way()
        image = jobs.frame_at(video.source, at)
        small = Photo(image)
        word = hashlib.sha256(f"{video.source} {at}".encode()).hexdigest()
        before = encode(small, format="jpeg", quality=QUALITY)
        photo = OpenPhoto(video.name, b"", small, before, facts.width, facts.height, True, word)
        video.frame = at, photo
    return video.frame[1]
