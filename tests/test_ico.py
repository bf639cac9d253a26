"""Icons put together by hand, whose directories say too little or too much, and Chromium beside them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page

from effects.codec import DecodeError, decode
from tests.chromium import opened_page
from tests.pictures import gradient, written
from tests.shown import shown

WIDE, HIGH = 20, 12
COLOURS = gradient(HIGH, WIDE)
HIDDEN = np.arange(HIGH)[:, None] + np.arange(WIDE) < 9
SHOWN = np.where(HIDDEN, 0, 255).astype(np.uint8)


def body(bits: int, masked: bool = True, kind: str = "usual") -> bytes:
    """A BMP as it stands in an icon: upside down, each row a multiple of four bytes, the mask behind."""
    up = 1 if kind == "top first" else -1
    pixels = COLOURS[::up, :, ::-1]
    if bits == 32:
        pixels = np.dstack([pixels, SHOWN[::up]])
    rows = pixels.reshape(HIGH, -1)
    rows = np.pad(rows, ((0, 0), (0, -rows.shape[1] % 4)))
    mask = np.packbits(np.pad(HIDDEN[::up], ((0, 0), (0, -WIDE % 32))), axis=1)
    stated = {"top first": -2 * HIGH, "not doubled": HIGH}.get(kind, 2 * HIGH)
    header = struct.pack("<IiiHHIIiiII", 40, WIDE, stated, 1, bits, 0, 0, 0, 0, 0, 0)
    if kind == "of OS/2":
        header = struct.pack("<IHHHH", 12, WIDE, stated, 1, bits)
    return header + rows.tobytes() + (mask.tobytes() if masked else b"")


def icon(*pictures: tuple[int, int, int, int, bytes]) -> bytes:
    """Pictures one after another: width, height, bits, bytes that the directory states, and the bytes themselves."""
    at = 6 + 16 * len(pictures)
    directory = struct.pack("<HHH", 0, 1, len(pictures))
    for width, height, bits, stated, picture in pictures:
        directory += struct.pack("<BBBBHHII", width, height, 0, 0, 1, bits, stated, at)
        at += len(picture)
    return directory + b"".join(picture for *_, picture in pictures)


SMALL = written(gradient(8, 8), "PNG")
SIZES = {"all": 0, "none": 10**6, "half": 600, "without the mask": HIGH * 4, "too much": -5000}
ICONS = {
    f"{bits} bits, {name} stated{', first of two' if two else ''}": icon(
        (WIDE, HIGH, bits, max(0, len(body(bits)) - missing), body(bits)), *([(8, 8, 32, len(SMALL), SMALL)] * two)
    )
    for bits in (24, 32) for name, missing in SIZES.items() for two in (False, True)
}  # fmt: skip


@pytest.mark.parametrize("name", ICONS)
def test_a_picture_that_is_there_opens_whatever_size_the_directory_states(name: str) -> None:
    photo = decode(ICONS[name])
    assert np.array_equal(photo.image, COLOURS)
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, SHOWN)


@pytest.mark.parametrize("kind", ["top first", "not doubled", "of OS/2"])
@pytest.mark.parametrize("bits", [24, 32])
def test_rows_may_begin_at_the_top_heights_be_as_they_are_and_headers_old(bits: int, kind: str) -> None:
    file = body(bits, kind=kind)
    photo = decode(icon((WIDE, HIGH, bits, len(file), file)))
    assert np.array_equal(photo.image, COLOURS)
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, SHOWN)


def test_the_next_picture_is_no_mask() -> None:
    plain = body(24, masked=False)
    photo = decode(icon((WIDE, HIGH, 24, len(plain), plain), (8, 8, 32, len(SMALL), SMALL)))
    assert np.array_equal(photo.image, COLOURS)
    assert photo.alpha is None


@pytest.mark.parametrize("bits", [24, 32])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_picture_that_ends_early_is_refused(bits: int, share: float) -> None:
    file = icon((WIDE, HIGH, bits, len(body(bits)), body(bits)))
    with pytest.raises(DecodeError, match="damaged"):
        decode(file[: int(len(file) * share)])


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("bits", [24, 32])
@pytest.mark.parametrize("name", ["all", "half", "without the mask"])
def test_chromium_shows_the_same_of_an_understated_picture(page: Page, name: str, bits: int) -> None:
    file = ICONS[f"{bits} bits, {name} stated"]
    photo, there = decode(file), shown(page, file)
    assert there is not None
    assert photo.alpha is not None
    assert np.array_equal(there[..., 3], photo.alpha)
    opaque = photo.alpha == 255
    assert np.array_equal(there[opaque][:, :3], photo.image[opaque])
