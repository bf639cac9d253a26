"""WebP: Pillow's decoder, and the first frame of an animation at its place on the canvas. RFC 9649."""

from __future__ import annotations

from effects.codec.containers.riff import ANIMATION, extended_webp, first_riff_chunks
from effects.codec.header import Header
from effects.codec.limits import check_size
from effects.codec.raster import Raster, place_on_canvas
from effects.codec.readers.contents import Contents
from effects.codec.readers.pillow import open_picture, raster_of
from effects.codec.readers.stills import contents_of

FRAME_HEADER = 16
"""Bytes of a frame in front of its chunks: left, top, width, height (of 24 bits each), duration, flags."""


def open_webp(data: bytes, header: Header, needed: int | None) -> Contents:
    """A still picture, or the first frame of an animation."""
    del needed
    picture = open_picture(data, "webp")
    found = first_riff_chunks(data)
    moves = found.get(b"VP8X", b"\0")[0] & ANIMATION and b"ANMF" in found
    raster = first_frame(found[b"ANMF"], (header.width, header.height)) if moves else raster_of(picture)
    return contents_of(picture, raster, header)


def first_frame(frame: bytes, canvas: tuple[int, int]) -> Raster:
    """A frame decoded alone: around it browsers show nothing, whatever the background is said to be."""
    left, top, wide, high = (int.from_bytes(frame[at : at + 3], "little") for at in range(0, 12, 3))
    size = (wide + 1, high + 1)
    check_size(*size)
    single = open_picture(extended_webp(first_riff_chunks(frame, FRAME_HEADER), size), "webp")
    if single.size != size:
        raise ValueError("a frame of another size")
    # Places are told in steps of two pixels.
    return place_on_canvas(raster_of(single), canvas, 2 * left, 2 * top)
