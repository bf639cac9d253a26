"""What frames of live video tell of each other: faces that were there a moment ago are, and outlines do not flicker."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from effects.image import Box, Image
from effects.models.faces import Face, frame_faces
from effects.models.outlines import Plane, frame_person_map

LIVE_SCORE = 0.3
"""From which score on a face counts in a frame: low, for one too many is hidden sooner than one is shown."""

HELD = 15
"""Frames for which a box stays after the last time its face was found."""

LIVE_GROWTH = 0.6
"""How much larger than a face's box the hidden one is."""

STEADY = 48
"""Levels by which a map may change before it counts as motion, which it follows at once."""

SHARE = 0.25
"""How much of a small change goes into the next frame's map."""


@dataclass(frozen=True)
class Tracked:
    """What was seen in the frames before: the boxes of each of the last few, the last one's faces, and its people."""

    history: tuple[tuple[Box, ...], ...] = ()
    faces: tuple[Face, ...] = ()
    people: Plane = field(default_factory=lambda: np.zeros((0, 0), np.uint8), compare=False)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All that are still held."""
        return tuple(box for boxes in self.history for box in boxes)


def follow(before: Tracked, image: Image, what: str) -> Tracked:
    """What is known once a frame was looked at for heads or for people; `ModelError` where a network fails."""
    if what == "heads":
        faces = frame_faces(image, LIVE_SCORE)
        boxes = tuple(grown(face, LIVE_GROWTH) for face in faces)
        return replace(before, history=(*before.history, boxes)[-HELD:], faces=faces)
    return replace(before, people=steadied(before.people, frame_person_map(image)))


def grown(face: Face, share: float) -> Box:
    """A face's box grown by a share of its width and height, half of it on each side."""
    across, down = (face.right - face.left) * share / 2, (face.bottom - face.top) * share / 2
    return face.left - across, face.top - down, face.right + across, face.bottom + down


def steadied(before: Plane, now: Plane) -> Plane:
    """The map of a frame without the tremble of noise: where it changed little, a share of that."""
    if before.shape != now.shape:
        return now
    slow = cv2.addWeighted(before, 1 - SHARE, now, SHARE, 0)
    return np.where(cv2.absdiff(before, now) > STEADY, now, slow)
