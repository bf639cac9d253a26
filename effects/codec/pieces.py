"""How many bytes a picture's file will have, told from pieces of it: far less work than to compress all of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import cv2
import numpy as np
import numpy.typing as npt

from effects.codec.companions import MetadataWish, companions
from effects.codec.writing import has_full_colour, write_photo
from effects.image import Floats, Photo

Plane = npt.NDArray[np.uint8]

MAX_WHOLE_PIXELS = 2_000_000
"""Pixels up to which a picture is its own one piece, and the size exact."""

TILE = 256
"""Pixels a side of a tile: large beside what encoders look around for, small beside what a picture is made of."""

GRID = 16
"""Tiles begin on multiples of JPEG's largest block: what was a JPEG before compresses better on its own blocks."""

STRATA, TILES = 8, 2
"""Groups of tiles, from the calmest to the busiest, and how many tiles stand for each."""

CALM = 0.05
"""What a tile without any detail counts for beside the others, in bits a pixel."""

EDGES = {"jpeg": 1.0, "png": 1.0, "webp": 0.6, "avif": 0.6}
"""How much of what the tiles' own edges cost is found by doubling them.

All of it in JPEG and PNG, where each piece of an edge costs the same; WebP and AVIF predict a tile from its neighbours,
and lose more by the second edge than by the first. Measured on drawings and on smooth skies, where it counts.
"""


@dataclass(frozen=True, eq=False)
class Mosaic:
    """Tiles put together to `rows` x `columns`, and how many pixels of the picture stand behind each of theirs."""

    photo: Photo
    rows: int
    columns: int
    weight: float

    @property
    def tile(self) -> tuple[int, int]:
        """Height and width of a tile."""
        height, width = self.photo.image.shape[:2]
        return height // self.rows, width // self.columns


@dataclass(frozen=True, eq=False)
class Sample:
    """Pieces of a picture in its full size, of which one can tell how large its file will be in any format."""

    mosaics: tuple[Mosaic, ...]
    pixels: int


def sample(photo: Photo) -> Sample:
    """Pieces that stand for the photo: all of a small one; of others some calm and some busy tiles.

    A stratified sample: tiles are sorted by how much there is to tell in them and cut into groups that have as much to
    tell each, so that the few that make a file large are all there, and of a wide sky a part.
    """
    height, width = photo.image.shape[:2]
    if height * width <= MAX_WHOLE_PIXELS:
        return Sample((Mosaic(photo, 1, 1, 1.0),), height * width)
    # Even, to be cut in two.
    size = min(TILE, max(height // 2 * 2, 1)), min(TILE, max(width // 2 * 2, 1))
    corners = list(product(starts(height, size[0]), starts(width, size[1])))
    detail = np.array([bits_a_pixel(cut_tile(photo, corner, size)) for corner in corners]) + CALM
    covered = height * width / (len(corners) * size[0] * size[1])
    order = np.argsort(detail, kind="stable")
    ends = np.searchsorted(np.cumsum(detail[order]) / detail.sum(), np.arange(1, STRATA) / STRATA)
    mosaics = []
    for first, last in pairwise([0, *map(int, ends), len(corners)]):
        if last > first:
            rows, columns = mosaic_shape(min(TILES, last - first))
            count = rows * columns
            ranks = first + ((np.arange(count) + 0.5) * (last - first) / count).astype(int)
            chosen = [cut_tile(photo, corners[place], size) for place in sorted(order[ranks])]
            mosaics.append(Mosaic(side_by_side(chosen, columns), rows, columns, covered * (last - first) / count))
    return Sample(tuple(mosaics), height * width)


def file_size(
    pieces: Sample,
    photo: Photo,
    *,
    format: str,
    quality: int,
    metadata: MetadataWish = "strip",
    recipe: str | None = None,
) -> int:
    """About how many bytes `encode` will give for the picture of these pieces; exact for a small one.

    `photo` is that picture at any size, for what its file says. What every file begins with does not grow with the
    picture, and the edges between tiles, which the picture does not have, are taken out again: cutting each tile in
    four doubles them, and shows what they cost.
    """
    full = has_full_colour(format, quality, pieces.pixels)
    beside = companions(photo, metadata, recipe)
    bare = companions(photo, "strip", None)

    def cost(part: Photo) -> int:
        return len(write_photo(part, format, quality, full, bare))

    dot = Photo(np.zeros((1, 1, 3), np.uint8))
    first = pieces.mosaics[0]
    if first.weight == 1.0 and len(pieces.mosaics) == 1:
        return len(write_photo(first.photo, format, quality, full, beside))
    head, total = cost(dot), 0.0
    for mosaic in pieces.mosaics:
        once = cost(mosaic.photo)
        edges = EDGES[format] * (cost(cut_in_quarters(mosaic)) - once) if min(mosaic.tile) > 1 else 0
        total += mosaic.weight * max(once - head - edges, 0)
    return round(len(write_photo(dot, format, quality, full, beside)) + total)


def starts(length: int, side: int) -> list[int]:
    """Where tiles begin that cover a length, all but its last few pixels; they overlap a little."""
    count = -(-length // side)
    return [int(at) // GRID * GRID for at in np.linspace(0, length - side, count)]


def cut_tile(photo: Photo, corner: tuple[int, int], size: tuple[int, int]) -> Photo:
    """The part of a photo whose upper left pixel is `corner`."""
    place = tuple(slice(start, start + side) for start, side in zip(corner, size, strict=True))
    return Photo(photo.image[place], None if photo.alpha is None else photo.alpha[place])


def bits_a_pixel(part: Photo) -> float:
    """About how much there is to tell in each pixel: bits of the differences from those above it and left of it."""
    planes = [cv2.cvtColor(part.image, cv2.COLOR_RGB2GRAY), *([] if part.alpha is None else [part.alpha])]
    pairs = [pair for plane in planes for pair in ((plane[1:], plane[:-1]), (plane[:, 1:], plane[:, :-1]))]
    return sum(float(BITS[cv2.absdiff(*pair)].mean()) for pair in pairs if pair[0].size)


BITS: Floats = np.log2(1 + np.arange(256)).astype(np.float32)
"""Of a difference of 0..255, about."""


def mosaic_shape(count: int) -> tuple[int, int]:
    """Rows and columns of a mosaic of nearly so many tiles, about as high as wide."""
    columns = int(count**0.5)
    return count // columns, columns


def side_by_side(parts: list[Photo], columns: int) -> Photo:
    """Photos of one size side by side, so many in a row."""
    image = join_planes([part.image for part in parts], columns)
    alphas = [part.alpha for part in parts if part.alpha is not None]
    return Photo(image, join_planes(alphas, columns) if alphas else None)


def join_planes(planes: list[Plane], columns: int) -> Plane:
    """Arrays of one size side by side, so many in a row."""
    rows = [np.hstack(planes[at : at + columns]) for at in range(0, len(planes), columns)]
    return np.ascontiguousarray(np.vstack(rows))


def cut_in_quarters(mosaic: Mosaic) -> Photo:
    """The mosaic with each tile cut in four, all their first quarters together, and so on below each other.

    Each quarter's neighbours come from the same tiles as before, and every edge is there twice: rows, too, begin twice
    as often.
    """
    high, wide = mosaic.tile
    corners = list(product(range(0, high * mosaic.rows, high), range(0, wide * mosaic.columns, wide)))
    size = high // 2, wide // 2
    quarters = [
        side_by_side(
            [cut_tile(mosaic.photo, (top + down, left + right), size) for top, left in corners], mosaic.columns
        )
        for down, right in product((0, size[0]), (0, size[1]))
    ]
    return side_by_side(quarters, 1)
