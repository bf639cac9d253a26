"""HDR pictures: as bright as they say they get, against the formula of SMPTE ST 2094-50's operator and Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Page

from effects.codec import decode, encode
from effects.codec.colour.light import BT2020, P3, SRGB, Chromaticities, xyz_of
from effects.codec.containers.boxes import primary_first, properties
from effects.render import render
from tests.chromium import opened_page
from tests.encoders import libheif
from tests.media_boxes import Box, box, coded, content_light, mastering, stating
from tests.pictures import difference, written
from tests.shown import shown
from tests.stated_pngs import HLG, PQ, brightest, codes, png, screen

Floats = npt.NDArray[np.float64]
PAPER = 203.0
NITS = np.array([0, 0.1, 1, 10, 50, 100, 150, 203, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000, 3000, 4000, 9000])


def quantized(nits: Floats) -> Floats:
    """SMPTE ST 2084: light as PQ's 0..1."""
    y = (nits / 10000) ** (2610 / 16384)
    return np.asarray(((3424 + 77216 * y) / (4096 + 76544 * y)) ** 78.84375)


def light_of(numbers: Floats) -> Floats:
    """PQ's 0..1 as cd/m2."""
    root = numbers ** (1 / 78.84375)
    return np.asarray(10000 * (np.maximum(root * 4096 - 3424, 0) / (77216 - 76544 * root)) ** (16384 / 2610))


def from_scene(numbers: Floats) -> Floats:
    """HLG's 0..1 as the cd/m2 of greys on a screen of 1000. BT.2100, table 5."""
    scene = np.where(numbers <= 0.5, numbers**2 / 3, (np.exp((numbers - 0.55991073) / 0.17883277) + 0.28466892) / 12)
    return np.asarray(1000 * scene**1.2)


def toned(nits: Floats, peak: float) -> Floats:
    """Linear light on the screen: a straight line up to paper white, then a parabola up to the peak."""
    light, top = nits / PAPER, peak / PAPER
    if top <= 1:
        return np.minimum(light, 1)
    white = 1 - 0.5 * min(np.log2(top) / np.log2(1000 / PAPER), 1)
    middle = 0.35 + 0.65 / white
    bend, slope = 1 - 2 * middle + top, 2 * middle - 2
    along = (np.sqrt(slope**2 + 4 * bend * (np.clip(light, 1, top) - 1)) - slope) / (2 * bend)
    curved = white + along * 2 * 0.65 * (1 - white) + along**2 * (1 - white - 2 * 0.65 * (1 - white))
    return np.where(light <= 1, light * white, curved)


def levels(light: Floats) -> npt.NDArray[np.int64]:
    """Linear light as sRGB's levels."""
    light = np.clip(light, 0, 1)
    curved = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(255 * curved).astype(np.int64)


def greys(numbers: Floats) -> npt.NDArray[np.uint16]:
    return np.rint(numbers * 65535).astype(np.uint16)[None, :, None].repeat(2, 0).repeat(3, 2)


STATED: dict[str, tuple[list[Box], float]] = {
    "nothing": ([], 1000),
    "400 cd/m2": ([brightest(400)], 400),
    "600.5 cd/m2": ([brightest(600.5)], 600.5),
    "4000 cd/m2": ([brightest(4000)], 4000),
    "10000 cd/m2": ([brightest(10000)], 10000),
    "more than can be": ([brightest(60000)], 10000),
    "less than paper": ([brightest(1)], PAPER),
    "the screen's": ([screen(4000)], 4000),
    "both": ([screen(4000), brightest(600)], 600),
    "unknown": ([brightest(0)], 1000),
    "unknown, but the screen's": ([brightest(0), screen(2000)], 2000),
    "chunks cut short": ([(b"cLLI", b"\0\0\1"), (b"mDCV", bytes(20))], 1000),
}


@pytest.mark.parametrize("name", STATED)
def test_a_png_is_shown_for_the_light_it_states(name: str) -> None:
    stated, peak = STATED[name]
    image = decode(png(greys(quantized(NITS)), codes(9, PQ), *stated)).image
    assert difference(image[0, :, 1], levels(toned(NITS, peak)))[1] <= 1


def ramp() -> npt.NDArray[np.uint8]:
    """Every level, in columns wide enough for an encoder that works in blocks."""
    return np.arange(256, dtype=np.uint8).repeat(8)[None, :, None].repeat(32, 0).repeat(3, 2)


@cache
def coded_ramp(suffix: str) -> bytes:
    """The ramp as a file that loses next to nothing."""
    if suffix == "heic":
        return libheif(ramp(), quality=100)
    return written(ramp(), "AVIF", quality=100, subsampling="4:4:4")


CODECS = ("avif", "heic")
BOXES: dict[str, tuple[list[Box], float]] = {
    "nothing": ([], 1000),
    "400 cd/m2": ([content_light(400)], 400),
    "4000 cd/m2": ([content_light(4000)], 4000),
    "the screen's": ([mastering(2000.5)], 2000.5),
    "both": ([mastering(2000), content_light(600)], 600),
    "unknown, but the screen's": ([content_light(0, 0), mastering(600)], 600),
    "more than can be": ([content_light(65535)], 10000),
}


@pytest.mark.parametrize("name", BOXES)
@pytest.mark.parametrize(
    "suffix", [pytest.param(suffix, marks=pytest.mark.slow if suffix == "heic" else ()) for suffix in CODECS]
)
def test_avif_and_heic_are_shown_for_the_light_they_state(suffix: str, name: str) -> None:
    boxes, peak = BOXES[name]
    photo = decode(stating(coded(coded_ramp(suffix), 9, PQ), *boxes))
    # What the codec itself makes of the levels does not count.
    stored = decode(coded_ramp(suffix)).image[16, 4::8]
    assert difference(stored[:, 1], np.arange(256))[1] <= 1
    assert difference(photo.image[16, 4::8, 1], levels(toned(light_of(stored[:, 1] / 255), peak)))[1] <= 2
    assert any("HDR" in note for note in photo.metadata["notes"])


@pytest.mark.parametrize("suffix", CODECS)
def test_the_light_of_another_item_does_not_count(suffix: str) -> None:
    """A thumbnail's or gain map's properties may come first in the file."""
    file = coded(coded_ramp(suffix), 9, PQ)
    one, other = stating(file, content_light(400)), stating(file, content_light(400), others=[content_light(4000)])
    assert np.array_equal(decode(one).image, decode(other).image)


def test_boxes_that_end_anywhere_are_read_as_far_as_they_go() -> None:
    file = stating(coded(coded_ramp("avif"), 9, PQ), content_light(400))
    assert [kind for kind, *_ in primary_first(file)] == [b"ispe", b"pixi", b"av1C", b"colr", b"clli"]
    unassociated = file.replace(b"ipma", b"none")
    assert primary_first(unassociated) == properties(unassociated)
    for end in range(len(file)):
        assert len(primary_first(file[:end])) <= 5


@pytest.mark.parametrize(("stated", "peak"), [([], 1000), ([brightest(400)], 400), ([brightest(4000)], 1000),
                                              ([screen(4000)], 1000)])  # fmt: skip
def test_hlg_is_shown_for_the_screen_it_is_meant_for(stated: list[Box], peak: float) -> None:
    """Its numbers are shares of that screen's light, so that none is brighter, whatever the file says."""
    numbers = np.linspace(0, 1, 60)
    image = decode(png(greys(numbers), codes(9, HLG), *stated)).image
    assert difference(image[0, :, 1], levels(toned(from_scene(numbers), peak)))[1] <= 1


@pytest.mark.parametrize(("primaries", "corners"), [(9, BT2020), (12, P3), (1, SRGB)])
def test_colours_keep_their_hue_under_the_curve(primaries: int, corners: Chromaticities) -> None:
    """The brightest channel of linear BT.2020 follows the curve, the others keep their share of it."""
    numbers = np.random.default_rng(4).uniform(0.2, 0.85, (200, 3))
    stored = np.rint(numbers * 65535).astype(np.uint16)
    image = decode(png(stored[None].repeat(2, 0), codes(primaries, PQ), brightest(2000))).image[0]
    light = light_of(stored / 65535) @ np.linalg.solve(xyz_of(BT2020), xyz_of(corners)).T
    top = light.max(axis=-1, keepdims=True)
    seen = light * toned(top, 2000) / top
    assert difference(image, levels(seen @ np.linalg.solve(xyz_of(SRGB), xyz_of(BT2020)).T))[1] <= 1


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("stated", [[], [brightest(250)], [brightest(400)], [brightest(2000)], [screen(400)],
                                    [brightest(400), screen(4000)], [brightest(4000)],
                                    [brightest(0), screen(400)]])  # fmt: skip
def test_chromium_shows_the_same(page: Page, stated: list[Box]) -> None:
    """But for the straight pieces between eight points that it puts in the parabola's place."""
    file = png(greys(quantized(NITS)), codes(9, PQ), *stated)
    there = shown(page, file)
    assert there is not None
    mean, most = difference(decode(file).image, there[..., :3])
    assert mean <= 1
    assert most <= 7


@pytest.mark.slow
def test_chromium_shows_an_avif_the_same(page: Page) -> None:
    """It does not read of the screen that an AVIF was made on, as it does where a PNG tells of it."""
    for boxes in ([content_light(400)], [content_light(2000)], [content_light(1000), mastering(400)]):
        file = stating(coded(coded_ramp("avif"), 9, PQ), *boxes)
        there = shown(page, file)
        assert there is not None
        assert difference(decode(file).image, there[..., :3])[0] <= 1


def test_a_png_of_hdr_says_so() -> None:
    assert "HDR" in decode(png(greys(quantized(NITS)), codes(9, PQ))).metadata["notes"][0]
    assert decode(png(greys(quantized(NITS)), codes(9, 13))).metadata["notes"] == ()


def test_the_curve_never_falls() -> None:
    nits = np.linspace(0, 10000, 4000)
    for peak in (300, 1000, 10000):
        seen = decode(png(greys(quantized(nits)), codes(9, PQ), brightest(peak))).image[0, :, 1].astype(int)
        assert (np.diff(seen) >= 0).all()
        assert seen[-1] == 255


def test_an_hdr_picture_is_written_as_an_ordinary_one() -> None:
    photo = decode(png(greys(quantized(NITS)), codes(9, PQ), brightest(400)))
    again = decode(encode(photo, "png"))
    assert np.array_equal(again.image, photo.image)
    assert again.metadata["notes"] == ()


@pytest.mark.parametrize("stated", [[brightest(400)], [screen(4000)]])
def test_an_hdr_png_with_nothing_to_do_still_states_its_light(stated: list[Box]) -> None:
    file = png(greys(quantized(NITS)), codes(9, PQ), *stated)
    again = render(file, '{"version": 1, "steps": []}', format="png")
    assert decode(again).metadata["notes"] == decode(file).metadata["notes"]
    assert np.array_equal(decode(again).image, decode(file).image)


def test_boxes_are_built_as_the_standard_says() -> None:
    """ISO 14496-12, 12.1.6: two whole numbers; written out, so that no encoder here is its own judge."""
    assert box(*content_light(4000, 400)).hex() == "0000000c" + b"clli".hex() + "0fa00190"
