"""Where the picture comes from: a file, the camera once it is turned on, or the sample."""

from __future__ import annotations

import hashlib

import streamlit as st

from effects import Photo, PictureError, encode, open_preview, workers
from effects.codec.formats import WRITTEN_FORMATS
from effects.codec.limits import MAX_MEGABYTES
from effects.image import PREVIEW_SIDE
from pages.components import session
from pages.components.camera.camera_words import camera_words
from pages.components.camera.capture import capture
from pages.components.photo import sample
from pages.components.photo.open_photo import OpenPhoto, Picked
from pages.components.photo.photo_buttons import photo_buttons
from pages.components.photo.photo_url import fetch_asked, photo_url
from pages.components.place_in_line import waiting
from pages.components.trouble import escape, of_file, trouble
from pages.components.words import _, later, readable_bytes
from pages.components.workbench import Workbench

UPLOAD, CAMERA, SAMPLE = SOURCES = (later("Upload"), later("Camera"), later("Sample"))
PREVIEW_QUALITY = 88


def picture_input(bench: Workbench) -> None:
    """Choose the source of the picture, and what comes from it; what is chosen is opened by `open_picked`."""

    def changed() -> None:
        bench.camera_on, bench.photo_trouble = False, ""
        if session.value("source") == SAMPLE:
            pick_sample(bench)

    before = session.value("source") or UPLOAD
    session.show("source", before)
    source = st.segmented_control(
        _("Picture from"),
        SOURCES,
        format_func=_,
        default=before,
        required=True,
        key="source",
        on_change=changed,
        label_visibility="collapsed",
        persist_state="session",
    )
    if source == UPLOAD:
        with st.container(horizontal=True, vertical_alignment="center", key="files"):
            upload(bench, _("Open a photo"))
            photo_buttons()
        photo_url(bench)
    if source == CAMERA:
        camera(bench)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="own_photos"):
        recent(bench)


def picture_words(bench: Workbench) -> None:
    """What is to be said of the picture that was opened last: why it was not, or how it was read."""
    trouble(bench.photo_trouble)
    for note in bench.photo.preview.metadata.notes if bench.photo else ():
        st.caption(note)


def file_popover(bench: Workbench, photo: OpenPhoto) -> None:
    """The photo that is open, by its name; and, a click away, the ways to another."""
    with st.popover(escape(photo.name), key="file", icon=":material/image:"):
        st.caption(f"{photo.width} × {photo.height}, {readable_bytes(len(photo.data))}")
        picture_input(bench)


def recent(bench: Workbench) -> None:
    """The photos of this session that are not on the table now, a click away."""

    def bring_back(photo: OpenPhoto) -> None:
        bench.open(photo)
        bench.camera_on = False
        session.show("source", UPLOAD)

    others = [photo for photo in bench.recent if photo is not bench.photo]
    for photo in others:
        st.button(
            escape(photo.name),
            key=f"recent-{photo.sha256[:12]}",
            icon=":material/history:",
            type="tertiary",
            on_click=bring_back,
            args=(photo,),
            help=_("Back to this photo; the stack stays."),
        )


def upload(bench: Workbench, label: str) -> None:
    """A file, by button or by dropping it; its kind is found by content, so any name may come."""

    def changed() -> None:
        file = session.value("upload")
        bench.photo_trouble = ""
        # A file taken out of the field (as when another takes its place) leaves the picture on the bench.
        if file is not None:
            bench.picked = Picked(file.name, file.getvalue())

    st.file_uploader(
        label, key="upload", max_upload_size=MAX_MEGABYTES, on_change=changed, label_visibility="collapsed"
    )


def camera(bench: Workbench) -> None:
    """The camera, which the browser asks for only after the click, and which is gone once the photo is there."""

    def turn_on() -> None:
        bench.camera_on = True

    def taken() -> None:
        shot = session.value("camera")
        if shot is not None:
            bench.shots += 1
            number = f"-{bench.shots}" if bench.shots > 1 else ""
            # Streamlit's camera gives JPEG.
            bench.picked = Picked(f"photo{number}.{WRITTEN_FORMATS['jpeg'].ending}", shot.getvalue())
            bench.camera_on = False

    camera_words()
    if bench.camera_on:
        st.camera_input(
            _("Take a photo"), key="camera", resolution="1080p", on_change=taken, label_visibility="collapsed"
        )
    else:
        capture(bench)
        st.caption(_("Your browser asks you first, and the camera is off again as soon as the photo is taken."))
        st.button(_("Use the plain camera"), key="camera_on", on_click=turn_on, type="tertiary")
    upload(bench, _("Or upload a photo"))


def pick_sample(bench: Workbench) -> None:
    """Choose the app's own picture."""
    bench.picked = sample_picked()


def sample_picked() -> Picked:
    """The app's own picture, encoded."""
    return Picked("sample.jpg", sample.FILE.read_bytes(), is_own=False)


def open_picked(bench: Workbench) -> None:
    """Open the picture just chosen, if there is one; a bad one leaves the last good one on the bench.

    A run that is broken off meanwhile leaves it chosen, for the next.
    """
    if bench.sample_asked_for:
        bench.sample_asked_for = False
        if not bench.shared:  # else one's own photo is asked for next
            session.show("source", SAMPLE)
        pick_sample(bench)
    fetch_asked(bench)
    picked = bench.picked
    if picked is None:
        return
    try:
        with st.spinner(_("Opening the picture ...")):
            photo = opened(picked) if picked.is_own else sample_photo()
    except PictureError as error:
        bench.photo_trouble = of_file(picked.name, error)
    else:
        bench.open(photo)
        session.forget_made(photo)
    bench.picked = None
    bench.answers += 1


def opened(picked: Picked) -> OpenPhoto:
    """A person's picture, opened by a worker; `PictureError` says why it cannot be."""
    return as_open_photo(picked, workers.open_preview(picked.data, PREVIEW_SIDE, waiting()))


@st.cache_resource(show_spinner=False)
def sample_photo() -> OpenPhoto:
    """The app's own picture, opened once: all sessions may share it."""
    picked = sample_picked()
    return as_open_photo(picked, open_preview(picked.data, PREVIEW_SIDE))


def as_open_photo(picked: Picked, preview: Photo) -> OpenPhoto:
    """The picture with its small JPEG and the size it has when upright."""
    sides = preview.metadata.width, preview.metadata.height
    lies = preview.image.shape[1] >= preview.image.shape[0]
    width, height = (max(sides), min(sides)) if lies else (min(sides), max(sides))
    before = encode(preview, format="jpeg", quality=PREVIEW_QUALITY)
    sha256 = hashlib.sha256(picked.data).hexdigest()
    return OpenPhoto(picked.name, picked.data, preview, before, width, height, picked.is_own, sha256)
