"""TIFFs whose encoders said something else than they did: signs, places of strips and tiles, planes of nothing."""

from __future__ import annotations

import struct
import zlib
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from effects.codec import DecodeError, decode
from tests.encoders import imagemagick
from tests.pictures import difference, fade, gradient
from tests.test_tiff import tiff, written_tags

PLAIN = gradient(37, 53)
OPACITY = fade(37, 53)
STRIPS, STRIP_SIZES, SAMPLES, SAMPLE_FORMAT, TILES, TILE_SIZES, EXTRA = 273, 279, 277, 339, 324, 325, 338
SIGNED = 2
WHOLE = {8: np.uint8, 16: np.uint16, 32: np.uint32}


def deep(pixels: npt.NDArray[np.uint8], bits: int) -> npt.NDArray[Any]:
    """0..255 as 0..2 ** bits - 1."""
    kind = WHOLE[bits]
    return pixels.astype(kind) * kind(((1 << bits) - 1) // 255)


def signed(pixels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same bits, called signed."""
    return pixels.view(pixels.dtype.str.replace("u", "i"))


@pytest.mark.parametrize("bits", WHOLE)
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("prediction", [False, True])
def test_unsigned_numbers_that_are_called_signed_are_shown_as_they_are(bits: int, order: str, prediction: bool) -> None:
    pixels = signed(deep(PLAIN, bits))
    for blocks in ({}, {"rowsperstrip": 7}, {"tile": (16, 16)}):
        file = tiff(pixels, "rgb", byteorder=order, compression="zlib", predictor=prediction, **blocks)
        assert np.array_equal(decode(file).image, PLAIN)


@pytest.mark.parametrize("bits", WHOLE)
def test_signed_numbers_go_from_the_lowest_there_can_be_to_the_highest(bits: int) -> None:
    """0 stands for the middle: the top bit of each number is the other one."""
    stored = deep(PLAIN, bits) ^ WHOLE[bits](1 << bits - 1)
    assert np.array_equal(decode(tiff(signed(stored), "rgb")).image, PLAIN)
    grey = decode(tiff(signed(stored[..., 0]), "minisblack")).image
    assert np.array_equal(grey[..., 2], PLAIN[..., 0])


@pytest.mark.parametrize("bits", WHOLE)
def test_signed_numbers_that_are_never_below_zero_begin_with_black(bits: int) -> None:
    largest = (1 << bits - 1) - 1
    stored = np.rint(PLAIN / 255 * largest).astype(WHOLE[bits])
    assert difference(decode(tiff(signed(stored), "rgb")).image, PLAIN)[1] <= 1


def test_numbers_below_zero_alone_are_believed() -> None:
    """Nothing tells one reading from the other: -128 is black, -1 is nearly the middle."""
    stored = (PLAIN[..., 0] // 2 | 128).astype(np.uint8)
    assert np.array_equal(decode(tiff(signed(stored), "minisblack")).image[..., 0], PLAIN[..., 0] // 2)


@pytest.mark.parametrize("bits", WHOLE)
def test_nothing_but_0_and_minus_1_is_black_and_white(bits: int) -> None:
    """Two greys next to each other in the middle would be smoother, and no picture."""
    ink = np.where(np.indices((37, 53)).sum(0) % 11 < 4, 0, 255).astype(np.uint8)
    assert np.array_equal(decode(tiff(signed(deep(ink, bits)), "minisblack")).image[..., 0], ink)


def test_heights_of_land_a_little_below_the_sea_are_signed() -> None:
    heights = (gradient(37, 53)[..., 0].astype(np.int16) * 16 - 100).astype(np.int16)
    expected = np.rint((heights.astype(float) + 32768) / 257)
    assert difference(decode(tiff(heights, "minisblack")).image[..., 0], expected)[1] <= 1


@pytest.mark.parametrize("dark", [False, True])
def test_opacity_that_is_called_signed_is_never_below_zero(dark: bool) -> None:
    """Where no colour tells, opacity does."""
    colours = PLAIN // 4 if dark else PLAIN
    photo = decode(tiff(signed(np.dstack([colours, OPACITY])), "rgb", extrasamples=["unassalpha"]))
    assert np.array_equal(photo.image, colours)
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, OPACITY)


@pytest.mark.slow
@pytest.mark.parametrize("depth", ["8", "16", "32"])
def test_imagemagicks_signed_files_are_shown_as_they_were(depth: str) -> None:
    file = imagemagick(PLAIN, "tif", "-depth", depth, "-type", "TrueColor", "-define", "quantum:format=signed")
    assert difference(decode(file).image, PLAIN)[1] <= 1


@pytest.mark.parametrize("bits", [4, 12])
@pytest.mark.parametrize("flip", [False, True])
def test_signs_count_at_every_depth(bits: int, flip: bool) -> None:
    values = np.rint(gradient(6, 40) / 255 * ((1 << bits) - 1)).astype(int)
    stored = values ^ (1 << bits - 1 if flip else 0)
    each = (stored[..., None] >> np.arange(bits - 1, -1, -1) & 1).astype(np.uint8)
    packed = np.packbits(each.reshape(6, -1), axis=1).tobytes()
    tags = tags_of(40, 6, bits) | {STRIPS: (8,), STRIP_SIZES: (len(packed),), SAMPLE_FORMAT: (SIGNED,) * 3}
    assert difference(decode(file_of(packed, tags)).image, np.rint(values * 255 / ((1 << bits) - 1)))[1] <= 1


def tags_of(width: int, height: int, bits: int = 8, samples: int = 3) -> dict[int, tuple[int, ...]]:
    return {256: (width,), 257: (height,), 258: (bits,) * samples, 259: (1,), 262: (2,), SAMPLES: (samples,)}


def file_of(pixels: bytes, tags: dict[int, tuple[int, ...]]) -> bytes:
    padded = pixels + bytes(len(pixels) % 2)
    at = 8 + len(padded)
    return b"II*\0" + at.to_bytes(4, "little") + padded + written_tags(dict(sorted(tags.items())), at)


def tag_of(entry: bytes) -> int:
    return int.from_bytes(entry[:2], "little")


def renamed(file: bytes, names: dict[int, int]) -> bytes:
    """The file with entries of its directory under other tags, in their order again."""
    at = struct.unpack_from("<I", file, 4)[0]
    first, end = at + 2, at + 2 + 12 * struct.unpack_from("<H", file, at)[0]
    entries: list[bytes] = []
    for entry in range(first, end, 12):
        tag = tag_of(file[entry : entry + 2])
        entries.append(struct.pack("<H", names.get(tag, tag)) + file[entry + 2 : entry + 12])
    entries.sort(key=tag_of)
    return file[:first] + b"".join(entries) + file[end:]


BLOCKS: dict[str, tuple[dict[str, Any], dict[int, int]]] = {
    "tiles": ({"tile": (16, 32)}, {TILES: STRIPS, TILE_SIZES: STRIP_SIZES}),
    "one tile": ({"tile": (48, 64)}, {TILES: STRIPS, TILE_SIZES: STRIP_SIZES}),
    "strips": ({"rowsperstrip": 10}, {STRIPS: TILES, STRIP_SIZES: TILE_SIZES}),
    "one strip": ({}, {STRIPS: TILES, STRIP_SIZES: TILE_SIZES}),
}


@pytest.mark.parametrize("blocks", BLOCKS)
@pytest.mark.parametrize("planes", ["contig", "separate"])
@pytest.mark.parametrize("compression", [None, "zlib"])
def test_places_under_each_others_tags_are_found(blocks: str, planes: str, compression: str | None) -> None:
    settings, names = BLOCKS[blocks]
    pixels = PLAIN if planes == "contig" else np.ascontiguousarray(PLAIN.transpose(2, 0, 1))
    file = tiff(pixels, "rgb", planarconfig=planes, compression=compression, **settings)
    for some in (names, *({tag: name} for tag, name in names.items())):
        assert np.array_equal(decode(renamed(file, some)).image, PLAIN), some


@pytest.mark.slow
@pytest.mark.parametrize("tiled", [False, True])
def test_places_of_jpegs_under_each_others_tags_are_found(tiled: bool) -> None:
    _, names = BLOCKS["tiles" if tiled else "strips"]
    tiles = ["-define", "tiff:tile-geometry=16x16"] if tiled else []
    file = imagemagick(PLAIN, "tif", "-compress", "JPEG", "-quality", "98", "-endian", "LSB", *tiles)
    assert np.array_equal(decode(renamed(file, names)).image, decode(file).image)
    assert difference(decode(renamed(file, names)).image, PLAIN)[0] <= 2


def test_measures_of_tiles_that_the_strips_do_not_bear_out_do_not_count() -> None:
    rows = PLAIN.tobytes()
    tags = tags_of(53, 37) | {STRIPS: (8,), 278: (37,), STRIP_SIZES: (len(rows),), 322: (16,), 323: (16,)}
    assert np.array_equal(decode(file_of(rows, tags)).image, PLAIN)


def planar(planes: list[bytes], kinds: tuple[int, ...], *, places: int | None = None, compression: int = 8) -> bytes:
    """Planes of one strip each, and what those beyond RGB are; `places` leaves out the last ones'."""
    stored = [zlib.compress(plane) if plane and compression == 8 else plane for plane in planes]
    starts = tuple(accumulate([8, *(len(each) for each in stored)]))[: len(stored)]
    tags = tags_of(53, 37, samples=len(planes)) | {284: (2,), 259: (compression,), 278: (37,), EXTRA: kinds}
    tags |= {STRIPS: starts[:places], STRIP_SIZES: tuple(len(each) for each in stored)[:places]}
    return file_of(b"".join(stored), tags)


UNSPECIFIED, UNASSOCIATED = 0, 2
COLOUR_PLANES = [PLAIN[..., channel].tobytes() for channel in range(3)]


@pytest.mark.parametrize("places", [None, 3])
@pytest.mark.parametrize("compression", [1, 8])
@pytest.mark.parametrize("kind", [UNSPECIFIED, UNASSOCIATED])
def test_a_plane_of_nothing_is_left_out(kind: int, compression: int, places: int | None) -> None:
    photo = decode(planar([*COLOUR_PLANES, b""], (kind,), places=places, compression=compression))
    assert np.array_equal(photo.image, PLAIN)
    assert photo.alpha is None


def test_alpha_behind_an_empty_plane_counts() -> None:
    photo = decode(planar([*COLOUR_PLANES, b"", OPACITY.tobytes()], (UNSPECIFIED, UNASSOCIATED)))
    assert np.array_equal(photo.image, PLAIN)
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, OPACITY)


def test_a_colour_of_nothing_is_damage() -> None:
    with pytest.raises(DecodeError, match="damaged"):
        decode(planar([*COLOUR_PLANES[:2], b"", OPACITY.tobytes()], (UNSPECIFIED,)))


def test_prediction_beside_a_codec_that_knows_none_counts_for_nothing() -> None:
    rows = PLAIN.tobytes()
    file = file_of(rows, tags_of(53, 37) | {STRIPS: (8,), STRIP_SIZES: (len(rows),), 317: (2,)})
    assert np.array_equal(decode(file).image, PLAIN)


@pytest.mark.parametrize("samples", [1, 3])
def test_samples_that_nothing_is_said_of_are_grey_or_colour(samples: int) -> None:
    pixels = PLAIN[..., :samples]
    tags = tags_of(53, 37, samples=samples) | {STRIPS: (8,), STRIP_SIZES: (pixels.size,)}
    del tags[262]
    assert np.array_equal(decode(file_of(pixels.tobytes(), tags)).image, np.broadcast_to(pixels, PLAIN.shape))
