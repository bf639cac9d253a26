"""The faces that were found in a photo, on the card of what hides them: each can be unticked, and is seen then.

Which ones are is known in this session alone, and of this photo alone: no recipe and no link tells of anybody's face.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import partial
from html import escape

import cv2
import numpy as np
import streamlit as st

from effects import Photo, PictureError, encode, workers
from effects.image import Box
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto
from pages.components.place_in_line import waiting
from pages.components.stack.card import Card
from pages.components.trouble import trouble
from pages.components.words import _, later, plural
from pages.components.workbench import Workbench

SIDE = 80  # px of a face's small picture, at half its size on the card
AROUND = 0.3  # of a face's box, on each side, in its small picture

PLACES = (
    (later("Face {number}, top left"), later("Face {number}, at the top"), later("Face {number}, top right")),
    (later("Face {number}, on the left"), later("Face {number}, in the middle"), later("Face {number}, on the right")),
    (later("Face {number}, bottom left"), later("Face {number}, at the bottom"), later("Face {number}, bottom right")),
)
"""What a face is called, by the third of the photo that its middle is in: down, then across."""


@dataclass(frozen=True)
class FoundFace:
    """A face in a photo: its box there, and a small square picture of it, a JPEG."""

    box: Box
    picture: bytes

    @property
    def third(self) -> tuple[int, int]:
        """In which third of the photo its middle is, down and across."""
        left, top, right, bottom = self.box
        down, across = (min(max(int(3 * middle), 0), 2) for middle in ((top + bottom) / 2, (left + right) / 2))
        return down, across


@dataclass
class KnownFaces:
    """The faces of the photo that a session looked at last, which is known by its very bytes."""

    of: bytes | None = None
    faces: tuple[FoundFace, ...] = ()


def found_faces(bench: Workbench, photo: OpenPhoto, card: Card) -> None:
    """A line for each face in the photo, where the card hides them: what is ticked is hidden, and at first all are."""
    if not hides_faces(card):
        return
    faces = known_faces(photo)
    if faces is None:
        try:
            faces = look_for_faces(photo)
        except PictureError as error:
            trouble(str(error))
            return
        session.draw_part(session.part(), lambda: True)  # the stage, drawn before, has their outlines then
    if not faces:
        st.caption(_("No face was found in this photo."))
        return
    told = plural(
        "{count} face was found. Untick it if it need not be hidden; that holds as long as this photo is open.",
        "{count} faces were found. Untick those that need not be hidden; that holds as long as this photo is open.",
        len(faces),
    )
    st.caption(told.format(count=len(faces)))
    with st.container(key=f"{card.id}-face-list", horizontal=True, gap="xsmall"):
        for number, face in enumerate(faces, 1):
            tick(bench, photo, card, number, face)


def tick(bench: Workbench, photo: OpenPhoto, card: Card, number: int, face: FoundFace) -> None:
    """One face as a small picture, and whether it is hidden."""
    key, is_hidden, title = tick_key(card.id, number), face.box not in photo.unhidden, face_title(number, face)

    def changed() -> None:
        if not session.is_echo(key):
            bench.set_face_hidden(photo, face.box, is_hidden=bool(session.value(key)))

    with st.container(key=f"{card.id}-face-{number}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        source = f"data:image/jpeg;base64,{b64encode(face.picture).decode()}"
        st.html(f'<img class="face" alt="{escape(title, quote=True)}" src="{source}">', width="content")
        with session.showing(key, is_hidden):
            st.checkbox(title, is_hidden, key=key, on_change=changed)


def tick_key(card: str, number: int) -> str:
    """The key of the box on a card by which the face of this number is hidden."""
    return f"{card}-face-{number}-hidden"


def face_title(number: int, face: FoundFace) -> str:
    """What a face is called: its number, and where it is in the photo as that came."""
    down, across = face.third
    return _(PLACES[down][across]).format(number=number)


def hides_faces(card: Card) -> bool:
    """Whether a step of the card hides what it finds."""
    return any(step.effect.finds and step.effect.hides for step in card.steps)


def known_faces(photo: OpenPhoto) -> tuple[FoundFace, ...] | None:
    """The faces of a photo, in reading order; None where nobody has looked for them yet."""
    held = session.hold("found-faces", KnownFaces)
    return held.faces if held.of is photo.data else None


def look_for_faces(photo: OpenPhoto) -> tuple[FoundFace, ...]:
    """Find the faces of a photo, in a worker; PictureError where that cannot be."""
    boxes = workers.find_faces(photo.preview, waiting())
    found = sorted(map(partial(as_found, photo.preview), boxes), key=lambda face: (face.third[0], face.box[0]))
    held = session.hold("found-faces", KnownFaces)
    held.of, held.faces = photo.data, tuple(found)
    return held.faces


def as_found(photo: Photo, box: Box) -> FoundFace:
    """A face with its small picture, which is of the photo as it came: nobody but who gave it sees that."""
    height, width = photo.image.shape[:2]
    left, top, right, bottom = box
    half = (0.5 + AROUND) * max((right - left) * width, (bottom - top) * height)
    middle = (left + right) / 2 * width, (top + bottom) / 2 * height
    size = max(1, round(2 * half))
    corner = np.array([[1, 0, half - middle[0]], [0, 1, half - middle[1]]])
    square = cv2.warpAffine(photo.image, corner, (size, size), borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(square, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return FoundFace(box, encode(Photo(np.ascontiguousarray(small, np.uint8)), format="jpeg"))
