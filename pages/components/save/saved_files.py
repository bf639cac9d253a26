"""What was saved in this session: small pictures of the files, each to be had again or let go, and all in one zip."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from effects import encode, workers
from pages.components import session
from pages.components.save.piece import MAX_PIECES, Piece
from pages.components.save.zip_link import zip_link
from pages.components.settings import SETTINGS
from pages.components.trouble import literal
from pages.components.unforeseen import fragment
from pages.components.words import _

MAX_BYTES = SETTINGS.saved_mb * 1_000_000
"""Bytes of all files that a session keeps."""

SIDE, QUALITY = 160, 80  # px of a small picture's longer side, and of its JPEG


@dataclass
class SavedFiles:
    """The files, the newest first; where there are too many, or too much of them, the oldest go.

    A file comes from the thread that sends it, while the page may be drawn by another.
    """

    pieces: tuple[Piece, ...] = ()
    pictures: dict[int, bytes] = field(default_factory=dict)  # small, by a piece's number, as far as they are made
    part: str = ""  # of the page, where they are shown
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, piece: Piece) -> None:
        """Keep a file; the very same, made again, is kept once. One larger than all that may be kept is not."""
        with self._lock:
            others = [other for other in self.pieces if (other.name, other.data) != (piece.name, piece.data)]
            left, kept = MAX_BYTES, []
            for each in (piece, *others)[:MAX_PIECES]:
                left -= len(each.data)
                if left < 0:
                    break
                kept.append(each)
            self._put(kept or others)

    def drop(self, number: int) -> None:
        """Let a file go; a second press finds it gone."""
        with self._lock:
            self._put([piece for piece in self.pieces if piece.key != number])

    def _put(self, pieces: list[Piece]) -> None:
        self.pieces = tuple(pieces)
        self.pictures = {piece.key: self.pictures[piece.key] for piece in pieces if piece.key in self.pictures}

    @property
    def lacks_pictures(self) -> bool:
        """Whether there is a file whose small picture is not made yet."""
        return any(piece.key not in self.pictures for piece in self.pieces)

    def make_picture(self, piece: Piece) -> None:
        """Make a file's small picture, if it is not there; one that cannot be made is empty."""
        if piece.key not in self.pictures:
            try:
                small = encode(workers.open_preview(piece.data, SIDE), format="jpeg", quality=QUALITY)
            except ValueError:
                small = b""
            self.pictures = {**self.pictures, piece.key: small}


def saved_files() -> SavedFiles:
    """What this session has saved."""
    return session.hold("saved-files", SavedFiles)


def note_saved() -> Callable[[Piece], None]:
    """The way to tell, from whichever thread, of a file that was saved: it is shown where the page stands then."""
    held, draw = saved_files(), session.later_drawing()

    def note(piece: Piece) -> None:
        held.add(piece)
        draw(held.part)

    return note


@fragment
def saved_tray() -> None:
    """The files, a part of the page by itself: their small pictures are made where this run is for that alone."""
    held = saved_files()
    held.part = session.part()
    if not held.pieces:
        return
    is_alone = not held.lacks_pictures or session.alone_or_later(held.part, lambda: held.lacks_pictures)
    with st.container(key="saved_head", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('Saved')}**", width="stretch")
        if len(held.pieces) > 1:
            zip_link(held.pieces, "all_saved")
    with st.container(key="saved_list", gap="xxsmall"):
        for piece in held.pieces:
            if is_alone:
                held.make_picture(piece)
            saved_line(held, piece)
    sentence = _("The last {most} files are kept until you close this tab, {size} MB of them at most.")
    st.caption(sentence.format(most=MAX_PIECES, size=MAX_BYTES // 1_000_000))


def saved_line(held: SavedFiles, piece: Piece) -> None:
    """One file: how it looks, what it is called, the way to have it again and to let it go."""
    with st.container(key=f"saved-{piece.key}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        small = held.pictures.get(piece.key)
        if small:
            st.image(small, width=56, alt=piece.name)
        # Made when it is asked for, though it is there already: what a button is given at once is copied in each run.
        st.download_button(
            literal(piece.name),
            lambda: piece.data,
            piece.name,
            piece.mime,
            key=f"again-{piece.key}",
            help=_("Save this file again"),
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
            width="stretch",
        )
        st.button(
            _("Remove {name}").format(name=literal(piece.name)),
            key=f"drop-{piece.key}",
            icon=":material/delete:",
            type="tertiary",
            on_click=held.drop,
            args=(piece.key,),
        )
