"""Which pixels belong to the subject, to people and to faces: small maps, and their edges in the picture itself."""

from __future__ import annotations

from math import atan2, degrees

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Image
from effects.kernels.enlarging import halved, reduce_to
from effects.kernels.guided import fit_guided_filter
from effects.memory.bands import each_band
from effects.memory.sheets import sheet
from effects.models.faces import Face, shrink_to
from effects.models.nets import ask, nets

Plane = npt.NDArray[np.uint8]
"""uint8, h x w: 0 is not of it, 255 is."""

SUBJECT_SIDE = 320
PERSON_SIZE = 256, 144
LANDMARK_SIDE = 192
"""Pixels of what the networks look at."""

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of the photos the subject's network has learned from (ImageNet)."""

OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""Of the 468 points of a face those of its outline, in order (MediaPipe's canonical face)."""

ROOM = 1.5
"""How much more than a face's box the network that outlines it is shown."""

PRESENCE = 0.0
"""Of the outline's network: what it says of whether there is a face, above which it is believed."""

EDGE_SIDE = 480
"""Pixels of the shorter side of the picture in which edges are looked for."""

EDGE_REACH = 6
EDGE_EPS = 2e-4
"""Half the window, and the variance that counts as flat, of the filter that lays a map's edges onto the picture's."""

SURE = 0.45, 0.65
"""What the people's network has to say to be heard beside the subject's: below lie flags and chairs near somebody."""

STEEPER = 1.6
"""How much steeper an edge becomes than networks draw it."""


def subject_map(image: Image) -> Plane:
    """The subject of a photo, whatever it is, 320 x 320; the network is let go of, for it holds 290 MB."""
    blob = cv2.dnn.blobFromImage(shrink_to(image, 2 * SUBJECT_SIDE), 1 / 255, (SUBJECT_SIDE, SUBJECT_SIDE))
    blob = blob / max(float(blob.max()), 1 / 255)
    blob = (blob - np.reshape(MEAN, (1, 3, 1, 1))) / np.reshape(DEVIATION, (1, 3, 1, 1))
    try:
        (answer,) = ask("subject", np.ascontiguousarray(blob, np.float32), ("1959",))
    finally:
        nets.forget("subject")
    least, most = float(answer.min()), float(answer.max())
    return to_plane((answer[0, 0] - least) / max(most - least, 1e-6))


def frame_person_map(image: Image) -> Plane:
    """People near the camera in a frame, which is shrunk as quickly as may be."""
    small = image
    while min(length // own for length, own in zip(small.shape[1::-1], PERSON_SIZE, strict=True)) >= 2:
        small = halved(small)
    return person_map(cv2.resize(small, PERSON_SIZE, interpolation=cv2.INTER_LINEAR))


def person_map(image: Image) -> Plane:
    """People near the camera, 144 x 256: quick enough for every frame of live video."""
    blob = cv2.dnn.blobFromImage(shrink_to(image, 2 * PERSON_SIZE[0]), 1 / 255, PERSON_SIZE)
    (answer,) = ask("person", blob, ("segment_back",))
    return to_plane(answer[0, 0])


def to_plane(shares: Floats) -> Plane:
    """Shares of 0..1 as bytes."""
    return np.rint(np.clip(shares, 0, 1) * 255).astype(np.uint8)


def whole_map(image: Image, faces: tuple[Face, ...], kind: str) -> Plane:
    """The subject or the people of a still.

    Where a face was found both are the larger of both maps: the one knows hair, the other whole bodies. Elsewhere the
    subject is what its network says, and people are what theirs does.
    """
    if kind == "person" and not faces:
        return person_map(image)
    subject = subject_map(image)
    if not faces:
        return subject
    least, most = SURE
    people = cv2.resize(person_map(image), subject.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.max(subject, to_plane((people.astype(np.float32) / 255 - least) / (most - least)))


def refined(image: Image, small: Plane) -> Plane:
    """A small map at the picture's size, its edges those that the picture has there (a guided filter)."""
    height, width = image.shape[:2]
    smaller = image
    while min(smaller.shape[:2]) >= 4 * EDGE_SIDE:  # which takes a fifth of the time of one step
        smaller = halved(smaller)
    guide = cv2.cvtColor(reduce_to(smaller, EDGE_SIDE), cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    target = cv2.resize(small, guide.shape[::-1], interpolation=cv2.INTER_LINEAR).reshape(guide.shape)
    shares = target.astype(np.float32) / 255
    edges = fit_guided_filter(guide, shares, EDGE_REACH, EDGE_EPS, height=height, width=width).steeper(STEEPER)
    out: Plane = sheet((height, width))

    def work(rows: slice) -> None:
        grey = cv2.cvtColor(image[rows], cv2.COLOR_RGB2GRAY).reshape(-1, width)
        edges.fill(out[rows], grey, rows)

    each_band(work, height, width, bytes_per_pixel=18)
    return out


def enlarged(small: Plane, height: int, width: int) -> Plane:
    """A small map at this size, as it is: for a frame, which has no time for more."""
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR).reshape(height, width)


def face_plane(image: Image, faces: tuple[Face, ...]) -> Plane:
    """The outlines of faces, from the hair to the chin, softly."""
    height, width = image.shape[:2]
    out = np.zeros((height, width), np.uint8)
    for face in faces:
        points = outline(image, face)
        size = max(1.0, float(np.ptp(points, axis=0).max()))
        (left, top), (right, bottom) = points.min(axis=0) - size / 8, points.max(axis=0) + size / 8
        x, y = max(0, int(left)), max(0, int(top))
        across, down = min(width, int(right) + 1) - x, min(height, int(bottom) + 1) - y
        if across <= 0 or down <= 0:
            continue
        own = np.zeros((down, across), np.uint8)
        cv2.fillPoly(own, [np.rint((points - [x, y]) * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
        own = cv2.GaussianBlur(own, (0, 0), max(size / 40, 0.3)).reshape(down, across)
        there = slice(y, y + down), slice(x, x + across)
        out[there] = cv2.max(out[there], own)
    return out


def outline(image: Image, face: Face) -> Floats:
    """A face's outline in pixels, n x 2; that of an ellipse in its box where the network sees no face in it.

    The network is shown the face upright: turned so that the eyes are level.
    """
    height, width = image.shape[:2]
    middle = np.array([(face.left + face.right) * width, (face.top + face.bottom) * height]) / 2
    size = np.array([(face.right - face.left) * width, (face.bottom - face.top) * height])
    eyes = np.reshape(face.eyes, (2, 2)) * [width, height]
    way = eyes[1] - eyes[0]
    angle = degrees(atan2(way[1], way[0])) if way.any() else 0.0
    scale = LANDMARK_SIDE / (ROOM * float(max(*size, 1)))
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), angle, scale)
    turn[:, 2] += LANDMARK_SIDE / 2 - middle
    shown = cv2.warpAffine(image, turn, (LANDMARK_SIDE, LANDMARK_SIDE), flags=cv2.INTER_LINEAR)
    presence, points = ask("landmarks", cv2.dnn.blobFromImage(shown, 1 / 255), ("conv2d_31", "conv2d_21"))
    if float(presence.ravel()[0]) > PRESENCE:
        back = cv2.invertAffineTransform(turn)
        own = points.reshape(-1, 3)[list(OVAL), :2].astype(np.float64)
        return own @ back[:, :2].T + back[:, 2]
    around = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    return middle + np.stack([np.cos(around), np.sin(around)], axis=-1) * size * [0.5, 0.65]
