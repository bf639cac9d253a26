"""BMP and ICO byte by byte: files written here by hand, of the layouts that encoders no longer write."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Page

from effects.codec import DecodeError, decode
from tests.chromium import opened_page
from tests.pictures import difference, gradient, written
from tests.profiles import DISPLAY_P3
from tests.shown import shown

HIGH, WIDE = 13, 17
COLOURS = gradient(HIGH, WIDE)
RANDOM = np.random.default_rng(1)
OPACITY = RANDOM.integers(0, 256, (HIGH, WIDE)).astype(np.uint8)
BGRA = np.dstack([COLOURS[..., ::-1], OPACITY])
NUMBERS = RANDOM.integers(0, 256, (HIGH, WIDE)).astype(np.uint8)
PALETTE = np.hstack([RANDOM.integers(0, 256, (256, 3)), np.zeros((256, 1), int)]).astype(np.uint8)
RED, GREEN, BLUE = (COLOURS[..., at].astype(np.uint32) for at in range(3))
MASKS = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)


def rows(pixels: npt.NDArray[Any]) -> bytes:
    """Rows from the lowest up, each padded to four bytes."""
    return b"".join(row.tobytes() + bytes(-len(row.tobytes()) % 4) for row in pixels[::-1])


def bmp(bits: int, body: bytes, compression: int = 0, header: int = 40, masks: bytes = b"", *, palette: bytes = b"",
        height: int = HIGH, colours: int = 0, start: int | None = None) -> bytes:  # fmt: skip
    fixed = struct.pack("<iiHHIIiiII", WIDE, height, 1, bits, compression, 0, 0, 0, colours, 0)
    front = struct.pack("<I", header) + fixed + masks
    front += bytes(max(0, header - len(front))) + palette
    place = 14 + len(front) if start is None else start
    return struct.pack("<2sIHHI", b"BM", 14 + len(front) + len(body), 0, 0, place) + front + body


def runs24(pixels: npt.NDArray[np.uint8]) -> bytes:
    """OS/2's run lengths of colours: a few as they are, padded to two bytes, then each alone, then the line's end."""
    lines = [
        bytes((0, 5)) + row[:5].tobytes() + b"\0" + b"".join(b"\1" + colour.tobytes() for colour in row[5:]) + b"\0\0"
        for row in pixels[::-1]
    ]
    return b"".join(lines) + b"\0\1"


def runs4(numbers: npt.NDArray[np.uint8]) -> bytes:
    """Run lengths of half bytes: five as they are, padded to two bytes, a run of two in turn, then each alone."""
    lines = []
    for row in numbers[::-1].tolist():
        plain = bytes((0, 5, row[0] << 4 | row[1], row[2] << 4 | row[3], row[4] << 4, 0))
        lines.append(
            plain + bytes((2, row[5] << 4 | row[6])) + b"".join(bytes((1, each << 4)) for each in row[7:]) + b"\0\0"
        )
    return b"".join(lines) + b"\0\1"


def old(bits: int, body: bytes, palette: bytes = b"") -> bytes:
    """OS/2's first header, whose palette has three bytes a colour."""
    front = struct.pack("<IHHHH", 12, WIDE, HIGH, 1, bits) + palette
    return struct.pack("<2sIHHI", b"BM", 14 + len(front) + len(body), 0, 0, 14 + len(front)) + front + body


def ico(*pictures: tuple[int, bytes], mask: bytes = bytes(4 * HIGH)) -> bytes:
    """Pictures of so many bits, each a bitmap twice as high with a mask below."""
    bodies = [struct.pack("<IiiHHIIiiII", 40, WIDE, 2 * HIGH, 1, bits, 0, 0, 0, 0, 0, 0) + body + mask
              for bits, body in pictures]  # fmt: skip
    entries, at = b"", 6 + 16 * len(bodies)
    for (bits, _), body in zip(pictures, bodies, strict=True):
        entries += struct.pack("<BBBBHHII", WIDE, HIGH, 0, 0, 1, bits, len(body), at)
        at += len(body)
    return struct.pack("<HHH", 0, 1, len(bodies)) + entries + b"".join(bodies)


RUNS24 = runs24(BGRA[..., :3])
FIVE = (RED >> 3 << 10 | GREEN >> 3 << 5 | BLUE >> 3).astype("<u2")
TEN = (RED * 1023 // 255 << 20 | GREEN * 1023 // 255 << 10 | BLUE * 1023 // 255).astype("<u4")
HOLES = RANDOM.integers(0, 256, (HIGH, 4)).astype(np.uint8).tobytes()

FILES = {
    "24 bits": bmp(24, rows(BGRA[..., :3])),
    "24 bits of OS/2": old(24, rows(BGRA[..., :3])),
    "from the top": bmp(24, rows(BGRA[::-1, :, :3]), height=-HIGH),
    "fourth byte of no meaning": bmp(32, rows(BGRA)),
    "fourth byte without a mask": bmp(32, rows(BGRA), 3, 56, MASKS[:12] + bytes(4)),
    "fourth byte under a mask": bmp(32, rows(BGRA), 3, 56, MASKS),
    "fourth byte in the fifth header": bmp(32, rows(BGRA), 3, 124, MASKS),
    "plain in the fourth header with alpha": bmp(32, rows(BGRA), 0, 108, MASKS),
    "plain in the fifth header without": bmp(32, rows(BGRA), 0, 124, MASKS[:12]),
    "ten bits": bmp(32, rows(TEN), 3, 40, struct.pack("<III", 0x3FF00000, 0xFFC00, 0x3FF)),
    "five bits": bmp(16, rows(FIVE)),
    "five bits and one": bmp(16, rows(FIVE | 0x8000), 3, 56, struct.pack("<IIII", 0x7C00, 0x3E0, 0x1F, 0x8000)),
    "256 colours": bmp(8, rows(NUMBERS), palette=PALETTE.tobytes()),
    "256 colours of OS/2": old(8, rows(NUMBERS), PALETTE[:, :3].tobytes()),
    "fewer colours": bmp(8, rows(NUMBERS % 50), palette=PALETTE.tobytes()[:200], colours=50),
    "numbers beyond the colours": bmp(8, rows(NUMBERS), palette=PALETTE.tobytes()[:200], colours=50),
    "a gap before the pixels": bmp(24, bytes(50) + rows(BGRA[..., :3]), start=104),
    "run lengths of 24 bits": bmp(24, RUNS24, 4, 64),
    "icon of 24 bits": ico((24, rows(BGRA[..., :3]))),
    "icon with holes": ico((24, rows(BGRA[..., :3])), mask=HOLES),
    "icon of 32 bits": ico((32, rows(BGRA)), mask=HOLES),
    "icon whose alpha is nowhere set": ico((32, rows(BGRA * np.array([1, 1, 1, 0], np.uint8))), mask=HOLES),
    "icon of 16 bits": ico((16, rows(FIVE)), mask=HOLES),
    "icon without a mask": ico((32, rows(BGRA)), mask=b""),
    "the finer of two icons": ico((24, rows(BGRA[::-1, :, :3])), (32, rows(BGRA))),
}


BY_PALETTE, BY_FEW = PALETTE[NUMBERS][..., 2::-1], PALETTE[NUMBERS % 50][..., 2::-1]
BY_FIVE = np.rint((COLOURS >> 3) * (255 / 31)).astype(np.uint8)
HALF_BYTES = bmp(4, runs4(NUMBERS % 16), 2, palette=PALETTE.tobytes()[:64])

SHOWN: dict[str, tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8] | None]] = {
    "24 bits": (COLOURS, None),
    "24 bits of OS/2": (COLOURS, None),
    "from the top": (COLOURS, None),
    "fourth byte of no meaning": (COLOURS, None),
    "fourth byte without a mask": (COLOURS, None),
    "fourth byte under a mask": (COLOURS, OPACITY),
    "fourth byte in the fifth header": (COLOURS, OPACITY),
    "ten bits": (COLOURS, None),
    "five bits": (BY_FIVE, None),
    "256 colours": (BY_PALETTE, None),
    "256 colours of OS/2": (BY_PALETTE, None),
    "fewer colours": (BY_FEW, None),
    "a gap before the pixels": (COLOURS, None),
    "run lengths of 24 bits": (COLOURS, None),
    "icon of 24 bits": (COLOURS, None),
    "the finer of two icons": (COLOURS, OPACITY),
}
"""What some of the files were written from, whatever a browser makes of them."""


@pytest.mark.parametrize("name", SHOWN)
def test_a_file_shows_what_it_was_written_from(name: str) -> None:
    photo, (colours, opacity) = decode(FILES[name]), SHOWN[name]
    assert difference(photo.image, colours)[1] <= 1
    assert (photo.alpha is None) is (opacity is None)
    if photo.alpha is not None and opacity is not None:
        assert np.array_equal(photo.alpha, opacity)


def test_run_lengths_of_half_bytes_are_two_colours_a_byte() -> None:
    assert np.array_equal(decode(HALF_BYTES).image, PALETTE[NUMBERS % 16][..., 2::-1])


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_chromium_shows_the_same(page: Page, name: str) -> None:
    photo, there = decode(FILES[name]), shown(page, FILES[name])
    assert there is not None
    alpha = np.full((HIGH, WIDE), 255, np.uint8) if photo.alpha is None else photo.alpha
    assert np.array_equal(alpha, there[..., 3])
    opaque = alpha == 255
    if opaque.any():
        assert difference(photo.image[opaque], there[opaque][:, :3])[1] <= 1


@pytest.mark.parametrize("start", [0, 14, 54])
def test_pixels_that_should_begin_within_the_header_or_palette_begin_behind_it(start: int) -> None:
    told = decode(bmp(8, rows(NUMBERS), palette=PALETTE.tobytes(), start=start))
    assert np.array_equal(told.image, PALETTE[NUMBERS][..., 2::-1])


def test_a_png_in_an_icon_ends_where_it_ends_whatever_the_directory_says() -> None:
    body = written(COLOURS, "PNG")
    for stated in (len(body) + 1000, 8):
        entry = struct.pack("<BBBBHHII", WIDE, HIGH, 0, 0, 1, 32, stated, 22)
        assert np.array_equal(decode(struct.pack("<HHH", 0, 1, 1) + entry + body).image, COLOURS)


def test_run_lengths_that_drew_all_may_lack_their_end() -> None:
    runs = b"".join(bytes((WIDE, number, 0, 0)) for number in range(HIGH))
    misplaced = bmp(8, runs, 1, palette=PALETTE.tobytes(), start=54)
    for end in (900, 1078, len(misplaced) - 4):
        with pytest.raises(DecodeError, match="incomplete"):
            decode(misplaced[:end])
    told = decode(bmp(8, runs[:-2], 1, palette=PALETTE.tobytes()))
    assert told.alpha is None
    assert np.array_equal(told.image, PALETTE[np.arange(HIGH)[::-1].repeat(WIDE).reshape(HIGH, WIDE)][..., 2::-1])
    with pytest.raises(DecodeError, match="incomplete"):
        decode(bmp(8, runs[:-4], 1, palette=PALETTE.tobytes()))


@pytest.mark.parametrize(("bits", "compression"), [(8, 1), (4, 2)])
def test_a_jump_in_run_lengths_leaves_out_what_lies_between(bits: int, compression: int) -> None:
    """Four of the lowest row, then three columns on and two rows up, and another four: all else is transparent.

    A third and a fourth time it jumps, from an odd row and an odd column by an odd way, and a line ends between.
    """
    number = 7 if bits == 8 else 0x77
    runs = bytes(
        (4, number, 0, 2, 3, 2, 4, number, 0, 0, 1, number, 0, 2, 1, 1, 2, number, 0, 2, 3, 3, 1, number, 0, 1)
    )
    photo = decode(bmp(bits, runs, compression, palette=PALETTE.tobytes()[: 4 << bits]))
    drawn = np.zeros((HIGH, WIDE), bool)
    drawn[-1, :4] = drawn[-3, 7:11] = drawn[-4, 0] = drawn[-5, 2:4] = drawn[-8, 7] = True
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, 255 * drawn)
    assert (photo.image[drawn] == PALETTE[7, 2::-1]).all()


def test_pixels_without_any_colour_before_them_are_black() -> None:
    body = rows(NUMBERS)
    told = decode(bmp(8, body, colours=len(body) // 4, start=54))
    assert not told.image.any()


@pytest.mark.parametrize("first", ["coarse", "fine"])
def test_the_finer_of_two_icons_is_told_by_its_colours_where_bits_are_not_stated(first: str) -> None:
    coarse = (4, PALETTE.tobytes()[:64] + bytes((WIDE * 4 + 31) // 32 * 4 * HIGH))
    fine = (8, PALETTE.tobytes() + rows(NUMBERS))
    file = bytearray(ico(*([coarse, fine] if first == "coarse" else [fine, coarse])))
    for at in (6, 22):
        file[at + 2] = 16 if file[at + 6] == 4 else 0
        file[at + 4 : at + 8] = bytes(4)
    assert np.array_equal(decode(bytes(file)).image, PALETTE[NUMBERS][..., 2::-1])


@pytest.mark.parametrize(("bits", "compression"), [(8, 1), (4, 2)])
def test_run_lengths_cut_anywhere_are_incomplete(bits: int, compression: int) -> None:
    """A jump, a run and numbers as they are, of which the last is padded to two bytes."""
    plain = bytes((0, 3, 0x12, 0x34, 0x56, 0)) if bits == 8 else bytes((0, 3, 0x12, 0x30))
    runs = bytes((3, 7 if bits == 8 else 0x77, 0, 2, 1, 1)) + plain
    for cut in range(len(runs) + 1):
        with pytest.raises(DecodeError, match="incomplete"):
            decode(bmp(bits, runs[:cut], compression, palette=PALETTE.tobytes()[: 4 << bits]))
    photo = decode(bmp(bits, runs + b"\0\1", compression, palette=PALETTE.tobytes()[: 4 << bits]))
    found = (7, 7, 7), ((0x12, 0x34, 0x56) if bits == 8 else (1, 2, 3))
    for row, left, numbers in ((-1, 0, found[0]), (-2, 4, found[1])):
        assert np.array_equal(photo.image[row, left : left + 3], PALETTE[list(numbers), 2::-1])


def test_runs_beyond_a_rows_end_are_cut_there() -> None:
    runs = bytes((WIDE - 1, 3, 5, 4, 9, 6, 0, 0, 200, 5, 0, 1))
    photo = decode(bmp(8, runs, 1, palette=PALETTE.tobytes()))
    expected = [*[3] * (WIDE - 1), 4]
    assert np.array_equal(photo.image[-1], PALETTE[expected, 2::-1])
    assert np.array_equal(photo.image[-2], PALETTE[[5] * WIDE, 2::-1])
    assert photo.alpha is not None
    assert (photo.alpha[-2:] == 255).all()
    assert not photo.alpha[:-2].any()


@pytest.mark.parametrize(
    ("bits", "compression", "header"),
    [(24, 4, 40), (24, 5, 40), (24, 5, 64), (8, 4, 64), (8, 7, 40), (1, 3, 64)],
)
def test_a_bitmap_that_holds_another_format_or_os2s_own_codes_is_told(bits: int, compression: int, header: int) -> None:
    """4 and 5 are a JPEG and a PNG in Windows' headers, and 4 is run lengths of 24 bits in OS/2's alone."""
    with pytest.raises(DecodeError, match="compressed in a way"):
        decode(bmp(bits, rows(BGRA), compression, header, palette=PALETTE.tobytes()))


def test_a_profile_behind_the_fifth_header_counts_as_in_any_file() -> None:
    pixels = rows(BGRA[..., :3])
    front = bytearray(bmp(24, pixels, 0, 124, MASKS))
    place = len(front) - 14
    front[70:74] = b"DEBM"
    front[126:134] = struct.pack("<II", place, len(DISPLAY_P3))
    told = decode(bytes(front) + DISPLAY_P3)
    assert np.array_equal(told.image, decode(written(COLOURS, "PNG", icc_profile=DISPLAY_P3)).image)
    assert not np.array_equal(told.image, COLOURS)
    front[70:74] = b"KNIL"  # a file's name stands there
    assert np.array_equal(decode(bytes(front) + DISPLAY_P3).image, COLOURS)
