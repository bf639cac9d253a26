"""How large the downloaded file will be, in pixels and in bytes, told before it is made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

import streamlit as st

from effects import EFFECTS, Photo, Pipeline, RecipeError, workers
from effects.codec import Sample, obstacle, sample
from effects.codec.companions import MetadataWish
from effects.recipe import to_json_inside
from effects.render import untouched_file
from pages.components import pieces, session
from pages.components.photo.first_pictures import FIRST_PICTURES
from pages.components.photo.open_photo import OpenPhoto
from pages.components.stack.moves import changes_nothing
from pages.components.stage.preview import last_preview
from pages.components.trouble import literal, trouble
from pages.components.unforeseen import fragment
from pages.components.words import _, readable_bytes
from pages.components.workbench import Workbench

SAVE, SIZE = "save", "file_size"
"""The popover that the size is told in, and the part of the page that tells it."""

STILL = 0.3  # s without a change before a whole picture is worked on: less than anyone waits, more than a slider does
ASIDE = 2.0  # s that a whole picture waits at most for the first pictures of others
MAX_QUICK_PIXELS = 300_000  # pixels up to which that is not worth the wait


@dataclass(frozen=True)
class Wishes:
    """What kind of file is wanted."""

    format: str
    quality: int
    keep_exif: bool = False
    embed_recipe: bool = False
    long_side: int = 0  # px that the longer side has at most; 0 for all

    @property
    def metadata(self) -> MetadataWish:
        """What becomes of what the photo's file says, in the library's word."""
        return "keep" if self.keep_exif else "strip"

    def pipeline(self, stack: Pipeline, photo: OpenPhoto) -> Pipeline:
        """What is done for the file: the stack, and what makes its picture as small as is wanted."""
        whole = photo.height, photo.width
        if not self.long_side or size_refusal(stack, whole) or max(stack.size(*whole)) <= self.long_side:
            return stack
        return stack + EFFECTS["resize"].step(by="long_side", long_side=self.long_side)

    def recipe(self, pipeline: Pipeline) -> str | None:
        """What a file would hold of the recipe; the original's hash is as long as any."""
        return to_json_inside(pipeline.steps, b"") if self.embed_recipe else None


@dataclass(frozen=True)
class SizeRequest:
    """What is to be told; `result` is the whole picture where its preview is, too."""

    width: int
    height: int
    wishes: Wishes
    size: int | None
    can_be_measured: bool
    result: Photo | None


@dataclass
class KnownSizes:
    """What a session knows of one result's files: pieces of it, and their sizes, and which is asked for.

    `own_sizes` are the sizes of the photo's own file, where that is given back; `part` is the part of the page they are
    told in, `wishes` those that it was drawn for.
    """

    of: tuple[OpenPhoto, Pipeline] | None = None
    pieces: Sample | None = None
    sizes: dict[Wishes, int] = field(default_factory=dict)
    own_sizes: dict[Wishes, int | None] = field(default_factory=dict)
    request: SizeRequest | None = None
    part: str = ""
    wishes: Wishes | None = None


def known_sizes(photo: OpenPhoto, pipeline: Pipeline) -> KnownSizes:
    """What is known of this result; what was known of the one before is forgotten."""
    known = session.hold("file-size", KnownSizes)
    if known.of is None or known.of[0] is not photo or known.of[1] != pipeline:
        known.of, known.pieces, known.sizes, known.own_sizes = (photo, pipeline), None, {}, {}
    return known


def own_size(bench: Workbench, photo: OpenPhoto, wishes: Wishes) -> int | None:
    """The bytes of the photo's own file, where that is given back: nothing is to be done, and the format is its own."""
    pipeline = wishes.pipeline(bench.pipeline, photo)
    owned = known_sizes(photo, pipeline).own_sizes
    if wishes not in owned:
        own = untouched_file(
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
    with st.container():  # a place of its own, so that the parts of the page that follow keep theirs
        if bench.alone is not None:
            told = _("Only {title} is shown; the file will have the whole stack.")
            st.caption(told.format(title=literal(bench.alone.title)))
        trouble(ask_size(bench, photo, result, wishes, own))
    session.hold("file-size", KnownSizes).wishes = wishes
    tell_size()


def ask_size_again(bench: Workbench) -> None:
    """Ask for the size of what a slider has made, to be told as soon as `weigh` is called.

    Whoever draws but pieces knows that the photo's own file is not given back.
    """
    known, photo = session.hold("file-size", KnownSizes), bench.photo
    result = last_preview(photo) if photo is not None else None
    if photo is None or result is None or known.wishes is None or ask_size(bench, photo, result, known.wishes):
        pieces.draw_table()


def ask_size(bench: Workbench, photo: OpenPhoto, result: Photo, wishes: Wishes, own: int | None = None) -> str:
    """Note what is to be told; returns why there is no such file, in a sentence."""
    shown, whole = photo.preview.image.shape[:2], (photo.height, photo.width)
    pipeline = wishes.pipeline(bench.pipeline, photo)
    known = known_sizes(photo, pipeline)
    known.request = None
    if refusal := size_refusal(pipeline, whole):
        # A stack that is too much for the preview, too, has been told of there.
        return "" if size_refusal(pipeline, shown) else refusal
    height, width = pipeline.size(*whole)
    impossible = obstacle(wishes.format, width, height)
    failed = bool(bench.preview_trouble)
    is_whole = shown == whole and bench.alone is None and not failed and pipeline == bench.pipeline
    size = known.sizes.get(wishes) if own is None else own
    known.request = SizeRequest(
        width, height, wishes, size, not impossible and not failed, result if is_whole else None
    )
    return impossible


@partial(fragment, key=SIZE)
def tell_size() -> None:
    """The size in words, a part of the page by itself: measured where this run is for that alone."""
    known = session.hold("file-size", KnownSizes)
    known.part, request = session.part(), known.request
    if request is None or known.of is None:
        return
    place = st.empty()
    place.caption(size_words(request))
    is_wanted = session.value(SAVE) and known.part in session.parts_drawn()
    if is_wanted and request.size is None and request.can_be_measured:
        try:
            size = measure_file(known, request, *known.of)
        except (session.CalledAwayError, ValueError):
            return  # the next run tells it; or it would take too long, and Download says so, if it comes to that
        known.sizes[request.wishes] = size
        known.request = replace(request, size=size)
        place.caption(size_words(known.request))


def size_words(request: SizeRequest) -> str:
    """Pixels, and about how many bytes where that is known."""
    if request.size is None:
        return _("{width} × {height} pixels").format(width=request.width, height=request.height)
    told = _("{width} × {height} pixels, about {size}")
    return told.format(width=request.width, height=request.height, size=readable_bytes(request.size))


def tell_size_where_seen(bench: Workbench) -> None:
    """The end of the callback of what the words are in: they are in sight now, or not any more."""
    if changes_nothing(bench, {SAVE}):
        pieces.draw_only([SIZE])


def weigh() -> None:
    """Have the size told that is not known yet, when the page is drawn: it takes a look at the whole result.

    Only where it is in sight. What the person does meanwhile is not kept waiting, and while a slider moves nothing is
    begun.
    """
    known = session.hold("file-size", KnownSizes)
    request = known.request
    if request is None or not session.value(SAVE):
        return
    if request.size is not None or not request.can_be_measured:
        if pieces.are_drawn_alone():  # the words are those of what was before
            session.draw_part(known.part, lambda: known.request is request, STILL)
        return
    is_quick = request.result is not None and request.width * request.height <= MAX_QUICK_PIXELS
    waits = session.parts_drawn() and not is_quick
    session.draw_part(known.part, lambda: known.request is request, STILL if waits else 0)


def measure_file(known: KnownSizes, request: SizeRequest, photo: OpenPhoto, pipeline: Pipeline) -> int:
    """The bytes of the file that was asked for, by pieces of the whole result, which are kept for the next wish."""
    wishes, meanwhile = request.wishes, session.end_if_called
    if known.pieces is not None:
        taken = known.pieces
    elif request.result is not None:
        taken = sample(request.result)
    else:
        FIRST_PICTURES.go_first(ASIDE, meanwhile)
        job = photo.data, pipeline.to_json(), pipeline.tables, meanwhile
        taken = workers.measure(*job, unhidden=photo.unhidden)
    known.pieces = taken
    return workers.file_size(
        taken,
        photo.preview,
        meanwhile,
        format=wishes.format,
        quality=wishes.quality,
        metadata=wishes.metadata,
        recipe=wishes.recipe(pipeline),
    )


def size_refusal(pipeline: Pipeline, size: tuple[int, int]) -> str:
    """Why the stack cannot be done to a picture of this height and width, in a sentence; nothing where it can."""
    try:
        pipeline.size(*size)
    except RecipeError as error:
        return str(error)
    return ""
