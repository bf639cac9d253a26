"""PNG with fewer rows in its compressed stream than its header says: refused, however properly the stream ends."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from effects.codec import DecodeError, decode, decode_numbers, open_preview
from effects.codec.containers.chunks import SIGNATURE, chunk
from effects.codec.readers.png_rows import room_for
from tests.test_png import frame

KINDS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
STARTS = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
"""Of Adam7, as the specification's figure has them: column, row, and the steps to the next."""

Samples = npt.NDArray[np.integer]


def samples(width: int, height: int, kind: int, depth: int) -> Samples:
    shape = (height, width, CHANNELS[kind])
    return np.random.default_rng(3).integers(0, 1 << depth, shape, dtype=np.uint16)


def rows(picture: Samples, depth: int) -> bytes:
    """Unfiltered rows, each behind its filter's byte."""
    flat = picture.reshape(picture.shape[0], -1)
    bits = (flat[..., None] >> np.arange(depth)[::-1] & 1).astype(np.uint8).reshape(len(flat), -1)
    return b"".join(b"\0" + np.packbits(row).tobytes() for row in bits)


def passes(picture: Samples, depth: int) -> list[bytes]:
    """The rows of each of Adam7's passes that are not empty."""
    parts = [picture[top::down, left::across] for left, top, across, down in STARTS]
    return [rows(part, depth) for part in parts if part.size]


def file_of(size: tuple[int, int], kind: int, depth: int, interlaced: int, stream: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, interlaced)
    parts = [(b"IHDR", header), (b"PLTE", bytes(range(256)) * 3), (b"IDAT", zlib.compress(stream)), (b"IEND", b"")]
    return SIGNATURE + b"".join(chunk(*part) for part in parts if part[0] != b"PLTE" or kind == 3)


EACH = [(kind, depth, interlaced) for kind, depths in KINDS.items() for depth in depths for interlaced in (0, 1)]


def opens(file: bytes, opener: Callable[[bytes], object]) -> bool:
    try:
        opener(file)
    except DecodeError:
        return False
    return True


def refused(file: bytes) -> bool:
    return not any(opens(file, opener) for opener in (decode, decode_numbers, lambda data: open_preview(data, 4)))


@pytest.mark.parametrize(("kind", "depth", "interlaced"), EACH)
def test_a_stream_that_ends_properly_before_its_last_row_is_refused(kind: int, depth: int, interlaced: int) -> None:
    width, height = 11, 14
    picture = samples(width, height, kind, depth)
    parts = passes(picture, depth) if interlaced else [rows(picture, depth)]
    stream = b"".join(parts)
    row = len(stream) // height
    assert np.array_equal(
        decode_numbers(file_of((width, height), kind, depth, interlaced, stream)),
        decode_numbers(file_of((width, height), kind, depth, 0, rows(picture, depth))),
    )
    for short in (stream[: len(stream) // 2], stream[: -len(parts[-1])], stream[:-row], stream[:-1], b""):
        assert refused(file_of((width, height), kind, depth, interlaced, short)), len(short)


@pytest.mark.parametrize("interlaced", [0, 1])
def test_pictures_of_any_size_are_whole_with_their_last_byte_and_not_without(interlaced: int) -> None:
    """Black and white ones as well as coloured: what a decoder leaves is not told by its colour."""
    for width in range(1, 10):
        for height in range(1, 10):
            coloured = samples(width, height, 2, 8)
            for picture in (coloured, coloured * 0, coloured | 255):
                stream = b"".join(passes(picture, 8)) if interlaced else rows(picture, 8)
                for whole in (stream, stream + b"more"):
                    assert np.array_equal(decode_numbers(file_of((width, height), 2, 8, interlaced, whole)), picture)
                assert refused(file_of((width, height), 2, 8, interlaced, stream[:-1]))


@pytest.mark.parametrize("depth", [8, 16])
def test_an_animations_first_frame_must_be_whole(depth: int) -> None:
    """One that is not the default picture, from chunks of its own."""
    picture = samples(5, 6, 2, depth)
    stream = rows(picture, depth)
    file = file_of((7, 8), 2, depth, 0, rows(samples(7, 8, 2, depth), depth))
    for content, whole in ((stream, True), (stream[: len(stream) // 2], False), (stream[:-1], False)):
        late = frame(0, 5, 6, 1, 2), (b"fdAT", struct.pack(">I", 1) + zlib.compress(content))
        control = chunk(b"acTL", struct.pack(">II", 1, 0))
        moving = file[:33] + control + file[33:-12] + b"".join(chunk(*part) for part in late) + file[-12:]
        assert refused(moving) != whole


def test_a_stream_may_lack_its_proper_end_and_understate_its_window_where_all_rows_are_there() -> None:
    # What comes again after 484 bytes is further back than a window of 256 reaches.
    picture = np.tile(samples(40, 4, 2, 8), (10, 1, 1))
    for interlaced, stream in ((0, rows(picture, 8)), (1, b"".join(passes(picture, 8)))):
        for length in (len(stream), len(stream) - 1, len(stream) // 2):
            whole, engine = zlib.compress(stream[:length]), zlib.compressobj()
            flushed = engine.compress(stream[:length]) + engine.flush(zlib.Z_SYNC_FLUSH)
            for bad in (flushed, whole[:-4], b"\x08\x1d" + whole[2:]):
                head = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, interlaced)
                parts = [(b"IHDR", head), (b"IDAT", bad), (b"IEND", b"")]
                file = SIGNATURE + b"".join(chunk(*part) for part in parts)
                if length < len(stream):
                    assert refused(file)
                else:
                    assert np.array_equal(decode(file).image, picture)


def test_a_wrong_check_sum_does_not_hide_missing_rows() -> None:
    picture = samples(40, 40, 2, 8)
    whole = zlib.compress(rows(picture, 8))
    half = zlib.compress(rows(picture[:20], 8))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0))
    files = [SIGNATURE + head + chunk(b"IDAT", stream[:-4] + b"oops") + chunk(b"IEND", b"") for stream in (whole, half)]
    assert np.array_equal(decode(files[0]).image, picture)
    assert refused(files[1])


@pytest.mark.parametrize(("kind", "depth"), [(kind, depth) for kind, depths in KINDS.items() for depth in depths])
def test_room_is_made_sure_of_for_two_pictures_of_whole_bytes_and_four_megabytes(kind: int, depth: int) -> None:
    header = struct.pack(">IIBBBBB", 300, 200, depth, kind, 0, 0, 0)
    assert room_for(header) == 2 * 300 * 200 * CHANNELS[kind] * (2 if depth == 16 else 1) + 4 * 1024 * 1024
