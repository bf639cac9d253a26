"""The faces that were found, as they lie in the picture on the stage: outlines to see which is which, and to press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from effects import Pipeline
from effects.image import Box, fit
from effects.models.sight import boxes_plane
from effects.plan.plan import is_pointwise
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto
from pages.components.stack.found_faces import FoundFace, face_title, hides_faces, known_faces, tick_key
from pages.components.workbench import Workbench

SIDE = 320  # px of the map by which a face is followed through the stack
SEEN = 64  # of 255: how much of a pixel of that map is a face's where its outline is


@dataclass(frozen=True)
class FaceMark:
    """A face on the stage: the key of its box on the card, what it is called, where it is, and whether it is hidden.

    The box is left, top, width and height in shares of the picture that is shown.
    """

    key: str
    number: int
    words: str
    box: Box
    is_hidden: bool


def face_marks(bench: Workbench, photo: OpenPhoto, pipeline: Pipeline) -> list[FaceMark]:
    """The faces of a photo in what a pipeline makes of it, while a card that hides them is open and they are known."""
    shown = (bench.alone,) if bench.alone else bench.stack
    card = next((card for card in shown if card.id in bench.opened and not card.step.muted and hides_faces(card)), None)
    faces = known_faces(photo) if photo is bench.photo else None
    if card is None or not faces:
        return []
    boxes = moved_boxes(photo, faces, pipeline)
    return [
        FaceMark(tick_key(card.id, number), number, face_title(number, face), box, face.box not in photo.unhidden)
        for number, (face, box) in enumerate(zip(faces, boxes, strict=True), 1)
        if box is not None
    ]


def moved_boxes(photo: OpenPhoto, faces: tuple[FoundFace, ...], pipeline: Pipeline) -> list[Box | None]:
    """Where a pipeline has moved each face's box; None where it is not in the picture any more."""
    moving = Pipeline(tuple(item for item in pipeline if not is_pointwise(item)))
    made: dict[Pipeline, list[Box | None]] = session.made_once("face-marks", faces, dict)
    if moving not in made:
        made.clear()
        made[moving] = list(followed(photo, faces, moving))
    return made[moving]


def followed(photo: OpenPhoto, faces: tuple[FoundFace, ...], moving: Pipeline) -> Iterator[Box | None]:
    """Each face's box after these steps, by a small map of it."""
    width, height = fit(photo.width, photo.height, SIDE)
    for face in faces:
        plane = moving.plan.moved(boxes_plane((face.box,), height, width, border=0))
        rows, columns = np.nonzero(plane > SEEN)
        if not rows.size:
            yield None
            continue
        top, bottom, left, right = map(int, (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1))
        down, across = plane.shape
        yield left / across, top / down, (right - left) / across, (bottom - top) / down
