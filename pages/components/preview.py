"""The picture as the stack makes it, on the small copy that one edits on."""

from __future__ import annotations

import os
import threading
import time

import streamlit as st

from effects import Photo, Pipeline, encode, workers
from effects.codec.raster import shrink
from effects.effect import Kind
from pages.components.compare import compare
from pages.components.trouble import trouble
from pages.components.workbench import OpenPhoto, Workbench

QUALITY = 85
SHOWN_SIDE = 1600  # px; the stack may have made a larger picture of the preview
HEAVY = 0.1  # s; a stack that takes longer is rendered in a worker, where it slows nobody else down
FRAMES = 2  # canvas steps; more of them may make a picture large, which only a worker should hold

_seats = threading.BoundedSemaphore(os.cpu_count() or 1)
_taken: dict[tuple[str, ...], float] = {}  # seconds a stack of these effects took last time: no pixels, no values
_MOST_KNOWN = 1000


def preview(bench: Workbench, photo: OpenPhoto) -> Photo:
    """Show the picture, beside its former self if asked; returns it for whoever measures it.

    Where the stack cannot be done it says why, and shows the photo as it was.
    """
    pipeline = bench.shown
    try:
        result = rendered(pipeline, photo.preview)
    except ValueError as error:
        trouble(str(error))
        pipeline, result = Pipeline(), photo.preview
    after = encode(shrink(result, SHOWN_SIDE), format="jpeg", quality=QUALITY)
    says = described(pipeline, photo)
    frame = st.container(key="frame")
    beside = bool(bench.stack) and st.toggle("Compare with the photo before", key="beside", persist_state="session")
    with frame:
        if beside:
            compare(photo.before, after, says, result.image.shape[1] / result.image.shape[0])
        else:
            st.image(after, width="stretch", alt=says)
    return result


def rendered(pipeline: Pipeline, photo: Photo) -> Photo:
    """The photo after the stack: here if that is quick, in a worker if it is not."""
    names = tuple(step.effect.name for step in pipeline.steps if step.is_active)
    unknown = 0.0 if all(step.effect.live for step in pipeline.steps) else HEAVY
    framed = sum(step.effect.kind is Kind.CANVAS for step in pipeline.steps if step.is_active)
    if framed <= FRAMES and _taken.get(names, unknown) < HEAVY:
        with _seats:
            started = time.perf_counter()
            result = pipeline.apply(photo)
    else:
        started = time.perf_counter()
        result = workers.preview(photo, pipeline.to_json(), pipeline.tables)
    if len(_taken) > _MOST_KNOWN:
        _taken.clear()
    _taken[names] = time.perf_counter() - started
    return result


def described(pipeline: Pipeline, photo: OpenPhoto) -> str:
    """The picture in words, for those who do not see it."""
    titles = ", ".join(step.effect.title for step in pipeline.steps if not step.muted)
    return f"{photo.name} with {titles}" if titles else photo.name
