"""The picture as the stack makes it, on the small copy that one edits on."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

import streamlit as st

from effects import Photo, Pipeline, RecipeError, encode, workers
from effects.codec.checkered import on_checks
from effects.codec.raster import shrink
from effects.effect import Kind
from effects.group import steps_in
from effects.workers.patience import wait_for_result
from pages.components import pieces, session
from pages.components.left_over import left_over
from pages.components.photo.open_photo import OpenPhoto
from pages.components.place_in_line import waiting
from pages.components.stack.card import titles_of
from pages.components.stage.closeup import Whole, note_shown
from pages.components.stage.face_marks import face_marks
from pages.components.stage.grips import hold_of
from pages.components.stage.histogram import histogram
from pages.components.stage.mask_grips import MaskHold, mask_hold_of, veil_of
from pages.components.stage.stage import Shown, stage
from pages.components.trouble import trouble
from pages.components.words import _
from pages.components.workbench import Workbench

QUALITY = 92  # of the JPEG that is shown: less than a level off, as what the browser draws meanwhile is
MAX_SHOWN_SIDE = 1600  # px; the stack may have made a larger picture of the preview
MAX_LIGHT_SECONDS = 0.1  # s; a stack that takes longer is rendered in a worker, where it slows nobody else down
MAX_CANVAS_STEPS = 2  # canvas steps; more of them may make a picture large, which only a worker should hold

_threads = ThreadPoolExecutor(os.cpu_count(), "preview")  # as many at a time as do not slow each other down
_seconds: dict[tuple[str, ...], float] = {}  # seconds a stack of these effects took last time: no pixels, no values
_MAX_KNOWN = 1000
PREVIEW = f"{session.MADE}preview"


@dataclass
class ShownPreview:
    """What a session's page shows: the picture of this photo under this pipeline, and it as a JPEG.

    `number` is another one for each picture; `seconds` are those that making it took.
    """

    of: tuple[OpenPhoto, Pipeline] | None = None
    result: Photo = field(init=False)
    after: bytes = b""
    number: int = 0
    seconds: float = 0.0


@dataclass
class Staged:
    """What is on a session's stage: the picture of this number, of this photo under this pipeline."""

    photo: OpenPhoto | None = None
    pipeline: Pipeline = field(default_factory=Pipeline)
    number: int = 0


def preview(bench: Workbench, photo: OpenPhoto, *, comparing: bool = False) -> Photo:
    """Show the picture on its stage, beside its former self if asked; returns the result for whoever measures it.

    Where the stack cannot be done it says why, and shows the photo as it was; nothing of it where the stack hides
    something. While a card that cuts the picture is open, the stage shows what it is cut from.
    """
    bench.preview_trouble = ""
    told = st.empty()  # a place of its own: what is told in it moves no picture
    before = session.hold(PREVIEW, ShownPreview).number
    shown = made = make_preview(bench, photo, bench.shown, PREVIEW)
    hold = None if bench.preview_trouble else mask_hold_of(bench) or hold_of(bench)
    if hold is not None and hold.before is not None:
        shown = make_preview(bench, photo, hold.before, f"{PREVIEW}-before")
    with told:
        trouble(bench.preview_trouble)
    assert shown.of is not None
    _, pipeline = shown.of
    is_cut = shown is not made
    former = former_picture(pipeline, photo) if pipeline.steps and not is_cut else b""
    size = whole_size(pipeline, photo)
    height, width = size or shown.result.image.shape[:2]
    staged = session.hold("staged", Staged)
    staged.photo, staged.pipeline, staged.number = photo, pipeline, shown.number
    picture = Shown(shown.after, former, width, height, alt_text(pipeline, photo), shown.number, photo.sha256)
    veil = veil_of(hold, photo) if isinstance(hold, MaskHold) else None
    faces = [] if comparing or hold is not None or bench.preview_trouble else face_marks(bench, photo, pipeline)
    with st.container(key="frame"):
        stage(bench, picture, comparing=comparing and not is_cut, hold=hold, veil=veil, faces=faces)
        histogram(picture, pipeline, shown.seconds, is_hidden=hold is not None and hold.needs_room)
    if made.number != before and not pieces.are_drawn_alone():  # after these not much comes
        session.show_so_far()
    may_be_looked_at = size and not (bench.preview_trouble and bench.shown.hides)
    note_shown(Whole(photo, pipeline, width, height, shown.number) if may_be_looked_at else None)
    return made.result


def last_preview(photo: OpenPhoto) -> Photo | None:
    """What `preview` has made of this photo last; None where it has failed."""
    shown = session.hold(PREVIEW, ShownPreview)
    return shown.result if shown.of is not None and shown.of[0] is photo else None


def make_preview(bench: Workbench, photo: OpenPhoto, pipeline: Pipeline, place: str) -> ShownPreview:
    """The preview of this pipeline, the one that was made for this place if it is the same."""
    shown = session.hold(place, ShownPreview)
    if shown.of != (photo, pipeline):
        started = time.perf_counter()
        try:
            result = render_stack(pipeline, photo.preview)
        except ValueError as error:
            bench.preview_trouble = str(error)
            pipeline, result = Pipeline(), left_over(pipeline, photo.preview)
        shown.seconds = time.perf_counter() - started
        shown.after = encode(as_seen(result, photo.preview), format="jpeg", quality=QUALITY)
        shown.of, shown.result, shown.number = (photo, pipeline), result, next(session.hold("numbers", count))
    return shown


def as_seen(result: Photo, photo: Photo) -> Photo:
    """The result at the size in which it is shown; where its steps cut something out, on a checkered board.

    Where the photo itself is transparent it lies on paper: so the browser draws it, too.
    """
    small = shrink(result, MAX_SHOWN_SIDE)
    if small.alpha is None or photo.alpha is not None:
        return small
    return Photo(on_checks(small.image, small.alpha, small.alpha.shape))


def whole_size(pipeline: Pipeline, photo: OpenPhoto) -> tuple[int, int] | None:
    """Height and width of the whole result in pixels; None where the stack would make it too large."""
    try:
        return pipeline.size(photo.height, photo.width)
    except RecipeError:
        return None


def former_picture(pipeline: Pipeline, photo: OpenPhoto) -> bytes:
    """The photo before, cut, turned and framed as the picture is, so that each thing lies over its former self.

    Steps of the canvas alone are what makes another shape; all others are what one compares.
    """
    active = steps_in(item for item in pipeline if item.is_active)
    shape = Pipeline(tuple(step for step in active if step.is_active and step.effect.kind is Kind.CANVAS))
    if not shape.steps:
        return photo.before
    made: dict[Pipeline, bytes] = session.made_once("former", photo, dict)
    if shape not in made:
        made.clear()
        made[shape] = encode(shrink(render_stack(shape, photo.preview), MAX_SHOWN_SIDE), format="jpeg", quality=QUALITY)
    return made[shape]


def render_stack(pipeline: Pipeline, photo: Photo) -> Photo:
    """The photo after the stack: here if that is quick, in a worker if it is not.

    What the person does meanwhile is not kept waiting: it ends this run, whose picture nobody wants any more.
    """
    names = tuple(step.effect.name for step in pipeline.all_steps if step.is_active)
    unknown = 0.0 if all(step.effect.live for step in pipeline.all_steps) else MAX_LIGHT_SECONDS
    framed = sum(step.effect.kind is Kind.CANVAS for step in pipeline.all_steps if step.is_active)
    here = framed <= MAX_CANVAS_STEPS and not pipeline.asks_networks
    if here and _seconds.get(names, unknown) < MAX_LIGHT_SECONDS:
        result, seconds = wait_for_result(_threads.submit(time_stack, pipeline, photo), session.give_way)
    else:
        started = time.perf_counter()
        session.give_way()  # at once: while a worker has it, others have theirs made here
        result = workers.preview(photo, pipeline.to_json(), pipeline.tables, waiting())
        seconds = time.perf_counter() - started
    if len(_seconds) > _MAX_KNOWN:
        _seconds.clear()
    _seconds[names] = seconds
    return result


def time_stack(pipeline: Pipeline, photo: Photo) -> tuple[Photo, float]:
    """The photo after the stack, and the seconds that it took."""
    started = time.perf_counter()
    return pipeline.apply(photo), time.perf_counter() - started


def alt_text(pipeline: Pipeline, photo: OpenPhoto) -> str:
    """The picture in words, for those who do not see it."""
    titles = titles_of(Pipeline(tuple(item for item in pipeline if not item.muted)))
    return _("{name} with {titles}").format(name=photo.name, titles=titles) if titles else photo.name
