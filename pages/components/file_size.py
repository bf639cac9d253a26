"""How large the downloaded file will be, in pixels and in bytes, told before it is made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st

from effects import Photo, Pipeline, RecipeError, workers
from effects.codec import Sample, obstacle, sample
from effects.codec.companions import MetadataWish
from effects.recipe import to_json_inside
from effects.render import given_back
from effects.workers.patience import stillness
from pages.components import session
from pages.components.open_photo import OpenPhoto
from pages.components.trouble import trouble
from pages.components.unforeseen import fragment
from pages.components.workbench import Workbench

STILL = 0.3  # s without a change before a whole picture is worked on: less than anyone waits, more than a slider does
QUICK = 300_000  # pixels up to which that is not worth the wait


@dataclass(frozen=True)
class Wishes:
    """What kind of file is wanted."""

    format: str
    quality: int
    keep_exif: bool = False
    embed_recipe: bool = False

    @property
    def metadata(self) -> MetadataWish:
        """What becomes of what the photo's file says, in the library's word."""
        return "keep" if self.keep_exif else "strip"

    def recipe(self, pipeline: Pipeline) -> str | None:
        """What a file would hold of the recipe; the original's hash is as long as any."""
        return to_json_inside(pipeline.steps, b"") if self.embed_recipe else None


@dataclass(frozen=True)
class Asked:
    """What is to be told; `result` is the whole picture where its preview is, too."""

    width: int
    height: int
    wishes: Wishes
    size: int | None
    can_be_measured: bool
    result: Photo | None


@dataclass
class Told:
    """What a session knows of one result's files: pieces of it, and their sizes, and which is asked for.

    `owned` are the sizes of the photo's own file, where that is given back; `part` is the part of the page they are
    told in.
    """

    of: tuple[OpenPhoto, Pipeline] | None = None
    pieces: Sample | None = None
    sizes: dict[Wishes, int] = field(default_factory=dict)
    owned: dict[Wishes, int | None] = field(default_factory=dict)
    asked: Asked | None = None
    part: str = ""


def told_of(photo: OpenPhoto, pipeline: Pipeline) -> Told:
    """What is known of this result; what was known of the one before is forgotten."""
    told = session.held("file-size", Told)
    if told.of is None or told.of[0] is not photo or told.of[1] != pipeline:
        told.of, told.pieces, told.sizes, told.owned = (photo, pipeline), None, {}, {}
    return told


def own_size(bench: Workbench, photo: OpenPhoto, wishes: Wishes) -> int | None:
    """The bytes of the photo's own file, where that is given back: nothing is to be done, and the format is its own."""
    pipeline = bench.pipeline
    owned = told_of(photo, pipeline).owned
    if wishes not in owned:
        own = given_back(
            photo.data,
            photo.preview,
            pipeline,
            format=wishes.format,
            metadata=wishes.metadata,
            recipe=wishes.recipe(pipeline),
        )
        owned[wishes] = None if own is None else len(own)
    return owned[wishes]


def file_size(bench: Workbench, photo: OpenPhoto, result: Photo, wishes: Wishes, own: int | None) -> None:
    """Tell how large the file will be: its pixels, and about its bytes, or `own` where it is the photo's own file.

    Bytes that are not known yet are told later, if `weigh` is called. `result` is what the preview shows.
    """
    if bench.alone is not None:
        st.caption(f"Only {bench.alone.step.effect.title} is shown; the file will have the whole stack.")
    pipeline, shown, whole = bench.pipeline, photo.preview.image.shape[:2], (photo.height, photo.width)
    told = told_of(photo, pipeline)
    told.asked = None
    if refusal := too_large(pipeline, whole):
        # A stack that is too much for the preview, too, has been told of there.
        trouble("" if too_large(pipeline, shown) else refusal)
        return
    height, width = pipeline.size(*whole)
    impossible = obstacle(wishes.format, width, height)
    trouble(impossible)
    failed = bool(bench.preview_trouble)
    is_whole = shown == whole and bench.alone is None and not failed
    size = told.sizes.get(wishes) if own is None else own
    told.asked = Asked(width, height, wishes, size, not impossible and not failed, result if is_whole else None)
    sentence()


@fragment
def sentence() -> None:
    """The size in words, a part of the page by itself: measured where this run is for that alone."""
    told = session.held("file-size", Told)
    told.part, asked = session.part(), told.asked
    if asked is None or told.of is None:
        return
    place, pixels = st.empty(), f"{asked.width} × {asked.height} pixels"
    place.caption(pixels if asked.size is None else f"{pixels}, about {readable(asked.size)}")
    if asked.size is None and asked.can_be_measured and session.parts_drawn() == (told.part,):
        try:
            size = measured(told, asked, *told.of)
        except (session.CalledAwayError, ValueError):
            return  # the next run tells it; or it would take too long, and Download says so, if it comes to that
        told.sizes[asked.wishes] = size
        told.asked = replace(asked, size=size)
        place.caption(f"{pixels}, about {readable(size)}")


def weigh() -> None:
    """Have the size told that is not known yet, when the page is drawn: it takes a look at the whole result.

    What the person does meanwhile is not kept waiting, and while a slider moves nothing is begun.
    """
    told = session.held("file-size", Told)
    asked = told.asked
    if asked is None or asked.size is not None or not asked.can_be_measured:
        return
    if session.parts_drawn() and (asked.result is None or asked.width * asked.height > QUICK):
        try:
            stillness(STILL, session.end_if_called)
        except session.CalledAwayError:
            return
    session.draw_part(told.part)


def measured(told: Told, asked: Asked, photo: OpenPhoto, pipeline: Pipeline) -> int:
    """The bytes of the file that was asked for, by pieces of the whole result, which are kept for the next wish."""
    wishes, meanwhile = asked.wishes, session.end_if_called
    if told.pieces is not None:
        pieces = told.pieces
    elif asked.result is not None:
        pieces = sample(asked.result)
    else:
        pieces = workers.measure(photo.data, pipeline.to_json(), pipeline.tables, meanwhile)
    told.pieces = pieces
    return workers.file_size(
        pieces,
        photo.preview,
        meanwhile,
        format=wishes.format,
        quality=wishes.quality,
        metadata=wishes.metadata,
        recipe=wishes.recipe(pipeline),
    )


def too_large(pipeline: Pipeline, size: tuple[int, int]) -> str:
    """Why the stack cannot be done to a picture of this height and width, in a sentence; nothing where it can."""
    try:
        pipeline.size(*size)
    except RecipeError as error:
        return str(error)
    return ""


def readable(size: float) -> str:
    """Bytes as one reads them."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 1):.0f} kB"
