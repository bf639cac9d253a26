"""A backdrop: a small picture that lies behind somebody, as one hashable value that a parameter can hold.

It is kept as a JPEG keeps one (ITU-T T.81: blocks of 8 x 8 as sums of cosines, colour at half the size), but as
numbers that NumPy reads: those of a stranger's recipe never meet a native decoder of pictures.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Image
from effects.logs import log_unexpected

log = logging.getLogger(__name__)

BLOCK = 8
"""Pixels along each side of what is written as one sum of cosines."""

MAX_SIDE = 1280
"""Of the longer side, in pixels."""

MAX_BYTES = 200_000
"""Of the numbers, deflated."""

MAX_TITLE_LETTERS = 100

COARSENESS = (25, 35, 50, 70, 100, 140, 200, 280, 400, 560, 800, 1600, 3200)
"""How roughly cosines are rounded, in hundredths of the usual: as much as makes the numbers few enough."""

ORDERS = np.add.outer(np.arange(BLOCK), np.arange(BLOCK))
"""How fine the detail of a block's cosines is: waves across and down together."""

LUMA_STEPS = 10 + 5 * ORDERS + ORDERS**2 / 2
"""In levels; about those of T.81's own example."""

PLANE_STEPS = (LUMA_STEPS, 2 * LUMA_STEPS, 2 * LUMA_STEPS)

FROM_LUMA = np.array([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]])
"""Red, green and blue of luma and two differences of colour (ITU-T T.871)."""

TO_LUMA = np.linalg.inv(FROM_LUMA)

COSINES = np.cos(np.pi / 16 * np.outer(np.arange(BLOCK), 2 * np.arange(BLOCK) + 1)) / 2
COSINES[0] /= np.sqrt(2)
"""Each wave's heights in a row of pixels; as a matrix it only turns."""


class BackdropError(ValueError):
    """What should be a backdrop and is none: one sentence."""


@dataclass(frozen=True, eq=False)
class Backdrop:
    """A picture of at most 1280 pixels a side in few bytes; two of the same numbers are equal, whatever their titles.

    `numbers` are its cosines in steps of `coarseness` hundredths, deflated. Without any it is no picture.

    >>> sky = compress(np.full((90, 160, 3), (120, 160, 220), np.uint8), "Sky")
    >>> sky.title, sky.image.shape, sky.image[0, 0].tolist()
    ('Sky', (90, 160, 3), [120, 160, 220])
    """

    title: str = ""
    width: int = 0
    height: int = 0
    coarseness: int = 100
    numbers: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title[:MAX_TITLE_LETTERS])

    def __str__(self) -> str:
        return self.title

    def __bool__(self) -> bool:
        return bool(self.numbers)

    def __reduce__(self) -> tuple[Any, ...]:
        # Without the pixels, which a worker makes again sooner than they go through a pipe.
        return Backdrop, (self.title, self.width, self.height, self.coarseness, self.numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Backdrop) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    @cached_property
    def sha256(self) -> str:
        """What the numbers are known by in a recipe; nothing where there are none."""
        head = json.dumps([self.width, self.height, self.coarseness])
        return hashlib.sha256(head.encode() + self.numbers).hexdigest() if self.numbers else ""

    @cached_property
    def image(self) -> Image:
        """The picture, height x width x 3, not to be written to."""
        cosines = _inflated(self.numbers, self.width, self.height)
        planes, start = [], 0
        for (height, width), steps in zip(_plane_shapes(self.width, self.height), PLANE_STEPS, strict=True):
            count = height * width
            rows, columns = height // BLOCK, width // BLOCK
            waves = cosines[start : start + count].reshape(BLOCK, BLOCK, rows, columns).astype(np.float32)
            waves[0, 0] = waves[0, 0].cumsum(axis=-1)
            waves *= (steps * self.coarseness / 100).astype(np.float32)[..., None, None]
            # Down, then across: each wave's share of each of the eight pixels.
            turn = COSINES.astype(np.float32)
            plane = np.einsum("uvrc,uy,vx->rycx", waves, turn, turn, optimize=True).reshape(height, width)
            planes.append(plane)
            start += count
        size = 2 * planes[1].shape[1], 2 * planes[1].shape[0]
        wide = [cv2.resize(plane, size)[: self.height, : self.width] for plane in planes[1:]]
        colors = np.stack([planes[0][: self.height, : self.width], *wide], axis=-1)
        colors = colors @ FROM_LUMA.T.astype(np.float32) + np.float32(128)
        image: Image = np.rint(colors).clip(0, 255).astype(np.uint8)
        image.setflags(write=False)
        return image

    @cached_property
    def covers(self) -> dict[tuple[int, ...], Image]:
        """What was made of it for pictures of some shape; it goes with it, and so is nobody else's."""
        return {}

    def pack(self) -> dict[str, Any]:
        """The backdrop as JSON.

        >>> sky = compress(np.full((90, 160, 3), (120, 160, 220), np.uint8), "Sky")
        >>> unpack(sky.pack()) == sky
        True
        """
        return {
            "title": self.title,
            "size": [self.width, self.height],
            "coarseness": self.coarseness,
            "picture": base64.b64encode(self.numbers).decode(),
        }


NO_BACKDROP = Backdrop()
"""What a parameter holds before one is chosen."""


def compress(image: Image, title: str = "") -> Backdrop:
    """The backdrop of a picture of at most 1280 pixels a side, as fine as its bytes allow; else BackdropError."""
    height, width = image.shape[:2]
    if not (1 <= height <= MAX_SIDE and 1 <= width <= MAX_SIDE):
        raise BackdropError(f"a backdrop has at most {MAX_SIDE} pixels a side, and this one has {width} x {height}")
    planes = _planes(image)
    for coarseness in COARSENESS:
        pieces = []
        for plane, steps in zip(planes, PLANE_STEPS, strict=True):
            waves = np.rint(plane / (steps * coarseness / 100)[..., None, None]).astype(np.int32)
            waves[0, 0] = np.diff(waves[0, 0], axis=-1, prepend=0)
            pieces.append(waves.ravel())
        numbers = _deflated(np.concatenate(pieces))
        if len(numbers) <= MAX_BYTES:
            break
    else:
        # Not even noise of this size has so much at the last of them.
        raise BackdropError("this picture says more than a backdrop can hold")
    return Backdrop(title, width, height, coarseness, numbers)


def unpack(packed: Any) -> Backdrop:
    """The backdrop out of its JSON, whoever wrote it; `BackdropError` if it holds none."""
    broken = BackdropError("holds no picture; the recipe file may be damaged")
    if not isinstance(packed, Mapping):
        raise broken
    title, size, coarseness = packed.get("title"), packed.get("size"), packed.get("coarseness")
    if not isinstance(title, str) or not isinstance(size, list) or len(size) != 2 or coarseness not in COARSENESS:
        raise broken
    if any(isinstance(side, bool) or not isinstance(side, int) or not 1 <= side <= MAX_SIDE for side in size):
        raise broken
    try:
        numbers = base64.b64decode(packed.get("picture", ""), validate=True)
        if len(numbers) > MAX_BYTES:
            raise broken
        _inflated(numbers, *size)
    except BackdropError:
        raise
    except (TypeError, ValueError, binascii.Error, zlib.error) as error:
        log_unexpected(log, "A backdrop is called damaged", error)
        raise broken from None
    return Backdrop(title, size[0], size[1], int(coarseness), numbers)


def _plane_shapes(width: int, height: int) -> list[tuple[int, int]]:
    """Height and width of luma and of the two differences, each filled up to whole blocks."""
    double = 2 * BLOCK
    rows, columns = -(-height // double), -(-width // double)
    return [(rows * double, columns * double), *[(rows * BLOCK, columns * BLOCK)] * 2]


def _planes(image: Image) -> list[Floats]:
    """Luma and differences as cosines: down x across x rows of blocks x columns of blocks."""
    height, width = image.shape[:2]
    whole = _plane_shapes(width, height)[0]
    filled = np.pad(image, ((0, whole[0] - height), (0, whole[1] - width), (0, 0)), mode="edge")
    colors = (filled.astype(np.float32) - 128) @ TO_LUMA.T.astype(np.float32)
    half = whole[1] // 2, whole[0] // 2
    small = (cv2.resize(colors[..., channel], half, interpolation=cv2.INTER_AREA) for channel in (1, 2))
    blocks = (
        plane.reshape(plane.shape[0] // BLOCK, BLOCK, plane.shape[1] // BLOCK, BLOCK)
        for plane in (colors[..., 0], *small)
    )
    turn = COSINES.astype(np.float32)
    return [np.einsum("rycx,uy,vx->uvrc", block, turn, turn, optimize=True) for block in blocks]


def _deflated(waves: npt.NDArray[np.int32]) -> bytes:
    """Whole numbers with their signs last, low bytes before high ones, deflated."""
    folded = ((waves << 1) ^ (waves >> 31)).astype("<u2")
    return zlib.compress(folded.reshape(-1, 1).view(np.uint8).T.tobytes(), 6)


def _inflated(numbers: bytes, width: int, height: int) -> npt.NDArray[np.int32]:
    """The same back; BackdropError where they are not those of a picture of this size."""
    count = sum(rows * columns for rows, columns in _plane_shapes(width, height))
    unpacker = zlib.decompressobj()
    planes = unpacker.decompress(numbers, 2 * count + 1)
    if len(planes) != 2 * count or not unpacker.eof:
        raise BackdropError("holds no picture; the recipe file may be damaged")
    folded = np.ascontiguousarray(np.frombuffer(planes, np.uint8).reshape(2, -1).T).view("<u2").ravel().astype(np.int32)
    return (folded >> 1) ^ -(folded & 1)
