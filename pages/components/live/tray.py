"""The tray: photos and recordings of this session, to download or to go on with; nothing of it is kept on disk.

A recording of a minute has about 10 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import streamlit as st

from effects import Photo, Pipeline, encode
from effects.codec.formats import WRITTEN_FORMATS
from effects.image import Image
from pages.components.live.mirror import remembers
from pages.components.live.shutter import Exposure
from pages.components.save.piece import MAX_PIECES, Piece, next_number
from pages.components.save.zip_link import zip_link
from pages.components.words import _

MARGIN = 0.04  # of a photo's shorter side, around the photos of a strip
JPEG = WRITTEN_FORMATS["jpeg"]
MP4_MIME = "video/mp4"
TYPES = {"MP4": (MP4_MIME, "mp4"), "GIF": ("image/gif", "gif")}


def photo(exposure: Exposure, pipeline: Pipeline, *, as_seen: bool) -> Image:
    """The photo a person keeps: the whole stack on the camera's whole frame, or what was on the screen.

    A stack with memory has none of it on a still, so there the screen it is.
    """
    return exposure.seen if as_seen or remembers(pipeline) else pipeline(exposure.raw)


def strip(photos: Sequence[Image]) -> Image:
    """The photos one below the other on white, as from a booth."""
    height, width = photos[0].shape[:2]
    margin = max(1, round(MARGIN * min(height, width)))
    rows = [np.full((margin, width + 2 * margin, 3), 255, np.uint8)]
    for image in photos:
        same = image if image.shape[:2] == (height, width) else np.asarray(cv2.resize(image, (width, height)), np.uint8)
        framed = cv2.copyMakeBorder(same, 0, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255, 255, 255))
        rows.append(np.asarray(framed, np.uint8))
    return np.concatenate(rows)


def pieces(exposures: Sequence[Exposure], pipeline: Pipeline, *, as_seen: bool) -> list[Piece]:
    """A photo, or the four of a burst and their strip."""
    images = [photo(exposure, pipeline, as_seen=as_seen) for exposure in exposures]
    kept = [jpeg(image, "photo", png(exposure.raw)) for image, exposure in zip(images, exposures, strict=True)]
    return [jpeg(strip(images), "strip"), *kept] if len(images) > 1 else kept


def jpeg(image: Image, word: str, raw: bytes = b"") -> Piece:
    """A picture as a JPEG in the tray."""
    piece = Piece("", encode(Photo(image), format=JPEG.name), JPEG.mime, raw)
    return Piece(f"emulsion-{word}-{piece.key}.{JPEG.ending}", piece.data, piece.mime, raw, piece.key)


def png(image: Image) -> bytes:
    """A camera frame, without loss."""
    return encode(Photo(image), format="png")


def recording(form: str, data: bytes) -> Piece:
    """A finished recording."""
    mime, ending = TYPES[form]
    number = next_number()
    return Piece(f"emulsion-{number}.{ending}", data, mime, key=number)


def tray(kept: list[Piece], edit: Callable[[int], None], drop: Callable[[int], None]) -> None:
    """Show what is in the tray, newest first; the oldest goes when it is full.

    `edit` and `drop` are called with a piece's number.
    """
    del kept[MAX_PIECES:]
    if not kept:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(_("Taken"), anchor=False)
        if len(kept) > 1:
            zip_link(kept, "all_pieces")
    with st.container(key="tray", horizontal=True, gap="medium"):
        for piece in kept:
            with st.container(key=f"piece-{piece.key}", width=220, gap="xsmall"):
                show_piece(piece, edit, drop)
    st.caption(_("Kept until you close this tab, {count} at most.").format(count=MAX_PIECES))


def show_piece(piece: Piece, edit: Callable[[int], None], drop: Callable[[int], None]) -> None:
    """One piece: what it is, and what one can do with it."""
    if piece.mime == MP4_MIME:
        st.video(piece.data, format=piece.mime)
    else:
        st.image(piece.data, alt=piece.name)
    with st.container(horizontal=True, gap="xsmall"):
        st.download_button(
            _("Download"),
            piece.data,
            piece.name,
            piece.mime,
            key=f"keep-{piece.key}",
            on_click="ignore",
            icon=":material/download:",
        )
        if piece.raw:
            st.button(
                _("Edit on Snapshot"),
                key=f"edit-{piece.key}",
                icon=":material/tune:",
                on_click=edit,
                args=(piece.key,),
            )
        st.button(
            _("Remove"),
            key=f"drop-{piece.key}",
            icon=":material/delete:",
            type="tertiary",
            on_click=drop,
            args=(piece.key,),
        )
