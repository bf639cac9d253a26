"""Progressive JPEGs written here bit by bit: a chain of passes not there from its first on is refused or told."""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt
import pytest

from effects.codec import DecodeError, decode, open_preview
from effects.codec.containers.segments import END, SOS, START, segment
from effects.image import Photo

MEANS, WAVES = (40, -31, 7, 0, -9, 22), (13, -6, 1, 0, -1, 9)
"""Each block's mean and its slowest wave across, in steps of STEP; all other coefficients are none."""

STEP = 8
SYMBOLS = {"mean": bytes(range(12)), "rest": bytes([0, *range(1, 11)])}
"""All in words of four bits. The rest's: the end of a block, and coefficients of so many bits without zeros before."""

Pass = tuple[int, int, int, int]
"""First and last coefficient, bit before (0: none came yet) and bit after."""

SCRIPTS: dict[str, list[Pass]] = {
    "as libjpeg": [(0, 0, 0, 1), (1, 5, 0, 2), (6, 63, 0, 2), (1, 63, 2, 1), (0, 0, 1, 0), (1, 63, 1, 0)],
    "bands only": [(0, 0, 0, 0), (1, 5, 0, 0), (6, 63, 0, 0)],
    "as mozjpeg": [(0, 0, 0, 0), (1, 8, 0, 2), (9, 63, 0, 2), (1, 63, 2, 1), (1, 63, 1, 0)],
    "bits only": [
        (0, 0, 0, 3),
        (0, 0, 3, 2),
        (1, 63, 0, 3),
        (1, 63, 3, 2),
        (0, 0, 2, 1),
        (0, 0, 1, 0),
        (1, 63, 2, 1),
        (1, 63, 1, 0),
    ],
    "refined in bands": [(0, 0, 0, 0), (1, 63, 0, 1), (1, 20, 1, 0), (21, 63, 1, 0)],
    "first in bands": [(0, 0, 0, 0), (1, 2, 0, 1), (3, 30, 0, 1), (31, 63, 0, 1), (1, 63, 1, 0)],
}


def word(table: str, symbol: int) -> str:
    return format(SYMBOLS[table].index(symbol), "04b")


def number(value: int) -> str:
    """A number of its own size, negative ones as one less in two's complement. T.81, F.1.2.1."""
    size = abs(value).bit_length()
    return format(value if value > 0 else value + (1 << size) - 1, f"0{size}b") if size else ""


def bits_of(first: int, last: int, before: int, after: int) -> str:
    """One pass. T.81, G.1.2."""
    text, previous = "", 0
    for mean, wave in zip(MEANS, WAVES, strict=True):
        size = abs(wave) >> after
        if first == 0 and before:
            text += str(mean >> after & 1)
        elif first == 0:
            difference, previous = (mean >> after) - previous, mean >> after
            text += word("mean", abs(difference).bit_length()) + number(difference)
        elif first > 1:
            text += word("rest", 0)
        elif before and abs(wave) >> before:
            text += word("rest", 0) + str(size & 1)
        elif size:
            text += word("rest", size.bit_length()) + number(size if wave > 0 else -size) + word("rest", 0)
        else:
            text += word("rest", 0)
    return text


def scan(first: int, last: int, before: int, after: int) -> bytes:
    text = bits_of(first, last, before, after)
    text += "1" * (-len(text) % 8)
    compressed = bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8)).replace(b"\xff", b"\xff\0")
    return segment(SOS, bytes([1, 1, 0, first, last, before << 4 | after])) + compressed


def file_of(passes: list[Pass]) -> bytes:
    head = segment(0xDB, bytes([0]) + bytes([STEP]) * 64)
    head += segment(0xC2, struct.pack(">BHHBBBB", 8, 8, 8 * len(MEANS), 1, 1, 0x11, 0))
    for place, symbols in ((0x00, SYMBOLS["mean"]), (0x10, SYMBOLS["rest"])):
        head += segment(0xC4, bytes([place, 0, 0, 0, len(symbols), *[0] * 12]) + symbols)
    return START + head + b"".join(scan(*each) for each in passes) + END


def picture() -> npt.NDArray[np.float64]:
    """A row of the picture by the inverse transform's formula. T.81, A.3.3."""
    wave = STEP * np.cos((2 * np.arange(8) + 1) * np.pi / 16) / 32**0.5
    return (128 + np.array(MEANS)[:, None] * STEP / 8 + np.array(WAVES)[:, None] * wave).ravel()


def opened(passes: list[Pass]) -> Photo | None:
    try:
        photo = decode(file_of(passes))
    except DecodeError:
        return None
    assert photo.metadata["notes"] == open_preview(file_of(passes), 20).metadata["notes"]
    return photo


def apart(photo: Photo, expected: npt.NDArray[np.float64]) -> float:
    return float(np.abs(photo.image[..., 0] - expected).max())


@pytest.mark.parametrize("name", SCRIPTS)
def test_passes_in_any_lawful_order_are_a_picture_without_a_word(name: str) -> None:
    photo = opened(SCRIPTS[name])
    assert photo is not None
    assert photo.metadata["notes"] == ()
    assert apart(photo, picture()) <= 1


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_refinement_without_what_it_refines_is_refused_and_other_passes_are_missed_aloud(name: str) -> None:
    """One pass left out: whatever needs it later cannot be read, and no picture is without its means."""
    passes = SCRIPTS[name]
    for at, (first, last, _, _) in enumerate(passes):
        later = [(start, end) for start, end, before, _ in passes[at + 1 :] if before]
        needed = any(max(first, start) <= min(last, end) for start, end in later)
        only = first == 0 and [each[0] for each in passes].count(0) == 1
        photo = opened(passes[:at] + passes[at + 1 :])
        if needed or only:
            assert photo is None, passes[at]
        else:
            assert photo is not None, passes[at]
            assert "last passes" in photo.metadata["notes"][0]


@pytest.mark.parametrize(
    "passes",
    [
        [(0, 0, 1, 0)],
        [(0, 0, 1, 0), (1, 63, 0, 0)],
        [(1, 63, 0, 0)],
        [(0, 0, 0, 0), (1, 63, 1, 0)],
        [(0, 0, 0, 2), (1, 63, 0, 0), (0, 0, 1, 0)],
        [(0, 0, 0, 0), (1, 5, 0, 1), (1, 63, 1, 0)],
        [(0, 0, 0, 0), (1, 63, 0, 2), (1, 63, 1, 0), (1, 63, 2, 1)],
        [(0, 0, 0, 0), (1, 63, 0, 1), (1, 63, 1, 0), (1, 63, 1, 0)],
    ],
)
def test_chains_without_their_beginning_or_out_of_order_are_refused(passes: list[Pass]) -> None:
    assert opened(passes) is None


def test_a_picture_of_means_alone_opens_and_says_what_it_lacks() -> None:
    photo = opened([(0, 0, 0, 0)])
    assert photo is not None
    assert "last passes" in photo.metadata["notes"][0]
    # libjpeg smooths what is coarse.
    assert apart(photo, picture()) <= 45
