"""JPEG 2000 box by box: palettes and definitions of channels written by hand around a codestream without loss."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from effects.codec import DecodeError, decode
from effects.codec.readers.jp2_channels import to_full_range
from tests.encoders import opened_by_imagemagick
from tests.pictures import difference, fade, gradient, written
from tests.profiles import DISPLAY_P3, ink

HIGH, WIDE = 20, 30
RANDOM = np.random.default_rng(8)
INDICES = RANDOM.integers(0, 16, (HIGH, WIDE)).astype(np.uint8)
TABLE = RANDOM.integers(0, 256, (16, 4))
TABLE[9] = TABLE[5] = TABLE[2]
RGBA = TABLE[INDICES]
COLOURS, OPACITY = gradient(HIGH, WIDE), 255 - fade(HIGH, WIDE)
INK, SRGB, GREY, SYCC = 12, 16, 17, 18
COLOUR, ALPHA, MULTIPLIED, UNSPECIFIED, NONE = 0, 1, 2, 65535, 65535
IN_ORDER = [(0, COLOUR, 1), (1, COLOUR, 2), (2, COLOUR, 3)]
BACKWARDS = [(0, COLOUR, 3), (1, COLOUR, 2), (2, COLOUR, 1)]


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def codestream(*components: npt.NDArray[Any]) -> bytes:
    pixels = np.dstack(components) if len(components) > 1 else components[0]
    return written(pixels, "JPEG2000", no_jp2=True, irreversible=False, mct=0)


def jp2(stream: bytes, space: int, *extra: bytes, icc: bytes | None = None) -> bytes:
    count = int.from_bytes(stream[40:42])
    colour = struct.pack(">BBBI", 1, 0, 0, space) if icc is None else struct.pack(">BBB", 2, 0, 0) + icc
    head = box(b"ihdr", struct.pack(">IIHBBBB", HIGH, WIDE, count, stream[42], 7, 0, 0)) + box(b"colr", colour)
    kind = box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    return box(b"jP  ", b"\r\n\x87\n") + kind + box(b"jp2h", head + b"".join(extra)) + box(b"jp2c", stream)


def palette(table: npt.NDArray[Any], depths: int | list[int] = 8, *, signed: bool = False) -> bytes:
    depths = [depths] * table.shape[1] if isinstance(depths, int) else depths
    numbers = b"".join(int(value).to_bytes((depth + 7) // 8, signed=value < 0)
                       for row in table for value, depth in zip(row, depths, strict=True))  # fmt: skip
    kinds = bytes(depth - 1 | 0x80 * signed for depth in depths)
    return box(b"pclr", struct.pack(">HB", *table.shape) + kinds + numbers)


def mapping(*columns: int, direct: int | None = None) -> bytes:
    """Columns of the palette that component 0 counts, and a component that stands for itself."""
    entries = [struct.pack(">HBB", 0, 1, column) for column in columns]
    return box(b"cmap", b"".join(entries) + (b"" if direct is None else struct.pack(">HBB", direct, 0, 0)))


def definition(*entries: tuple[int, int, int]) -> bytes:
    return box(b"cdef", struct.pack(">H", len(entries)) + b"".join(struct.pack(">HHH", *entry) for entry in entries))


INDEXED = codestream(INDICES)
COLUMNS = TABLE[:, :3]
STRAIGHT = mapping(0, 1, 2)
WITH_ALPHA = [*IN_ORDER, (3, ALPHA, 0)]
ALPHA_FIRST = [(0, ALPHA, 0), (1, COLOUR, 1), (2, COLOUR, 2), (3, COLOUR, 3)]
DEEP = RANDOM.integers(0, 65536, (16, 3))
PLANES = [COLOURS[..., channel] for channel in range(3)]
MANY = RANDOM.integers(0, 1024, (HIGH, WIDE)).astype(np.uint16)
MANY_TABLE = RANDOM.integers(0, 256, (1024, 3))

FILES: dict[str, tuple[bytes, npt.NDArray[Any], npt.NDArray[Any] | None]] = {
    "equal entries": (jp2(INDEXED, SRGB, palette(COLUMNS), STRAIGHT), RGBA[..., :3], None),
    "columns in another order": (jp2(INDEXED, SRGB, palette(COLUMNS), mapping(2, 0, 1)), RGBA[..., [2, 0, 1]], None),
    "a palette defined backwards": (
        jp2(INDEXED, SRGB, palette(COLUMNS), STRAIGHT, definition(*BACKWARDS)), RGBA[..., 2::-1], None),
    "a palette without a mapping": (jp2(INDEXED, SRGB, palette(COLUMNS)), RGBA[..., :3], None),
    "a fourth column": (jp2(INDEXED, SRGB, palette(TABLE), mapping(0, 1, 2, 3)), RGBA[..., :3], RGBA[..., 3]),
    "a column of alpha": (
        jp2(INDEXED, SRGB, palette(TABLE), mapping(0, 1, 2, 3), definition(*WITH_ALPHA)), RGBA[..., :3], RGBA[..., 3]),
    "alpha in the first column": (
        jp2(INDEXED, SRGB, palette(TABLE), mapping(0, 1, 2, 3), definition(*ALPHA_FIRST)), RGBA[..., 1:], RGBA[..., 0]),
    "a column that means nothing": (
        jp2(INDEXED, SRGB, palette(TABLE), mapping(0, 1, 2, 3), definition(*IN_ORDER, (3, UNSPECIFIED, NONE))),
        RGBA[..., :3], None),
    "a palette and alpha beside it": (
        jp2(codestream(INDICES, OPACITY), SRGB, palette(COLUMNS), mapping(0, 1, 2, direct=1),
            definition(*WITH_ALPHA)), RGBA[..., :3], OPACITY),
    "a palette of 16 bits": (jp2(INDEXED, SRGB, palette(DEEP, 16), STRAIGHT), np.rint(DEEP[INDICES] / 257), None),
    "a palette of 4 bits": (
        jp2(INDEXED, SRGB, palette(COLUMNS // 16, 4), STRAIGHT), RGBA[..., :3] // 16 * 17, None),
    "columns of 16, 8 and 4 bits": (
        jp2(INDEXED, SRGB, palette(np.stack([DEEP[:, 0], TABLE[:, 1], TABLE[:, 2] // 16], 1), [16, 8, 4]), STRAIGHT),
        np.dstack([np.rint(DEEP[INDICES, 0] / 257), RGBA[..., 1], RGBA[..., 2] // 16 * 17]), None),
    "a signed palette": (
        jp2(INDEXED, SRGB, palette(COLUMNS - 128, signed=True), STRAIGHT), RGBA[..., :3], None),
    "a grey palette": (jp2(INDEXED, GREY, palette(TABLE[:, :1]), mapping(0)), RGBA[..., :1].repeat(3, -1), None),
    "a palette of 1024": (jp2(codestream(MANY), SRGB, palette(MANY_TABLE), STRAIGHT), MANY_TABLE[MANY], None),
    "blue first": (jp2(codestream(*PLANES[::-1]), SRGB, definition(*BACKWARDS)), COLOURS, None),
    "green first": (
        jp2(codestream(PLANES[1], PLANES[2], PLANES[0]), SRGB, definition((0, 0, 2), (1, 0, 3), (2, 0, 1))),
        COLOURS, None),
    "alpha": (jp2(codestream(*PLANES, OPACITY), SRGB, definition(*WITH_ALPHA)), COLOURS, OPACITY),
    "alpha by custom": (jp2(codestream(*PLANES, OPACITY), SRGB), COLOURS, OPACITY),
    "alpha first": (jp2(codestream(OPACITY, *PLANES), SRGB, definition(*ALPHA_FIRST)), COLOURS, OPACITY),
    "alpha first, defined last": (
        jp2(codestream(OPACITY, *PLANES), SRGB, definition(*ALPHA_FIRST[::-1])), COLOURS, OPACITY),
    "a fourth that means nothing": (
        jp2(codestream(*PLANES, OPACITY), SRGB, definition(*IN_ORDER, (3, UNSPECIFIED, NONE))), COLOURS, None),
    "alpha before grey": (
        jp2(codestream(OPACITY, PLANES[1]), GREY, definition((0, ALPHA, 0), (1, COLOUR, 1))),
        COLOURS[..., 1:2].repeat(3, -1), OPACITY),
    "grey, alpha and another": (
        jp2(codestream(PLANES[1], OPACITY, PLANES[0]), GREY,
            definition((0, COLOUR, 1), (1, ALPHA, 0), (2, UNSPECIFIED, NONE))),
        COLOURS[..., 1:2].repeat(3, -1), OPACITY),
    "definitions that make no sense": (
        jp2(codestream(*PLANES), SRGB, definition((0, COLOUR, 1), (1, COLOUR, 1), (2, COLOUR, 9))), COLOURS, None),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_channels_are_what_the_boxes_say(name: str) -> None:
    file, colours, opacity = FILES[name]
    photo = decode(file)
    assert difference(photo.image, colours)[1] == 0
    if opacity is None:
        assert photo.alpha is None
    else:
        assert photo.alpha is not None
        assert np.array_equal(photo.alpha, opacity)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["equal entries", "a palette defined backwards", "a column of alpha",
                                  "a palette of 4 bits", "alpha in the first column", "blue first", "green first",
                                  "alpha first"])  # fmt: skip
def test_imagemagick_sees_the_same_channels(name: str) -> None:
    photo, there = decode(FILES[name][0]), opened_by_imagemagick(FILES[name][0], "jp2")
    alpha = np.full((HIGH, WIDE), 255) if photo.alpha is None else photo.alpha
    assert difference(np.dstack([photo.image, alpha]), there)[1] <= 1


def test_multiplied_colours_are_divided_by_their_alpha() -> None:
    opacity = OPACITY // 2 + 128
    stored = np.rint(COLOURS * (opacity[..., None] / 255)).astype(np.uint8)
    planes = [stored[..., channel] for channel in range(3)]
    photo = decode(jp2(codestream(*planes, opacity), SRGB, definition(*IN_ORDER, (3, MULTIPLIED, 0))))
    assert difference(photo.image, COLOURS)[1] <= 1
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, opacity)


def test_alpha_of_one_bit_beside_colours_of_eight_is_all_or_nothing() -> None:
    """A component's depth stands in SIZ and shifts its samples by half of their range: 127 and 128 become 0 and 1."""
    bits = (OPACITY > 100).astype(np.uint8)
    stream = bytearray(codestream(*PLANES, 127 + bits))
    stream[42 + 3 * 3] = 0
    photo = decode(jp2(bytes(stream), SRGB))
    assert np.array_equal(photo.image, COLOURS)
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, 255 * bits)


def test_light_and_two_differences_in_another_order_are_colours() -> None:
    """sYCC is JFIF's: R = Y + 1.402 Cr, B = Y + 1.772 Cb."""
    light, blue, red = np.full((HIGH, WIDE), 100, np.uint8), INDICES + np.uint8(120), INDICES + np.uint8(125)
    stream = codestream(blue, red, light)
    photo = decode(jp2(stream, SYCC, definition((0, COLOUR, 2), (1, COLOUR, 3), (2, COLOUR, 1))))
    expected = np.rint(100 + 1.402 * (red.astype(int) - 128)), np.rint(100 + 1.772 * (blue.astype(int) - 128))
    assert difference(photo.image[..., 0], expected[0])[1] <= 1
    assert difference(photo.image[..., 2], expected[1])[1] <= 1
    assert difference(photo.image, decode(jp2(codestream(light, blue, red), SYCC)).image)[1] <= 1


def test_ink_is_told_by_the_colour_space_with_or_without_a_palette() -> None:
    expected = np.rint((255.0 - RGBA[..., :3]) * (255.0 - RGBA[..., 3:]) / 255)
    by_palette = decode(jp2(INDEXED, INK, palette(TABLE), mapping(0, 1, 2, 3)))
    planes = [RGBA[..., channel].astype(np.uint8) for channel in range(4)]
    for photo in (by_palette, decode(jp2(codestream(*planes), INK))):
        assert photo.alpha is None
        assert difference(photo.image, expected)[1] <= 1


def test_a_profile_counts_for_a_palette() -> None:
    plain = decode(written(RGBA[..., :3].astype(np.uint8), "PNG", icc_profile=DISPLAY_P3)).image
    photo = decode(jp2(INDEXED, SRGB, palette(COLUMNS), STRAIGHT, icc=DISPLAY_P3))
    assert difference(photo.image, plain)[1] <= 1
    assert difference(photo.image, RGBA[..., :3])[1] > 5


def test_ink_is_told_by_a_profile_where_no_colour_space_is_named() -> None:
    """Four components are three colours and an alpha, unless they are ink."""
    planes = [RGBA[..., channel].astype(np.uint8) for channel in range(4)]
    for file in (
        jp2(codestream(*planes), 0, icc=ink()),
        jp2(INDEXED, 0, palette(TABLE), mapping(0, 1, 2, 3), icc=ink()),
    ):
        assert decode(file).alpha is None
        assert decode(file).metadata["channels"] == 4


BROKEN = {
    "a palette that ends early": (box(b"pclr", palette(COLUMNS)[8:-9]), STRAIGHT),
    "no such column": (palette(COLUMNS), mapping(0, 1, 7)),
    "no such component": (palette(COLUMNS), mapping(0, 1, 2, direct=5)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_boxes_that_point_nowhere_are_damage(name: str) -> None:
    with pytest.raises(DecodeError, match="damaged"):
        decode(jp2(INDEXED, SRGB, *BROKEN[name]))


@pytest.mark.parametrize("bits", range(1, 17))
def test_numbers_of_any_depth_go_from_nothing_to_all_there_is(bits: int) -> None:
    levels = (1 << bits) - 1
    numbers = np.arange(levels + 1, dtype=np.uint64)
    top = 255 if bits <= 8 else 65535
    made = to_full_range(numbers, bits)
    assert made.dtype == (np.uint8 if bits <= 8 else np.uint16)
    assert np.abs(made - numbers * (top / levels)).max() <= 0.5
    assert (made[0], made[-1]) == (0, top)
