"""The units of work on untrusted files: encoded bytes in, encoded bytes or a small preview out, nothing kept.

Pure functions, so that they run the same in this process, in a worker or on another machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from numbers import Integral
from typing import Any

from effects.backdrop import MAX_SIDE, Backdrop, compress
from effects.codec import (
    Sample,
    check_wishes,
    decode,
    decode_numbers,
    encode,
    encode_untouched,
    open_preview,
    sample,
)
from effects.codec.checkered import on_checks
from effects.codec.companions import MetadataWish
from effects.codec.formats import DEFAULT_FORMAT, DEFAULT_QUALITY
from effects.codec.raster import shrink
from effects.codec.writing import on_white
from effects.errors import EncodeError
from effects.image import Box, Photo
from effects.models.sight import Sight
from effects.pipeline import Pipeline
from effects.plan.region import Region
from effects.recipe import to_json_inside
from effects.tables.baking import CubeFile
from effects.tables.cube import Cube
from effects.tables.files import read_hald

__all__ = [
    "TILE_SIDE",
    "apply_recipe",
    "bake_recipe",
    "decode",
    "find_faces",
    "measure",
    "open_backdrop",
    "open_hald",
    "open_preview",
    "render",
    "thumbnails",
    "tiles",
    "untouched_file",
]

TILE_SIDE = 1024
"""Pixels a side of the tiles that a large result is looked at in: a screen shows four to twelve of them."""

TILE_QUALITY = 95


def render(
    data: bytes,
    recipe_json: str,
    *,
    format: str = DEFAULT_FORMAT,
    quality: int = DEFAULT_QUALITY,
    max_side: int | None = None,
    metadata: MetadataWish = "strip",
    embed_recipe: bool = False,
    tables: Mapping[str, Any] | None = None,
    unhidden: tuple[Box, ...] = (),
) -> bytes:
    """The file's picture at full size after the recipe's steps, as a file of the given format (see `encode`).

    `max_side` shrinks the result, in pixels; `embed_recipe` puts the recipe into the file, with the hash of `data`;
    `tables` are the colour tables and backdrops a recipe names; `unhidden` are boxes of faces that stay in sight where
    others are hidden (see `Photo`). Where nothing is to be done to the pixels, not even by a step
    that is muted, neutral or of strength 0, they are not compressed again: the file's own come back, whatever the
    quality, with metadata stripped or kept as asked (see `untouched_file`).
    PictureError for the picture (which one: see `decode` and `encode`), RecipeError for the recipe, each one sentence.

    >>> import numpy as np
    >>> from effects import EFFECTS
    >>> file = encode(Photo(np.zeros((4, 6, 3), np.uint8)))
    >>> negative = render(file, Pipeline((EFFECTS["invert"].step(),)).to_json(), format="png", max_side=3)
    >>> decode(negative).image.tolist()[0]
    [[255, 255, 255], [255, 255, 255], [255, 255, 255]]
    """
    check_wishes(format, quality, metadata)
    check_max_side(max_side)
    pipeline = Pipeline.from_json(recipe_json, tables=tables)
    recipe = to_json_inside(pipeline.steps, data) if embed_recipe else None
    photo = replace(decode(data), unhidden=unhidden)
    if max_side is None or max(photo.image.shape[:2]) <= max_side:
        own = untouched_file(data, photo, pipeline, format=format, metadata=metadata, recipe=recipe)
        if own is not None:
            return own
    result = pipeline.apply(photo)
    if max_side is not None:
        result = shrink(result, max_side)
    # The picture as it was need not be kept while the result is compressed.
    del photo
    return encode(result, format=format, quality=quality, metadata=metadata, recipe=recipe)


def check_max_side(max_side: int | None) -> None:
    """EncodeError for what is no length of a picture's longer side."""
    if max_side is not None and (not isinstance(max_side, Integral) or max_side < 1):
        raise EncodeError(f"The longest side {max_side} is no whole number of pixels from 1 on.")


def untouched_file(
    data: bytes,
    photo: Photo,
    pipeline: Pipeline,
    *,
    format: str,
    metadata: MetadataWish = "strip",
    recipe: str | None = None,
) -> bytes | None:
    """The file's own compressed pixels as a file again, where the pipeline does nothing to them; None where it does.

    None, too, where the file is of another format, turned by its EXIF, or moving. `photo` is what was decoded from
    `data`, at any size; nothing is decoded here. Of a smaller copy (`max_side`) it does not know.
    """
    if not pipeline.changes_nothing or photo.metadata.format != format:
        return None
    return encode_untouched(data, photo, metadata, recipe)


def measure(
    data: bytes, recipe_json: str, tables: Mapping[str, Any] | None = None, unhidden: tuple[Box, ...] = ()
) -> Sample:
    """Pieces of the file's picture at full size after the recipe's steps, to tell its file's size by; as `render`."""
    return sample(Pipeline.from_json(recipe_json, tables=tables).apply(replace(decode(data), unhidden=unhidden)))


def tiles(
    data: bytes,
    recipe_json: str,
    tables: Mapping[str, Any] | None = None,
    asked: tuple[range, range] | None = None,
    unhidden: tuple[Box, ...] = (),
) -> dict[tuple[int, int], bytes]:
    """The file's picture at full size after the recipe's steps, in JPEGs of `TILE_SIDE`, by row and column of tiles.

    Those at the right and at the bottom are what is left. With rows and columns `asked` for, there are those alone, of
    the same pixels, and often sooner. Where a step cuts something out, what one then sees through is checkered; what
    was transparent in the file is white. Errors as in `render`.

    >>> import numpy as np
    >>> wide = encode(Photo(np.zeros((40, 2500, 3), np.uint8)))
    >>> {place: decode(tile).image.shape for place, tile in tiles(wide, Pipeline().to_json()).items()}
    {(0, 0): (40, 1024, 3), (0, 1): (40, 1024, 3), (0, 2): (40, 452, 3)}
    >>> list(tiles(wide, Pipeline().to_json(), asked=(range(9), range(1, 2))))
    [(0, 1)]
    """
    pipeline, photo = Pipeline.from_json(recipe_json, tables=tables), decode(data)
    height, width = pipeline.size(*photo.image.shape[:2])
    rows, columns = range(-(-height // TILE_SIDE)), range(-(-width // TILE_SIDE))
    if asked is not None:
        rows, columns = (whole[part.start : part.stop] for whole, part in zip((rows, columns), asked, strict=True))
    if not rows or not columns:
        return {}
    top, left = rows[0] * TILE_SIDE, columns[0] * TILE_SIDE
    bottom, right = min(rows.stop * TILE_SIDE, height), min(columns.stop * TILE_SIDE, width)
    region = Region(top, left, bottom, right)
    image, alpha = pipeline.plan.apply_to_region(photo.image, photo.alpha, region, unhidden)
    if alpha is not None and photo.alpha is None:
        image, alpha = on_checks(image, alpha, (height, width), top, left), None
    part = Photo(image, alpha)
    return {
        (row, column): encode(
            cut_out(part, row * TILE_SIDE - top, column * TILE_SIDE - left), format="jpeg", quality=TILE_QUALITY
        )
        for row in rows
        for column in columns
    }


def cut_out(photo: Photo, top: int, left: int) -> Photo:
    """The tile of a photo that begins at this row and column."""
    part = slice(top, top + TILE_SIDE), slice(left, left + TILE_SIDE)
    return Photo(photo.image[part].copy(), None if photo.alpha is None else photo.alpha[part].copy())


def apply_recipe(photo: Photo, recipe_json: str, tables: Mapping[str, Any] | None = None) -> Photo:
    """A preview after the recipe's steps; RecipeError for the recipe."""
    return Pipeline.from_json(recipe_json, tables=tables).apply(photo)


def thumbnails(
    photo: Photo,
    recipes_json: Iterable[str],
    tables: Mapping[str, Any] | None = None,
    *,
    quality: int = DEFAULT_QUALITY,
) -> list[bytes]:
    """A photo that is small itself after each of the recipes, as JPEGs; RecipeError for a recipe.

    >>> import numpy as np
    >>> small, bare = Photo(np.zeros((40, 60, 3), np.uint8)), Pipeline().to_json()
    >>> [decode(file).image.shape for file in thumbnails(small, [bare, bare])]
    [(40, 60, 3), (40, 60, 3)]
    """
    results = (apply_recipe(photo, recipe_json, tables) for recipe_json in recipes_json)
    return [encode(result, format="jpeg", quality=quality) for result in results]


def find_faces(photo: Photo) -> tuple[Box, ...]:
    """The boxes of the faces in a photo, the surest first; ModelError where they cannot be looked for."""
    return tuple(face.box for face in Sight(photo.image, photo.alpha).faces)


def bake_recipe(recipe_json: str, tables: Mapping[str, Any] | None, size: int) -> CubeFile:
    """What a recipe's steps do to colours, as a .cube file: see `Pipeline.to_cube`."""
    return Pipeline.from_json(recipe_json, tables).to_cube(size)


def open_hald(data: bytes, name: str = "") -> Cube:
    """The colour table in a HaldCLUT or tiled picture of up to 16 bits; PictureError or CubeError, one sentence."""
    return read_hald(decode_numbers(data), name)


def open_backdrop(data: bytes, name: str = "") -> Backdrop:
    """The picture in a file as what may lie behind somebody, made small, on white where it is transparent.

    PictureError, one sentence, for what is no picture.

    >>> import numpy as np
    >>> beach = open_backdrop(encode(Photo(np.full((1500, 2560, 3), 200, np.uint8))), "Beach")
    >>> beach.title, beach.image.shape
    ('Beach', (750, 1280, 3))
    """
    photo = open_preview(data, MAX_SIDE)
    return compress(photo.image if photo.alpha is None else on_white(photo.image, photo.alpha), name)
