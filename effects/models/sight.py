"""What is found in the picture that a pipeline was given, wherever its steps have moved it to since.

It is found once a photo, in the picture as it came, when somebody first asks; steps that turn, cut or bend the picture
move the maps as they move its transparency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

import numpy as np
import stringzilla

from effects.image import Alpha, Box, Finder, Image
from effects.kernels.hidden import fill_hidden
from effects.memory.cache import CACHE, array_bytes
from effects.models.faces import Face, still_faces
from effects.models.outlines import Plane, enlarged, face_plane, refined, whole_map
from effects.models.tracking import Tracked, follow, grown

KINDS = "subject", "person", "face", "head", "unhidden"
"""What can be asked for: a head is all around a face, in whole boxes, for who must not be seen; who may be is not in
it, and the boxes of those faces alone are `unhidden`."""

MAX_KEPT = 12
"""Maps of photos, and lists of their faces."""

STILL_GROWTH = 0.5
"""How much larger than a face's box a head's is, of its width and height together."""

BORDER = 0.06
"""A head nearer to the border than this share of the shorter side reaches it."""

SAME_FACE = 0.65
"""A face is one that may be seen where it and the box given for that share more of what both cover: never do two of
those that are told apart share so much with one box."""

COVERED = 0.6
"""The share of a face's box, once steps have moved the picture, that faces which may be seen must at least cover."""

Made = TypeVar("Made")


class Sight:
    """The maps of a picture, h x w bytes each, by their kinds; called with one, it finds it.

    Of transparent ones (`alpha`) what cannot be seen is not looked at. `live` says that it is a frame of live video;
    `unhidden` are the boxes of faces that may be seen: one that is around none of those found changes nothing.
    """

    def __init__(self, image: Image, alpha: Alpha | None = None, unhidden: tuple[Box, ...] = ()) -> None:
        self.live, self.unhidden = False, unhidden
        self._image, self._alpha = image, alpha
        self._planes: dict[str, Plane] = {}

    def __call__(self, kind: str) -> Plane:
        """The map of a kind; `ModelError` where its network is missing, damaged or fails."""
        if kind not in self._planes:
            self._planes[kind] = self._find(kind)
        return self._planes[kind]

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces in it, the surest first."""
        seen = self._seen_image
        return faces_of(seen, digest_of(seen))

    def heads_outside(self, unhidden: Plane) -> Plane:
        """All around each face in it, but for those that lie in this map."""
        return self._heads(face for face in self.faces if share_inside(face, unhidden) < COVERED)

    @property
    def _seen_image(self) -> Image:
        return self._image if self._alpha is None else fill_hidden(self._image, self._alpha)

    def _find(self, kind: str) -> Plane:
        if kind == "unhidden":
            boxes = tuple(face.box for face in self.faces if may_be_seen(face, self.unhidden))
            return boxes_plane(boxes, *self._image.shape[:2], border=0)
        if kind == "head" and self.unhidden:
            return self._heads(face for face in self.faces if not may_be_seen(face, self.unhidden))
        return found(self._seen_image, kind)

    def _heads(self, faces: Iterable[Face]) -> Plane:
        return boxes_plane(tuple(grown(face, STILL_GROWTH) for face in faces), *self._image.shape[:2])


class Moved(Sight):
    """The sight of a picture once a step has moved it, as it moves maps."""

    def __init__(self, origin: Finder, move: Callable[[Plane], Plane]) -> None:
        self.live, self.unhidden = origin.live, origin.unhidden
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


def may_be_seen(face: Face, unhidden: tuple[Box, ...]) -> bool:
    """Whether a face is one of those in these boxes."""
    return any(face.overlap(Face(*box, score=0)) > SAME_FACE for box in unhidden)


def share_inside(face: Face, plane: Plane) -> float:
    """How much of a face's box, as far as that is in the picture, lies in a map; 0 where none of it is."""
    height, width = plane.shape
    columns, rows = (
        slice(max(0, round(start * side)), max(0, round(end * side)))
        for start, end, side in ((face.left, face.right, width), (face.top, face.bottom, height))
    )
    part = plane[rows, columns]
    return float(part.mean()) / 255 if part.size else 0.0


def boxes_plane(boxes: tuple[Box, ...], height: int, width: int, *, border: float = BORDER) -> Plane:
    """Boxes in shares of width and height as a map: 255 in each, up to the border where that is near."""
    out = np.zeros((height, width), np.uint8)
    near = border * min(height, width)
    for left, top, right, bottom in boxes:
        x0, y0, x1, y1 = left * width, top * height, right * width, bottom * height
        columns = slice(0 if x0 < near else int(x0), width if x1 > width - near else int(np.ceil(x1)))
        rows = slice(0 if y0 < near else int(y0), height if y1 > height - near else int(np.ceil(y1)))
        out[rows, columns] = 255
    return out
