"""TIFF whose strips or tiles are WebP files, each a picture of its own; compression 50001 of libtiff's register."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from effects.codec.containers import tiff_directory as tag
from effects.codec.containers.tiff_directory import Layout, Tags, first_number
from effects.codec.readers.pillow import open_picture

MODES = {3: "RGB", 4: "RGBA"}


def rows_of_webp(data: bytes, tags: Tags, layout: Layout) -> npt.NDArray[np.uint8]:
    """The bytes of the picture's rows, whole tiles wide; ValueError where a block is missing or of another size."""
    tiled = tag.TILES in tags
    offsets, sizes = (tags[each] for each in ((tag.TILES, tag.TILE_SIZES) if tiled else (tag.STRIPS, tag.STRIP_SIZES)))
    high = first_number(tags, tag.TILE_HEIGHT if tiled else tag.ROWS_PER_STRIP, layout.height)
    high = high if tiled else min(high, layout.height)
    down = -(-layout.height // high)
    if layout.samples not in MODES or layout.planes != 1 or layout.bits != 8 or len(offsets) < down * layout.blocks:
        raise ValueError("no such TIFF of WebP")
    whole = np.empty((layout.height, layout.blocks * layout.block, layout.samples), np.uint8)
    for index, (offset, size) in enumerate(zip(offsets[: down * layout.blocks], sizes, strict=False)):
        row, column = divmod(index, layout.blocks)
        place = whole[row * high : (row + 1) * high, column * layout.block : (column + 1) * layout.block]
        picture = open_picture(data[offset : offset + size], "webp")
        if picture.width != layout.block or not place.shape[0] <= picture.height <= high:
            raise ValueError("a block of another size")
        place[...] = np.asarray(picture.convert(MODES[layout.samples]))[: place.shape[0]]
    return whole.reshape(layout.height, -1)
