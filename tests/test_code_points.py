"""Code points of colour: primaries and curves by number as colour-science has them, and what a PNG's chunks state."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest

from effects.codec.colour.hdr import PAPER_WHITE
from effects.codec.colour.light import CURVES, PRIMARIES
from effects.codec.colour.png_colour import chromaticities, codes, gamma_of, icc_of, is_named_srgb, says_colour
from effects.codec.containers.chunks import inflate_text
from effects.image import Floats
from tests import colour_science as colour

SPACES = {
    1: "sRGB",
    4: "ITU-R BT.470 - 525",
    5: "ITU-R BT.470 - 625",
    6: "SMPTE C",
    7: "SMPTE 240M",
    9: "ITU-R BT.2020",
    11: "DCI-P3",
    12: "P3-D65",
    22: "ITU-T H.273 - 22 Unspecified",
}
"""Number -> the space whose red, green, blue and white it means. ITU-T H.273, table 2."""

POWERS = {1: 2.4, 4: 2.2, 5: 2.8, 6: 2.4, 8: 1.0, 14: 2.4, 15: 2.4, 17: 2.6}
VALUES = np.linspace(0, 1, 1001)
CORNERS = ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06), (0.3127, 0.329))


@pytest.mark.parametrize("number", PRIMARIES)
def test_primaries_are_those_of_their_space(number: int) -> None:
    space = colour.RGB_COLOURSPACES[SPACES[number]]
    red, green, blue, white = PRIMARIES[number]
    assert np.array_equal([red, green, blue], space.primaries)
    assert np.abs(np.subtract(white, space.whitepoint)).max() < 2e-4


def curve_of(number: int) -> Floats:
    """What colour-science makes of encoded 0..1; light in multiples of paper white where it is absolute."""
    if number in (7, 13):
        return np.asarray(colour.eotf(VALUES, "sRGB"))
    if number == 16:
        return np.asarray(colour.models.eotf_ST2084(VALUES)) / PAPER_WHITE
    if number == 18:
        return np.asarray(colour.models.oetf_inverse_BT2100_HLG(VALUES))
    return np.asarray(VALUES ** POWERS[number])


@pytest.mark.parametrize("number", CURVES)
def test_curves_are_those_of_their_number(number: int) -> None:
    expected = curve_of(number)
    assert np.abs(CURVES[number](VALUES) - expected).max() <= 1e-6 * max(1, expected.max())


def test_videos_curve_is_that_of_a_screen() -> None:
    assert np.abs(CURVES[1](VALUES) - colour.models.eotf_BT1886(VALUES)).max() < 1e-6


def test_a_chunk_of_chromaticities_has_white_first_and_a_hundred_thousand_to_one() -> None:
    red, green, blue, white = CORNERS
    stated = struct.pack(">8I", *(round(100000 * part) for corner in (white, red, green, blue) for part in corner))
    assert chromaticities(stated) == CORNERS
    assert chromaticities(None) == PRIMARIES[1]


@pytest.mark.parametrize(
    "corners",
    [
        ((1.1, 0.329), *CORNERS[:3]),
        ((0.3127, 0), *CORNERS[:3]),
        (CORNERS[3], CORNERS[0], CORNERS[0], CORNERS[2]),
        (CORNERS[3], (0.2, 0.2), (0.4, 0.4), (0.6, 0.6)),
        (CORNERS[3], (1.2, 0.3), CORNERS[1], CORNERS[2]),
    ],
)
def test_chromaticities_that_span_nothing_or_lie_beyond_one_are_absurd(
    corners: tuple[tuple[float, float], ...],
) -> None:
    stated = struct.pack(">8I", *(round(100000 * part) for corner in corners for part in corner))
    assert chromaticities(stated) is None


def test_any_gamma_but_none_and_any_intent_there_is_say_the_colour() -> None:
    assert not says_colour({})
    for stated in (1, 2, 255, 256, 45455, 2**31 - 1):
        assert gamma_of({b"gAMA": stated.to_bytes(4)}) == stated
        assert says_colour({b"gAMA": stated.to_bytes(4)})
    assert not says_colour({b"gAMA": bytes(4)})
    for intent in range(256):
        assert is_named_srgb({b"sRGB": bytes([intent])}) == says_colour({b"sRGB": bytes([intent])}) == (intent < 4)


def test_code_points_count_where_both_are_known_and_the_numbers_are_all_of_rgb() -> None:
    for primaries in range(25):
        for transfer in range(20):
            stated = codes({b"cICP": bytes([primaries, transfer, 0, 1])})
            known = primaries in SPACES and transfer in {*POWERS, 7, 13, 16, 18}
            assert stated == ((primaries, transfer) if known else None)
    for matrix, whole in ((0, 0), (1, 1), (9, 0)):
        assert codes({b"cICP": bytes([1, 13, matrix, whole])}) is None


def test_a_profiles_name_has_one_to_seventy_nine_letters_and_its_method_is_the_one_there_is() -> None:
    deflated = bytes.fromhex("789c4b4c4a06000 24d0127".replace(" ", ""))
    for length, counts in ((0, False), (1, True), (79, True), (80, False)):
        assert icc_of({b"iCCP": b"x" * length + b"\0\0" + deflated}) == (b"abc" if counts else None)
    assert icc_of({b"iCCP": b"x\0\1" + deflated}) is None
    assert icc_of({b"iCCP": b"x\0\0" + deflated, b"cICP": bytes([1, 13, 0, 1])}) is None


def test_compressed_text_counts_whole_and_up_to_four_megabytes() -> None:
    for size, counts in ((0, True), (4 * 2**20, True), (4 * 2**20 + 1, False)):
        assert inflate_text(zlib.compress(bytes(size))) == (bytes(size) if counts else None)
    whole = zlib.compress(b"some text of some length")
    assert [inflate_text(whole[:cut]) for cut in range(len(whole))] == [None] * len(whole)
    assert inflate_text(b"no stream at all") is None
