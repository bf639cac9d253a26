"""A TIFF file's first directory: its tags, and a plain copy in which libtiff has nothing to do but decompress.

TIFF 6.0, and BigTIFF as libtiff writes it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from effects.codec.limits import refuse

TYPES = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
BYTES, TEXT, UNDEFINED = 1, 2, 7
MAX_VALUES, MAX_ENTRIES = 4_000_000, 4096
MAX_BITS, LONG, MAX_SAMPLES = 32, 64, 32

(WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER, STRIPS, ORIENTATION, SAMPLES, ROWS_PER_STRIP, STRIP_SIZES,
 PLANAR, PREDICTOR, COLOUR_MAP, TILE_WIDTH, TILE_HEIGHT, TILES, TILE_SIZES, INK_SET, EXTRA, FORMAT, XMP, ICC) = (
    256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 317, 320, 322, 323, 324, 325, 332, 338, 339, 700, 34675
)  # fmt: skip

PLAIN, JPEG, DEFLATE = 1, 7, 8
PADDED = 16
"""Bytes at the end of a strip among which its last marker is looked for."""

STRUCTURE = {*range(WIDTH, TILE_SIZES + 1), EXTRA, FORMAT}
"""Without these the picture would be read as something it is not."""

Tags = dict[int, Any]
"""Values by tag: bytes for opaque types, else a tuple of numbers."""


def read_directory(data: bytes) -> tuple[Tags, str]:
    """The first directory's tags and the byte order (`<` or `>`); entries that make no sense are left out."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    step, inline = (20, 8) if big else (12, 4)
    tags: Tags = {}
    for entry, tag in entries(data, order):
        kind = struct.unpack_from(order + "H", data, entry + 2)[0]
        number = struct.unpack_from(order + ("Q" if big else "I"), data, entry + 4)[0]
        code = TYPES.get(kind, "B" if kind in (TEXT, UNDEFINED) else "")
        size = struct.calcsize(code) * number if code else 0
        if not code or number > MAX_VALUES:
            continue
        place = entry + step - inline
        if size > inline:
            place = struct.unpack_from(order + ("Q" if big else "I"), data, place)[0]
        if place + size > len(data):
            if tag in STRUCTURE:
                raise ValueError("the file ends before its tags do")
            continue
        opaque = kind in (TEXT, UNDEFINED) or (kind == BYTES and tag in (XMP, ICC))
        value = data[place : place + size] if opaque else struct.unpack_from(f"{order}{number}{code}", data, place)
        tags.setdefault(tag, value)
    return sort_places(tags), order


def sort_places(tags: Tags) -> Tags:
    """The tags with the places of tiles under the tags for tiles, and those of strips under the tags for strips.

    There are encoders that confuse them; as in libtiff, it is their measures that make tiles.
    """
    wide, high = first_number(tags, TILE_WIDTH, 0), first_number(tags, TILE_HEIGHT, 0)
    tiled = min(wide, high) > 0
    if tiled and TILES not in tags and ROWS_PER_STRIP in tags:
        # Measures that nothing else bears out.
        tiled = len(tags.get(STRIPS, ())) >= -(-first_number(tags, WIDTH, 0) // wide) * -(
            -first_number(tags, HEIGHT, 0) // high
        )
    right, wrong = ((TILES, TILE_SIZES), (STRIPS, STRIP_SIZES))[:: 1 if tiled else -1]
    places = {own: tags[own if own in tags else other] for own, other in zip(right, wrong, strict=True)
              if own in tags or other in tags}  # fmt: skip
    return {tag: value for tag, value in tags.items() if tag not in wrong} | places


def first_number(tags: Tags, tag: int, default: int) -> int:
    """A tag's first number."""
    values = tags.get(tag)
    return int(values[0]) if values else default


@dataclass(frozen=True)
class Layout:
    """How the samples lie in the file: which planes, and their rows cut into strips or tiles of `block` samples."""

    width: int
    height: int
    samples: int
    bits: int
    planes: int
    block: int
    blocks: int

    @property
    def block_bytes(self) -> int:
        """Bytes of one row of one strip or tile."""
        return (self.block * (self.samples // self.planes) * self.bits + 7) // 8


def read_layout(tags: Tags) -> Layout:
    """The layout; DecodeError where it is of no kind that is read here, ValueError where numbers are absurd."""
    width, height = first_number(tags, WIDTH, 0), first_number(tags, HEIGHT, 0)
    samples = first_number(tags, SAMPLES, 1)
    depths = tags.get(BITS, (1,))
    if samples < 1 or min(depths, default=0) < 1:
        raise ValueError("no samples")
    if len(set(depths[:samples])) != 1 or not (depths[0] <= MAX_BITS or depths[0] == LONG):
        shown = " + ".join(map(str, depths[: min(samples, 4)]))
        refuse(f"The samples of this TIFF picture have {shown} bits, which is not read here; "
               "saved with 8 or 16 bits each it can be opened.")  # fmt: skip
    if samples > MAX_SAMPLES:
        refuse(f"This TIFF picture has {samples} channels, of which at most {MAX_SAMPLES} are read; "
               "saved as RGB it can be opened.")  # fmt: skip
    planes = samples if first_number(tags, PLANAR, 1) == 2 else 1
    block = first_number(tags, TILE_WIDTH, 0) if TILES in tags else width
    if not 1 <= block <= 1 << 20:
        raise ValueError("absurd tiles")
    return Layout(width, height, samples, int(depths[0]), planes, block, -(-width // block))


def block_rows(tags: Tags, layout: Layout) -> int:
    """Rows of a strip or tile."""
    if TILES in tags:
        return first_number(tags, TILE_HEIGHT, 0)
    return min(first_number(tags, ROWS_PER_STRIP, layout.height), layout.height)


def plane_blocks(tags: Tags, layout: Layout, plane: int, tag: int) -> tuple[int, ...]:
    """The places or sizes of one plane's strips or tiles; ValueError where the file has no places for them."""
    values: tuple[int, ...] = tags.get(tag, ())
    down = -(-layout.height // max(1, block_rows(tags, layout)))
    each = layout.blocks * down if layout.planes > 1 else len(values)
    found = values[plane * each : (plane + 1) * each]
    if tag in (STRIPS, TILES) and not (found and len(found) == each):
        raise ValueError("a plane is missing")
    return found


def is_empty(tags: Tags, layout: Layout, plane: int) -> bool:
    """Whether a plane is stated to have no bytes at all, and others to have some."""
    sizes = TILE_SIZES if TILES in tags else STRIP_SIZES
    return layout.planes > 1 and any(tags.get(sizes, ())) and not any(plane_blocks(tags, layout, plane, sizes))


def as_grey_bytes(data: bytes, tags: Tags, layout: Layout, plane: int) -> bytes:
    """A TIFF of the same compressed strips or tiles, told as 8-bit grey without prediction.

    Its pixels are the bytes of the original's rows, whole tiles wide, of one plane. What they mean is left to us.
    """
    if is_empty(tags, layout, plane):
        raise ValueError("a plane has no bytes")
    tiled = TILES in tags
    rows = block_rows(tags, layout)
    kinds = (TILES, TILE_SIZES) if tiled else (STRIPS, STRIP_SIZES)
    offsets, sizes = (plane_blocks(tags, layout, plane, kind) for kind in kinds)
    if first_number(tags, COMPRESSION, PLAIN) == PLAIN:
        # Uncompressed rows are as long as they are, whatever the file states.
        heights = [rows if tiled else max(0, min(rows, layout.height - rows * at)) for at in range(len(offsets))]
        ends = [offset + high * layout.block_bytes for offset, high in zip(offsets, heights, strict=True)]
    else:
        ends = [offset + size for offset, size in zip(offsets, sizes, strict=False)]
    if max(ends, default=0) > len(data):
        raise ValueError("the file ends before its strips do")
    told: dict[int, tuple[int, ...]] = {
        WIDTH: (layout.block_bytes * layout.blocks,),
        HEIGHT: (layout.height,),
        BITS: (8,),
        COMPRESSION: (first_number(tags, COMPRESSION, 1),),
        PHOTOMETRIC: (1,),
        FILL_ORDER: (first_number(tags, FILL_ORDER, 1),),
        SAMPLES: (1,),
        TILES if tiled else STRIPS: offsets,
    }
    if sizes:
        told[TILE_SIZES if tiled else STRIP_SIZES] = sizes
    told |= {TILE_WIDTH: (layout.block_bytes,), TILE_HEIGHT: (rows,)} if tiled else {ROWS_PER_STRIP: (rows,)}
    return (
        b"II*\0"
        + struct.pack("<I", len(data) + len(data) % 2)
        + data[8:]
        + bytes(len(data) % 2)
        + pack_directory(told, len(data) + len(data) % 2)
    )


def deflated(data: bytes, tags: Tags, order: str) -> bytes:
    """The same TIFF with its uncompressed strips or tiles put into Deflate as they are; its other tags stay.

    libtiff then reads what Pillow otherwise reads itself.
    """
    tiled = TILES in tags
    offsets, sizes = (tags.get(tag, ()) for tag in ((TILES, TILE_SIZES) if tiled else (STRIPS, STRIP_SIZES)))
    packed = [zlib.compress(data[at : at + size], 0) for at, size in zip(offsets, sizes, strict=False)]
    lengths = [len(each) for each in packed]
    begins = list(accumulate(lengths, initial=len(data)))[:-1]
    told = {COMPRESSION: [DEFLATE], STRIPS: begins, TILES: begins, STRIP_SIZES: lengths, TILE_SIZES: lengths}
    big = data[2:4] in (b"+\0", b"\0+")
    wide, kind, inline = ("Q", 16, 8) if big else ("I", 4, 4)
    changed = bytearray(b"".join([data, *packed]))
    for entry, tag in entries(data, order):
        values = told.get(tag)
        if values is None:
            continue
        numbers = struct.pack(f"{order}{len(values)}{wide}", *values)
        if len(values) > 1:
            place = len(changed)
            changed += numbers
            numbers = struct.pack(order + wide, place)
        struct.pack_into(f"{order}HH{wide}", changed, entry, tag, kind, len(values))
        changed[entry + 4 + inline : entry + 4 + 2 * inline] = numbers
    return bytes(changed)


def entries(data: bytes, order: str) -> Iterator[tuple[int, int]]:
    """Place and tag of each entry of the first directory."""
    big = data[2:4] in (b"+\0", b"\0+")
    at = struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)[0]
    count = struct.unpack_from(order + ("Q" if big else "H"), data, at)[0]
    first, step = (at + 8, 20) if big else (at + 2, 12)
    for entry in range(first, first + min(count, MAX_ENTRIES) * step, step):
        yield entry, struct.unpack_from(order + "H", data, entry)[0]


def ends_early(data: bytes, tags: Tags) -> bool:
    """Whether a strip or tile that is a JPEG lacks the marker at its end, but for a few bytes of padding."""
    offsets, sizes = (tags.get(tag, ()) for tag in ((TILES, TILE_SIZES) if TILES in tags else (STRIPS, STRIP_SIZES)))
    ends = (offset + size for offset, size in zip(offsets, sizes, strict=False))
    return any(b"\xff\xd9" not in data[max(0, end - PADDED) : end] for end in ends)


def pack_directory(told: dict[int, tuple[int, ...]], at: int) -> bytes:
    """A directory to stand at `at`, all of its numbers 32 bits long."""
    follow = at + 2 + 12 * len(told) + 4
    directory, values = struct.pack("<H", len(told)), b""
    for tag, each in sorted(told.items()):
        numbers = struct.pack(f"<{len(each)}I", *each)
        directory += struct.pack("<HHI", tag, 4, len(each))
        if len(each) == 1:
            directory += numbers
        else:
            directory += struct.pack("<I", follow + len(values))
            values += numbers
    return directory + bytes(4) + values
