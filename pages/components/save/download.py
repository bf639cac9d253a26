"""The result as a file: format, quality, size, name, and the button that renders it in full."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

import streamlit as st

from effects import Photo, Pipeline, workers
from effects.codec.formats import DEFAULT_FORMAT, DEFAULT_QUALITY, WRITTEN_FORMATS, WrittenFormat, titles
from effects.group import steps_in
from pages.components import pieces, session
from pages.components.photo.open_photo import OpenPhoto
from pages.components.save.download_watch import download_watch
from pages.components.save.exports import Turn, export_line
from pages.components.save.file_name import file_name, name_part
from pages.components.save.file_size import Wishes, file_size, own_size
from pages.components.save.piece import Piece
from pages.components.trouble import trouble
from pages.components.words import _, later
from pages.components.workbench import Workbench

FORMATS = {form.title: form for form in WRITTEN_FORMATS.values()}
MIN_QUALITY = 40
LONG_SIDES = (0, 4096, 2048, 1080)  # px; 0 for all
APP = "emulsion"
CUT_FORMAT = "png"
"""What is proposed for what was cut out."""

TURNS_WHITE = later(
    "Parts of this picture are transparent. No {opaque} can keep that: they will be white. {others} keep them as they "
    "are."
)
GIVEN_BACK = later(
    "Nothing is to be done to this picture, so its file is given back as it is, not compressed again, "
    "whatever the quality. Another format, or Resize, makes it smaller."
)


def file_options(bench: Workbench, photo: OpenPhoto, result: Photo) -> Wishes:
    """Choose format, quality, size and what travels along, and see about how large the file will be.

    Its size is told by pieces, at the end of the run (see `weigh`).
    """
    form = choose_format(format_for(bench.pipeline))
    with st.container():  # a place of its own, so that what is below keeps its
        if not form.keeps_alpha and is_transparent(bench, photo, result):
            st.caption(turns_white())
    above = st.container()
    long_side = choose_long_side()
    keep, embed = choose_companions()
    wishes = Wishes(form.name, DEFAULT_QUALITY, keep, embed, long_side)
    own = own_size(bench, photo, wishes)
    with above:
        quality = quality_of(form, is_given_back=own is not None)
    wishes = replace(wishes, quality=quality)
    file_size(bench, photo, result, wishes, own)
    return wishes


def turns_white() -> str:
    """What to say of a format that keeps no transparency, where there is some."""
    opaque, others = (titles(form for form in FORMATS.values() if form.keeps_alpha == keeps) for keeps in (False, True))
    return _(TURNS_WHITE).format(opaque=opaque, others=others)


@dataclass(frozen=True)
class Order:
    """A file of the whole picture, as it is wished for; `note` is told of it when it is made."""

    photo: OpenPhoto
    pipeline: Pipeline
    wishes: Wishes
    name: str
    bench: Workbench = field(compare=False)
    note: Callable[[Piece], None] = field(compare=False)
    turn: Turn = field(compare=False)

    @property
    def form(self) -> WrittenFormat:
        """What kind of file it is."""
        return WRITTEN_FORMATS[self.wishes.format]

    def make(self) -> Piece:
        """Make it, in a worker; ValueError, which the page tells of, where that cannot be."""
        self.bench.download_trouble = ""
        pipeline = self.wishes.pipeline(self.pipeline, self.photo)
        try:
            with self.turn.taken() as meanwhile:
                data = workers.render(
                    self.photo.data,
                    pipeline.to_json(),
                    format=self.form.name,
                    quality=self.wishes.quality,
                    metadata=self.wishes.metadata,
                    embed_recipe=self.wishes.embed_recipe,
                    tables=pipeline.tables,
                    unhidden=self.bench.unhidden_now(self.photo),
                    meanwhile=meanwhile,
                )
        except ValueError as error:
            self.bench.download_trouble = str(error)
            raise
        piece = Piece(self.name, data, self.form.mime)
        self.note(piece)
        return piece


def order(bench: Workbench, photo: OpenPhoto, wishes: Wishes, note: Callable[[Piece], None], turn: Turn) -> Order:
    """The file that would be saved now."""
    name = file_name(photo.name, result_name(bench), WRITTEN_FORMATS[wishes.format].ending)
    return Order(photo, bench.pipeline, wishes, name, bench, note, turn)


def download(bench: Workbench, photo: OpenPhoto, wishes: Wishes, note: Callable[[Piece], None], turn: Turn) -> None:
    """The button that gives the whole picture as it was last wished for; it is made after the click, in a worker.

    What it gives is told to `note`.
    """
    drawn = order(bench, photo, wishes, note, turn)
    st.download_button(
        _("Save"),
        lambda: order(bench, photo, wishes, note, turn).make().data,
        drawn.name,
        drawn.form.mime,
        key="download",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )


def download_words(bench: Workbench) -> None:
    """How many are ahead of a file that waits, and why the last one could not be made, if that is so."""
    export_line()
    if download_watch():
        pieces.passes()
        trouble(bench.download_trouble)


@dataclass
class FormatChoice:
    """Whether the person has chosen a kind of file, so that none is proposed any more."""

    is_made: bool = False


def format_for(pipeline: Pipeline) -> str:
    """The kind of file that is proposed for what a stack makes."""
    return CUT_FORMAT if cuts_out(pipeline) else DEFAULT_FORMAT


def choose_format(proposed: str) -> WrittenFormat:
    """Choose what kind of file is made; until one does, it is the proposed one."""
    key, usual, choice = "format", WRITTEN_FORMATS[proposed].title, session.hold("format-choice", FormatChoice)

    def choose() -> None:
        choice.is_made = choice.is_made or not session.is_echo(key)

    with nullcontext() if choice.is_made else session.showing(key, usual):
        title = st.segmented_control(
            _("Format"),
            list(FORMATS),
            default=usual,
            required=True,
            key=key,
            persist_state="session",
            on_change=choose,
        )
    return FORMATS[title or usual]


def choose_long_side() -> int:
    """Choose how many pixels the longer side has at most; 0 for as many as it has."""
    return (
        st.segmented_control(
            _("Longer side"),
            LONG_SIDES,
            default=0,
            required=True,
            key="long_side",
            persist_state="session",
            format_func=lambda side: f"{side} px" if side else _("All pixels"),
        )
        or 0
    )


def quality_of(form: WrittenFormat, *, is_given_back: bool) -> int:
    """Choose how much of the picture is kept, where a file of this format does lose some.

    Where the photo's own file is given back, the choice waits for the first thing to do, and that is said.
    """
    quality = DEFAULT_QUALITY
    if not form.is_lossless:
        quality = st.slider(_("Quality"), MIN_QUALITY, 100, DEFAULT_QUALITY, key="quality", persist_state="session")
    if is_given_back:
        st.caption(_(GIVEN_BACK))
    return quality


def choose_companions() -> tuple[bool, bool]:
    """Choose what travels inside the file beside the picture: nothing, unless asked for."""
    with st.expander(_("What else is in the file"), icon=":material/attach_file:"):
        keep = st.checkbox(
            _("Keep camera data (EXIF)"),
            key="keep_exif",
            persist_state="session",
            help=_("Camera, lens, time and, where the photo says so, the place it was taken at."),
        )
        embed = st.checkbox(
            _("Keep the recipe inside the file"),
            key="keep_recipe",
            persist_state="session",
            help=_("Opened here again, the file brings its stack along."),
        )
    return keep, embed


def is_transparent(bench: Workbench, photo: OpenPhoto, result: Photo) -> bool:
    """Whether one sees through any part of what the file will show; `result` may show one effect alone."""
    alpha = result.alpha
    if cuts_out(bench.pipeline):
        return True
    if bench.alone is not None and photo.preview.alpha is not None:
        alpha = bench.pipeline.plan.alpha(photo.preview.alpha)
    return alpha is not None and int(alpha.min()) < 255


def cuts_out(pipeline: Pipeline) -> bool:
    """Whether a step makes transparent what was not: of that no file without transparency is wanted."""
    active = steps_in(item for item in pipeline if item.is_active)
    return any(step.effect.cuts is not None for step in active if step.is_active)


def result_name(bench: Workbench) -> str:
    """What a file is called beside its photo's name: its look, else this app; nothing where it is untouched."""
    active = [card for card in bench.stack if card.step.is_active]
    look = next((card.title for card in active if card.is_group), "")
    return name_part(look) or (APP if active else "")
