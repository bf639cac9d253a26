"""GIF: the first frame at its place on the canvas, transparent around it. GIF89a specification."""

from __future__ import annotations

import struct

from effects.codec.header import Header
from effects.codec.limits import check_size
from effects.codec.raster import place_on_canvas
from effects.codec.readers.contents import Contents, animation
from effects.codec.readers.pillow import open_picture, raster_of

EXTENSION, FRAME, END = 0x21, 0x2C, b";"
CONTROL = 0xF9


def open_gif(data: bytes, header: Header, needed: int | None) -> Contents:
    """The first frame. Pillow decodes it alone; around it browsers show nothing, and Pillow the background colour."""
    del needed
    single, left, top = first_frame(data)
    frame = raster_of(open_picture(single, "gif"))
    return Contents(place_on_canvas(frame, (header.width, header.height), left, top), notes=animation(header))


def first_frame(data: bytes) -> tuple[bytes, int, int]:
    """A GIF of the first frame alone, and where it lay: left and top. ValueError where there is none."""
    at = 13 + colour_table_bytes(data[10])
    control = b""
    while data[at] != FRAME:
        if data[at] != EXTENSION:
            raise ValueError("no frame")
        end = after_blocks(data, at + 2)
        if data[at + 1] == CONTROL:
            control = data[at:end]
        at = end
    left, top, wide, high = struct.unpack_from("<HHHH", data, at + 1)
    check_size(wide, high)
    body = at + 10 + colour_table_bytes(data[at + 9])
    end = after_blocks(data, body + 1)
    size = struct.pack("<HH", wide, high)
    descriptor = data[at : at + 1] + bytes(4) + size + data[at + 9 : end]
    return data[:6] + size + data[10 : 13 + colour_table_bytes(data[10])] + control + descriptor + END, left, top


def colour_table_bytes(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def after_blocks(data: bytes, at: int) -> int:
    """The place after a row of sub-blocks; the file's end where it comes first."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return min(at + 1, len(data))
