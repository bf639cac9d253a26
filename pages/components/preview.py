"""The picture as the stack makes it, on the small copy that one edits on."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import streamlit as st

from effects import Photo, Pipeline, encode, workers
from effects.codec.raster import shrink
from effects.effect import Kind
from effects.workers.patience import patiently
from pages.components import session
from pages.components.compare import compare
from pages.components.open_photo import OpenPhoto
from pages.components.trouble import trouble
from pages.components.workbench import Workbench

QUALITY = 85
SHOWN_SIDE = 1600  # px; the stack may have made a larger picture of the preview
HEAVY = 0.1  # s; a stack that takes longer is rendered in a worker, where it slows nobody else down
FRAMES = 2  # canvas steps; more of them may make a picture large, which only a worker should hold

_threads = ThreadPoolExecutor(os.cpu_count(), "preview")  # as many at a time as do not slow each other down
_taken: dict[tuple[str, ...], float] = {}  # seconds a stack of these effects took last time: no pixels, no values
_MOST_KNOWN = 1000


@dataclass
class Shown:
    """What a session's page shows: the picture of this photo under this pipeline, and it as a JPEG."""

    of: tuple[OpenPhoto, Pipeline] | None = None
    result: Photo = field(init=False)
    after: bytes = b""


def preview(bench: Workbench, photo: OpenPhoto) -> Photo:
    """Show the picture, beside its former self if asked; returns it for whoever measures it.

    Where the stack cannot be done it says why, and shows the photo as it was.
    """
    bench.preview_trouble, pipeline = "", bench.shown
    shown = session.held("shown", Shown)
    if shown.of != (photo, pipeline):
        try:
            result = rendered(pipeline, photo.preview)
        except ValueError as error:
            bench.preview_trouble = str(error)
            trouble(bench.preview_trouble)
            pipeline, result = Pipeline(), photo.preview
        after = encode(shrink(result, SHOWN_SIDE), format="jpeg", quality=QUALITY)
        shown.of, shown.result, shown.after = (photo, pipeline), result, after
    says = described(pipeline, photo)
    frame = st.container(key="frame")
    beside = bool(bench.stack) and st.toggle("Compare with the photo before", key="beside", persist_state="session")
    with frame:
        st.image(shown.after, width="stretch", alt=says)
        if beside:
            compare(former(pipeline, photo), shown.after, shown.result.image.shape[1] / shown.result.image.shape[0])
    return shown.result


def former(pipeline: Pipeline, photo: OpenPhoto) -> bytes:
    """The photo before, cut, turned and framed as the picture is, so that each thing lies over its former self.

    Steps of the canvas alone are what makes another shape; all others are what one compares.
    """
    shape = Pipeline(tuple(step for step in pipeline.steps if step.is_active and step.effect.kind is Kind.CANVAS))
    if not shape.steps:
        return photo.before
    made: dict[Pipeline, bytes] = session.kept("former", photo, dict)
    if shape not in made:
        made.clear()
        made[shape] = encode(shrink(rendered(shape, photo.preview), SHOWN_SIDE), format="jpeg", quality=QUALITY)
    return made[shape]


def rendered(pipeline: Pipeline, photo: Photo) -> Photo:
    """The photo after the stack: here if that is quick, in a worker if it is not.

    What the person does meanwhile is not kept waiting: it ends this run, whose picture nobody wants any more.
    """
    names = tuple(step.effect.name for step in pipeline.steps if step.is_active)
    unknown = 0.0 if all(step.effect.live for step in pipeline.steps) else HEAVY
    framed = sum(step.effect.kind is Kind.CANVAS for step in pipeline.steps if step.is_active)
    if framed <= FRAMES and _taken.get(names, unknown) < HEAVY:
        result, seconds = patiently(_threads.submit(timed, pipeline, photo), session.give_way)
    else:
        started = time.perf_counter()
        result = workers.preview(photo, pipeline.to_json(), pipeline.tables, session.give_way)
        seconds = time.perf_counter() - started
    if len(_taken) > _MOST_KNOWN:
        _taken.clear()
    _taken[names] = seconds
    return result


def timed(pipeline: Pipeline, photo: Photo) -> tuple[Photo, float]:
    """The photo after the stack, and the seconds that it took."""
    started = time.perf_counter()
    return pipeline.apply(photo), time.perf_counter() - started


def described(pipeline: Pipeline, photo: OpenPhoto) -> str:
    """The picture in words, for those who do not see it."""
    titles = ", ".join(step.effect.title for step in pipeline.steps if not step.muted)
    return f"{photo.name} with {titles}" if titles else photo.name
