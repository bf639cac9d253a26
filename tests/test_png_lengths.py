"""PNG chunks about colour of a length their kind never has, or that say what cannot be: the others still count."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page

from effects.codec import decode, encode_untouched
from tests.chromium import opened_page
from tests.profiles import DISPLAY_P3
from tests.test_png import COLOURS, LEVELS, P3_CORNERS, P3_PROFILE, RAMP, codes, gamma, png, primaries, shown_alike

NARROW = primaries((0.3457, 0.3585), (0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0))
FAR = primaries((0.31, 0.33), (1.2, 0.3), (0.3, 0.6), (0.1, 0.1))
SHORT_PROFILE = (b"iCCP", b"x\0\0" + zlib.compress(DISPLAY_P3[:-60]))

SHOWN = {
    "corners too short beside gamma": png(2, 8, COLOURS[:900], [gamma(1), (b"cHRM", P3_CORNERS[1][:28])]),
    "corners too long beside gamma": png(2, 8, COLOURS[:900], [gamma(1), (b"cHRM", P3_CORNERS[1] + b"\0")]),
    "no corners beside gamma": png(2, 8, COLOURS[:900], [gamma(1), (b"cHRM", b"")]),
    "right corners behind wrong ones": png(2, 8, COLOURS[:900], [gamma(1), (b"cHRM", b"?"), P3_CORNERS]),
    "corners without luminance": png(2, 8, COLOURS[:900], [gamma(0.55555), NARROW]),
    "corners out of range": png(2, 8, COLOURS[:900], [gamma(1), FAR]),
    "intent too long beside gamma and corners": png(2, 8, COLOURS[:900], [(b"sRGB", b"\0\0"), gamma(1), P3_CORNERS]),
    "no intent beside gamma": png(2, 8, RAMP, [gamma(1), (b"sRGB", b"")]),
    "right intent behind a wrong one": png(2, 8, RAMP, [gamma(1), (b"sRGB", b"\0\0"), (b"sRGB", b"\0")]),
    "gamma too short beside corners": png(2, 8, COLOURS[:900], [(b"gAMA", gamma(1)[1][:3]), P3_CORNERS]),
    "right gamma behind a wrong one": png(2, 8, RAMP, [(b"gAMA", gamma(1)[1] + b"\0"), gamma(1)]),
    "codes too short beside gamma": png(2, 8, COLOURS[:900], [gamma(1), (b"cICP", b"\x0c\x0d\0")]),
    "codes too long over profile": png(2, 8, COLOURS[:900], [P3_PROFILE, (b"cICP", b"\1\x0d\0\1\0")]),
    "right codes behind wrong ones": png(2, 8, COLOURS[:900], [gamma(1), (b"cICP", b"\x0c\x0d\0"), codes(12, 13)]),
    "profile without content beside gamma": png(2, 8, RAMP, [gamma(1), (b"iCCP", b"")]),
    "profile without a name beside gamma": png(2, 8, COLOURS[:900], [gamma(1), (b"iCCP", P3_PROFILE[1][1:])]),
    "profile cut beside gamma": png(2, 8, COLOURS[:900], [gamma(1), (b"iCCP", P3_PROFILE[1][:-20])]),
    "profile shorter than it says beside gamma": png(2, 8, COLOURS[:900], [gamma(1), SHORT_PROFILE]),
    "significant bits of a wrong length": png(2, 8, COLOURS[:900], [gamma(1), (b"sBIT", b"\5" * 9)]),
    "key beside corners too short": png(2, 8, RAMP, [gamma(1), (b"cHRM", b"?"), (b"tRNS", b"\0\x20" * 3)]),
    "right key behind a wrong one": png(2, 8, RAMP, [(b"tRNS", b"\0\x20"), (b"tRNS", b"\0\x20" * 3)]),
    "16 bit key too long": png(0, 16, LEVELS, [(b"tRNS", b"\x20\x21\0")]),
    "right alphas behind none": png(3, 4, b"\x01\x23", [(b"PLTE", COLOURS[:12]), (b"tRNS", b""), (b"tRNS", b"\0\x80")]),
}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOWN)
def test_chromium_shows_the_same(page: Page, name: str) -> None:
    shown_alike(page, SHOWN[name])


WRONG_LENGTHS = {
    "cHRM": (gamma(1), (b"cHRM", P3_CORNERS[1][:28])),
    "sRGB": (gamma(1), (b"sRGB", b"\0\0")),
    "iCCP": (gamma(1), (b"iCCP", b"x\0")),
    "cICP": (gamma(1), (b"cICP", b"\x0c\x0d\0\1\0")),
    "sBIT": (gamma(1), (b"sBIT", b"\5")),
    "tRNS": (gamma(1), (b"tRNS", b"\0\x20")),
    "gAMA": ((b"gAMA", b"\0\1\x86"), gamma(1)),
}


@pytest.mark.parametrize("name", WRONG_LENGTHS)
def test_of_chunks_about_colour_only_the_one_of_a_wrong_length_is_passed_over(name: str) -> None:
    """Numbers that are light itself are shown by sRGB's formula, and say so still where the file is written again."""
    light = np.arange(256) / 255
    shown_as = np.rint(255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055))
    for order in (WRONG_LENGTHS[name], WRONG_LENGTHS[name][::-1]):
        file = png(2, 8, RAMP, order)
        photo = decode(file)
        assert photo.metadata["notes"] == ()
        assert photo.alpha is None
        assert np.abs(photo.image - shown_as[None, :, None]).max() <= 1
        kept = encode_untouched(file, photo)
        assert kept is not None
        assert np.array_equal(decode(kept).image, photo.image)
