"""Where faces are: a network's answers for the whole picture and for parts of it, as boxes.

The decoding is that of MediaPipe's full-range face detector: 48 x 48 places, each with a score, a box and six points.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import ceil

import cv2
import numpy as np

from effects.image import Box, Floats, Image
from effects.models.nets import ask

SIDE = 192
"""Pixels a side of what the network looks at."""

CELLS = 48
"""Places a side at which it may say that there is a face."""

OUTPUTS = "reshaped_classifier_face_4", "reshaped_regressor_face_4"

LOOKED_AT = 1280
"""Pixels of the longer side of what a still is looked at: of a preview as of an export the same."""

WHOLE_SCORE = 0.4
PART_SCORE = 0.43
FINE_SCORE = 0.55
"""From which score on a face counts, in the whole, in halves, and in smaller parts, which see faces in more things."""

SURE_SCORE = 0.7
"""From which score on a face found in the whole has the box that it has there: alike in a preview and an export."""

FINE_PART = 240
"""Pixels of the smallest parts' longer side: a face of 24 pixels then is one of 19 to the network."""

MARGIN = 1 / 8
"""Of its longer side, what is added around the whole: faces that the border cuts are found less far from it."""

DARK = 160
SQUARES = 24
"""A small part is dark where the lightest of so many squares a side is below so many levels."""

BRIGHT, MAX_GAIN = 230, 8.0
"""To how many levels that square then is lightened, and by how much at most: in an eighth of the light small faces then
are found as in all of it. Large ones are, anyway, and so are smoke and lamps that are lightened taken for faces."""

SAME = 0.3
"""Boxes that share so much of what both cover are one face."""


@dataclass(frozen=True)
class Face:
    """A face: its box and the places of its eyes, as shares of the picture's width and height, and its score."""

    left: float
    top: float
    right: float
    bottom: float
    score: float
    eyes: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    @property
    def box(self) -> Box:
        """Its box alone."""
        return self.left, self.top, self.right, self.bottom

    def overlap(self, other: Face) -> float:
        """The share of what both cover together that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        if width <= 0 or height <= 0:
            return 0.0
        return width * height / (self.area + other.area - width * height)

    @property
    def area(self) -> float:
        """Of its box."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True)
class Part:
    """A part of a picture, in pixels; it may reach beyond it."""

    left: int
    top: int
    width: int
    height: int


def still_faces(image: Image) -> tuple[Face, ...]:
    """The faces in a still: in all of it, in 2 x 2 parts that overlap, and in more of them; the surest first."""
    small = shrink_to(image, LOOKED_AT)
    height, width = small.shape[:2]
    whole = faces_in_part(small, around(width, height), WHOLE_SCORE)
    found = [face for face in whole if face.score < SURE_SCORE]
    for part in parts(width, height, max(width, height) * 0.6):
        found += faces_in_part(small, part, PART_SCORE)
    if max(width, height) > 1.5 * FINE_PART:
        for part in parts(width, height, FINE_PART):
            found += faces_in_part(small, part, FINE_SCORE, lighten=True)
    sure = distinct([face for face in whole if face.score >= SURE_SCORE])
    return distinct(found, sure)


def frame_faces(image: Image, score: float) -> tuple[Face, ...]:
    """The faces in a frame of live video: in all of it alone."""
    height, width = image.shape[:2]
    return distinct(faces_in_part(image, Part(0, 0, width, height), score))


def shrink_to(image: Image, longer: int) -> Image:
    """The picture with a longer side of at most so many pixels."""
    height, width = image.shape[:2]
    share = longer / max(height, width)
    if share >= 1:
        return image
    size = max(1, round(width * share)), max(1, round(height * share))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], 3)


def around(width: int, height: int) -> Part:
    """All of a picture, and some more on each side."""
    margin = round(MARGIN * max(width, height))
    return Part(-margin, -margin, width + 2 * margin, height + 2 * margin)


def parts(width: int, height: int, side: float) -> list[Part]:
    """Squares that cover a picture, each overlapping the next by a fifth or more."""
    side = min(side, max(width, height))
    starts = []
    for length in (width, height):
        count = max(1, ceil((length - side) / (0.8 * side)) + 1) if length > side else 1
        starts.append(np.linspace(0, max(0, length - side), count).round().astype(int).tolist())
    sides = min(width, ceil(side)), min(height, ceil(side))
    return [Part(left, top, *sides) for left, top in product(*starts)]


def faces_in_part(image: Image, part: Part, score: float, *, lighten: bool = False) -> list[Face]:
    """Faces of at least this score in a part of the picture, as shares of the whole picture; a dark one is lightened
    before, if one may `lighten` it."""
    height, width = image.shape[:2]
    side = max(part.width, part.height)
    scale = SIDE / side
    left, top = part.left - (side - part.width) / 2, part.top - (side - part.height) / 2
    shown = letterbox(image, part, scale)
    if lighten:
        shown = lightened(shown)
    blob = cv2.dnn.blobFromImage(shown, 1 / 127.5, (SIDE, SIDE), (127.5, 127.5, 127.5))
    scores, boxes = ask("faces", blob, OUTPUTS)
    sure = 1 / (1 + np.exp(-np.clip(scores.reshape(-1).astype(np.float64), -80, 80)))
    faces = []
    for place in np.flatnonzero(sure >= score):
        row, column = divmod(int(place), CELLS)
        numbers: Floats = boxes.reshape(-1, 16)[place].astype(np.float64) / SIDE
        x, y = (column + 0.5) / CELLS + numbers[0::2], (row + 0.5) / CELLS + numbers[1::2]
        x, y = (left + x * side) / width, (top + y * side) / height
        half = numbers[2] * side / width / 2, numbers[3] * side / height / 2
        eyes = float(x[2]), float(y[2]), float(x[3]), float(y[3])
        box = float(x[0] - half[0]), float(y[0] - half[1]), float(x[0] + half[0]), float(y[0] + half[1])
        faces.append(Face(*box, float(sure[place]), eyes))
    return faces


def letterbox(image: Image, part: Part, scale: float) -> Image:
    """A part at this scale in the middle of a black square of `SIDE`; what lies beyond the picture is black, too."""
    height, width = image.shape[:2]
    out = np.zeros((SIDE, SIDE, 3), np.uint8)
    left, top = max(0, part.left), max(0, part.top)
    right, bottom = min(width, part.left + part.width), min(height, part.top + part.height)
    size = [max(1, min(SIDE, round(length * scale))) for length in (right - left, bottom - top)]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    shrunk = cv2.resize(image[top:bottom, left:right], size, interpolation=way)
    x = round((left - part.left) * scale + (SIDE - part.width * scale) / 2)
    y = round((top - part.top) * scale + (SIDE - part.height * scale) / 2)
    x, y = min(max(0, x), SIDE - size[0]), min(max(0, y), SIDE - size[1])
    out[y : y + size[1], x : x + size[0]] = shrunk
    return out


def lightened(image: Image) -> Image:
    """The picture, made lighter where it is dark."""
    most = float(cv2.resize(image, (SQUARES, SQUARES), interpolation=cv2.INTER_AREA).max())
    return cv2.convertScaleAbs(image, alpha=min(MAX_GAIN, BRIGHT / most)) if 0 < most < DARK else image


def distinct(faces: list[Face], before: tuple[Face, ...] = ()) -> tuple[Face, ...]:
    """Of boxes around one face the surest, and those `before` in any case; the surest faces first."""
    kept = list(before)
    for face in sorted(faces, key=lambda one: -one.score):
        if all(face.overlap(other) <= SAME for other in kept):
            kept.append(face)
    return tuple(sorted(kept, key=lambda one: -one.score))
