"""What flows through the pipeline: pictures, values, colours and points, and the few ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Annotated, Any, Protocol

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
"""uint8, H x W x 3, sRGB, RGB order, C-contiguous; never written in place."""

Alpha = npt.NDArray[np.uint8]
"""uint8, H x W: 0 is transparent, 255 opaque; straight, not premultiplied."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of something in a picture, in shares of its width and height."""

Floats = npt.NDArray[np.floating[Any]]

Weight = Annotated[npt.NDArray[np.uint8] | None, "weight"]
"""uint8, H x W: how much each pixel counts, which is its alpha; None where all count alike. Supplied, never saved."""


class Finder(Protocol):
    """What finds the subject, people and faces of a picture; `live` where it is a frame of live video.

    `unhidden` are the boxes of faces that somebody wants to be seen, in the picture as it came.
    """

    live: bool
    unhidden: tuple[Box, ...]

    def __call__(self, kind: str, /) -> Alpha:
        """uint8, H x W: 255 where there is something of this kind, 0 elsewhere, and between at edges."""


Find = Annotated[Finder | None, "find"]
"""Who knows where the steps before have moved what was found in the photo; None: the picture itself is looked at.
Supplied, never saved."""

Values = Annotated[Floats, "values"]
"""Floating 0..1, ... x 3; each channel on its own, never mixed. float32 and float64 alike."""

Colors = Annotated[Floats, "colors"]
"""Floating 0..1, ... x 3; whole pixels without a position. float32 and float64 alike."""

Points = Annotated[Floats, "points"]
"""Floating, ... x 2: x right, y down, centre 0, the picture's shorter side is 2 long."""

Matrix = Annotated[npt.NDArray[np.float64], "matrix"]
"""float64, 3 x 4: an affine colour change on 0..1 (three gains and an offset for each channel)."""

Memory = Annotated[Any, "memory"]
"""What a temporal effect keeps from one frame to the next, in a form of its own; None before the first frame."""

Elapsed = Annotated[float, "elapsed"]
"""Seconds since the frame before; 0 on the first. Supplied to temporal effects, never saved."""


@dataclass(frozen=True)
class Metadata(Mapping[str, Any]):
    """What a picture's file said beside its pixels; for a photo that came from no file, nothing.

    `format` is the file's, as it is named in `encode`; `width`, `height` and `channels` are those of the stored picture
    (0: unknown); `notes` are sentences for the person; `exif`, `icc` and `xmp` are what stood in the file, `recipe` the
    JSON text of its recipe, and `space` names a colour space that EXIF alone tells of. It is a mapping, too, of those
    that there are, by their names.
    """

    format: str | None = None
    width: int = 0
    height: int = 0
    channels: int = 0
    notes: tuple[str, ...] = ()
    exif: bytes | None = None
    icc: bytes | None = None
    xmp: bytes | None = None
    recipe: str | None = None
    space: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "notes", tuple(self.notes))

    def _found(self) -> dict[str, Any]:
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        # That there is nothing to note is said of every file that was read.
        nothing = (None, 0) if self.format else (None, 0, ())
        return {name: value for name, value in values.items() if value not in nothing}

    def __getitem__(self, name: str) -> Any:
        return self._found()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.items()))


def metadata_of(said: Mapping[str, Any]) -> Metadata:
    """The record of a mapping by the names of its fields; TypeError for a name that is none of them."""
    if isinstance(said, Metadata):
        return said
    names = [item.name for item in fields(Metadata)]
    if unknown := [name for name in said if name not in names]:
        raise TypeError(f"a photo's metadata has no {unknown[0]!r}; it has {', '.join(names[:-1])} and {names[-1]}")
    return Metadata(**said)


@dataclass(frozen=True, eq=False, init=False)
class Photo:
    """A decoded picture: what a person gave, upright and in sRGB.

    `image` is H x W x 3 RGB, `alpha` H x W or None where all is opaque; `metadata` holds what the file said beside
    its pixels (format, EXIF and the like), for whoever encodes it again; a mapping becomes such a record. `unhidden`
    are boxes of faces that stay in sight where all others are hidden; what a pipeline makes of the photo has none. Two
    photos are equal where all of this is, pixel by pixel; as arrays have no hash, neither has a photo.

    >>> import numpy as np
    >>> photo = Photo(np.zeros((2, 3, 3), np.uint8), alpha=np.full((2, 3), 255, np.uint8))
    >>> photo.image.shape, photo.alpha.shape
    ((2, 3, 3), (2, 3))
    >>> photo == Photo(photo.image.copy(), photo.alpha.copy())
    True
    """

    image: Image
    alpha: Alpha | None
    metadata: Metadata
    unhidden: tuple[Box, ...]

    def __init__(
        self,
        image: Image,
        alpha: Alpha | None = None,
        metadata: Mapping[str, Any] = MappingProxyType({}),
        unhidden: tuple[Box, ...] = (),
    ) -> None:
        object.__setattr__(self, "image", image)
        object.__setattr__(self, "alpha", alpha)
        object.__setattr__(self, "metadata", metadata_of(metadata))
        object.__setattr__(self, "unhidden", unhidden)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Photo):
            return NotImplemented
        alike = _are_equal(self.image, other.image) and _are_equal(self.alpha, other.alpha)
        return alike and self.metadata == other.metadata and self.unhidden == other.unhidden

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Frame:
    """A picture's shape, and the coordinates that make a position mean the same at every size."""

    height: int
    width: int

    @property
    def short(self) -> int:
        """The shorter side in pixels."""
        return min(self.height, self.width)

    @property
    def extent(self) -> Floats:
        """The lower right corner as a point (x, y); the shorter side's entry is 1."""
        return np.array([self.width, self.height]) / self.short

    def at(self, x: float, y: float) -> Floats:
        """The point at the share `x` of the width and `y` of the height."""
        return (2 * np.array([x, y]) - 1) * self.extent


MIN_RISE = 1e-9
"""A change along a side too small to be one: what the sine of half a turn leaves."""


@dataclass(frozen=True)
class Place:
    """Where the pixels of a strip stand: `x` is 1 x W, `y` is H x 1, both in the units of `Points`; and when, in video.

    They broadcast against each other and against one channel of the strip's `Colors`. `t` is the frame's time in
    seconds, 0 for a still.
    """

    frame: Frame
    x: Floats
    y: Floats
    t: float = 0.0

    @property
    def throw(self) -> float:
        """As of `Surroundings`: 0, as a seed is the throw's own wherever this is no symbol."""
        return 0.0

    def box(self, columns: npt.NDArray[np.bool_], rows: npt.NDArray[np.bool_]) -> tuple[slice, slice]:
        """The rows and the columns between the first and the last of those that are marked (1 x W and H x 1).

        For a formula that changes nothing beyond them: a shortcut, never a condition.
        """
        found = (np.flatnonzero(marked) for marked in (rows, columns))
        down, across = (slice(places[0], places[-1] + 1) if places.size else slice(0) for places in found)
        return down, across

    def ramp(self, start: float, across: float, down: float) -> Floats:
        """`start` in the middle, rising by `across` to the right and by `down` downwards.

        H x W; where it does not rise to one side, one row or one column, so that whatever is made of it stays as small.
        """
        sides = [side * rise for side, rise in ((self.x, across), (self.y, down)) if abs(rise) > MIN_RISE]
        return sum(sides, start=np.full((1, 1), start, self.x.dtype))


PREVIEW_SIDE = 1280
"""The longer side in pixels of the copy that one edits on."""


def check_picture(image: object, alpha: object = None) -> None:
    """TypeError for what is no picture: uint8 H x W x 3, with a transparency, if any, of uint8 H x W."""
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        raise TypeError(f"a picture is a uint8 array of H x W x 3, and this is {_describe_array(image)}")
    if 0 in image.shape:
        raise TypeError(f"a picture has at least one pixel, and this is {image.shape[1]} x {image.shape[0]}")
    if alpha is None:
        return
    if not isinstance(alpha, np.ndarray) or alpha.dtype != np.uint8 or alpha.shape != image.shape[:2]:
        raise TypeError(f"a picture's transparency is a uint8 array of its H x W, and this is {_describe_array(alpha)}")


def _are_equal(one: Image | None, other: Image | None) -> bool:
    """Whether two arrays, or their absences, are equal."""
    if one is None or other is None:
        return one is other
    return one.dtype == other.dtype and np.array_equal(one, other)


def _describe_array(array: object) -> str:
    return f"{array.dtype} {array.shape}" if isinstance(array, np.ndarray) else type(array).__name__


def fit(width: int, height: int, max_side: int) -> tuple[int, int]:
    """Width and height at the same proportions with the longer side `max_side`; no side below 1."""
    scale = max_side / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def pixels(length: float, image: Image) -> float:
    """A length given as a fraction of the shorter side, in pixels of this picture."""
    return length * float(min(image.shape[:2]))


def to_float(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """0..255 as float64 0..1, same shape."""
    return image / 255.0


def to_uint8(values: Floats) -> npt.NDArray[np.uint8]:
    """0..1 as 0..255, rounded to nearest (ties to even) and clamped; same shape."""
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
