"""What is found in the picture that a pipeline was given, wherever its steps have moved it to since.

It is found once a photo, in the picture as it came, when somebody first asks; steps that turn, cut or bend the picture
move the maps as they move its transparency.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
import stringzilla

from effects.image import Alpha, Finder, Image
from effects.kernels.hidden import fill_hidden
from effects.memory.cache import CACHE, array_bytes
from effects.models.faces import Face, still_faces
from effects.models.outlines import Plane, enlarged, face_plane, refined, whole_map
from effects.models.tracking import Tracked, follow, grown

KINDS = "subject", "person", "face", "head"
"""What can be asked for: a head is all around a face, in whole boxes, for who must not be seen."""

MAX_KEPT = 12
"""Maps of photos, and lists of their faces."""

STILL_GROWTH = 0.5
"""How much larger than a face's box a head's is, of its width and height together."""

BORDER = 0.06
"""A head nearer to the border than this share of the shorter side reaches it."""

Made = TypeVar("Made")


class Sight:
    """The maps of a picture, h x w bytes each, by their kinds; called with one, it finds it.

    Of transparent ones (`alpha`) what cannot be seen is not looked at. `live` says that it is a frame of live video.
    """

    def __init__(self, image: Image, alpha: Alpha | None = None) -> None:
        self.live = False
        self._image, self._alpha = image, alpha
        self._planes: dict[str, Plane] = {}

    def __call__(self, kind: str) -> Plane:
        """The map of a kind; `ModelError` where its network is missing, damaged or fails."""
        if kind not in self._planes:
            self._planes[kind] = self._find(kind)
        return self._planes[kind]

    def _find(self, kind: str) -> Plane:
        image = self._image if self._alpha is None else fill_hidden(self._image, self._alpha)
        return found(image, kind)


class Moved(Sight):
    """The sight of a picture once a step has moved it, as it moves maps."""

    def __init__(self, origin: Finder, move: Callable[[Plane], Plane]) -> None:
        self.live = origin.live
        self._origin, self._move = origin, move
        self._planes = {}

    def _find(self, kind: str) -> Plane:
        return self._move(self._origin(kind))


class LiveSight(Sight):
    """The sight of a frame of live video, looked at quickly, and with what was seen in those before.

    `tracked` is what the next one is to know of it, once it was asked.
    """

    def __init__(self, image: Image, before: Tracked) -> None:
        super().__init__(image)
        self.live = True
        self.tracked = before
        self._seen: set[str] = set()

    def _find(self, kind: str) -> Plane:
        what = "heads" if kind in ("head", "face") else "people"
        if what not in self._seen:
            self.tracked = follow(self.tracked, self._image, what)
            self._seen.add(what)
        height, width = self._image.shape[:2]
        if kind == "head":
            return boxes_plane(self.tracked.boxes, height, width)
        if kind == "face":
            return face_plane(self._image, self.tracked.faces)
        return enlarged(self.tracked.people, height, width)


def found(image: Image, kind: str) -> Plane:
    """The map of a kind in a still, kept for the next time somebody asks of the same picture."""
    digest = digest_of(image)
    if kind == "head":
        return kept((kind, *digest), lambda: head_plane(image, digest))
    if kind == "face":
        return kept((kind, *digest), partial(face_plane, image, faces_of(image, digest)))
    return kept((kind, *digest), lambda: refined(image, whole_map(image, faces_of(image, digest), kind)))


def head_plane(image: Image, digest: tuple[int, ...]) -> Plane:
    """All around each face of a still."""
    boxes = tuple(grown(face, STILL_GROWTH) for face in faces_of(image, digest))
    return boxes_plane(boxes, *image.shape[:2])


def faces_of(image: Image, digest: tuple[int, ...]) -> tuple[Face, ...]:
    """The faces of a still, kept like its maps."""
    return kept(("faces", *digest), lambda: still_faces(image))


def digest_of(image: Image) -> tuple[int, ...]:
    """What a picture is kept by: its size, and a hash of all its pixels."""
    return *image.shape[:2], stringzilla.hash(np.ascontiguousarray(image).reshape(-1).data)


def kept(key: tuple[str | int, ...], make: Callable[[], Made]) -> Made:
    """What is kept by this key, or is made now; a plane is not to be written to any more."""
    entry = CACHE.get(found, key)
    if entry is not None:
        made: Made = entry.value
        return made
    made = make()
    if isinstance(made, np.ndarray):
        made.setflags(write=False)
    CACHE.put(found, key, made, 1000 + array_bytes(made), MAX_KEPT)
    return made


def boxes_plane(boxes: tuple[tuple[float, float, float, float], ...], height: int, width: int) -> Plane:
    """Boxes in shares of width and height as a map: 255 in each, up to the border where that is near."""
    out = np.zeros((height, width), np.uint8)
    near = BORDER * min(height, width)
    for left, top, right, bottom in boxes:
        x0, y0, x1, y1 = left * width, top * height, right * width, bottom * height
        columns = slice(0 if x0 < near else int(x0), width if x1 > width - near else int(np.ceil(x1)))
        rows = slice(0 if y0 < near else int(y0), height if y1 > height - near else int(np.ceil(y1)))
        out[rows, columns] = 255
    return out
