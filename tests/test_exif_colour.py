"""Colour spaces that EXIF names without a profile: Adobe RGB by its formula and littleCMS, and what counts before."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image as PILImage

from effects.codec import decode, encode, open_preview
from effects.codec.containers.exif import PREFIX
from effects.image import Image
from effects.render import render
from tests.encoders import libheif
from tests.exif_blocks import (
    IMAGE,
    INTEROPERABILITY,
    PHOTO,
    Directories,
    Value,
    block,
    long,
    opaque,
    rational,
    short,
    text,
)
from tests.media_boxes import coded
from tests.pictures import difference, gradient, written
from tests.profiles import ADOBE, DISPLAY_P3
from tests.stated_pngs import png
from tests.test_profiles import by_littlecms

NOISE = np.random.default_rng(2).integers(0, 256, (40, 56, 3)).astype(np.uint8)
UNSPECIFIED = 2


def naming(space: int | None, index: str | None, order: str = "<") -> bytes:
    """EXIF that names a colour space by ColorSpace and InteroperabilityIndex."""
    photo: dict[int, Value] = {0x9000: opaque(b"0232")} | ({} if space is None else {0xA001: short(space)})
    more: Directories = {} if index is None else {INTEROPERABILITY: {1: text(index), 2: opaque(b"0100")}}
    return PREFIX + block(order, {IMAGE: {0x010F: text("Ember camera")}, PHOTO: photo, **more})


ADOBE_EXIF = naming(65535, "R03")


def tiff(pixels: Image, space: int = 65535, index: str = "R03") -> bytes:
    """A TIFF of one strip, whose directory also is EXIF's."""
    return tiff_of(pixels, {PHOTO: {0xA001: short(space)}, INTEROPERABILITY: {1: text(index)}})


def tiff_of(pixels: Image, said: Directories) -> bytes:
    """A TIFF of one strip that says so much besides."""
    height, width = pixels.shape[:2]
    strip: dict[int, Value] = {
        0x0100: long(width), 0x0101: long(height), 0x0102: short(8, 8, 8), 0x0103: short(1),
                0x0106: short(2), 0x0111: long(4096), 0x0115: short(3), 0x0116: long(height),
                0x0117: long(pixels.size)
    }  # fmt: skip
    both: Directories = {**said, IMAGE: strip | dict(said.get(IMAGE, {}))}
    return block("<", both).ljust(4096, b"\0") + pixels.tobytes()


LOSSLESS: dict[str, Callable[[Image], bytes]] = {
    "PNG": lambda pixels: png(pixels, (b"eXIf", ADOBE_EXIF.removeprefix(PREFIX))),
    "WEBP": lambda pixels: written(pixels, "WEBP", lossless=True, exif=ADOBE_EXIF),
    "TIFF": tiff,
}


def from_adobe(pixels: Any) -> Any:
    """Adobe RGB (1998), 4.3: a pure power, primaries and white by their chromaticities; sRGB by IEC 61966-2-1."""
    light = (pixels / 255) ** (563 / 256)
    to_xyz = [[0.57667, 0.18556, 0.18823], [0.29734, 0.62736, 0.07529], [0.02703, 0.07069, 0.99134]]
    from_xyz = [[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]]
    mixed = np.clip(light @ (np.array(from_xyz) @ np.array(to_xyz)).T, 0, 1)
    return np.rint(255 * np.where(mixed <= 0.0031308, 12.92 * mixed, 1.055 * mixed ** (1 / 2.4) - 0.055))


@pytest.mark.parametrize("plugin", LOSSLESS)
def test_adobe_rgb_named_by_exif_becomes_srgb_and_that_is_said(plugin: str) -> None:
    photo = decode(LOSSLESS[plugin](NOISE))
    assert difference(photo.image, by_littlecms(PILImage.fromarray(NOISE), ADOBE))[1] <= 1
    assert difference(photo.image, from_adobe(NOISE))[1] <= 1
    assert any("Adobe RGB" in note and "sRGB" in note for note in photo.metadata["notes"])


@pytest.mark.parametrize("settings", [{"subsampling": 0}, {"progressive": True}], ids=str)
def test_a_cameras_jpeg_in_adobe_rgb_becomes_srgb(settings: dict[str, Any]) -> None:
    file = written(gradient(), "JPEG", quality=95, exif=ADOBE_EXIF, **settings)
    stored = np.asarray(PILImage.open(io.BytesIO(file)))
    photo = decode(file)
    assert difference(photo.image, from_adobe(stored))[1] <= 1
    assert difference(photo.image, stored)[0] > 3
    assert len(photo.metadata["notes"]) == 1


def test_a_grey_picture_in_adobe_rgb_has_its_curve() -> None:
    ramp = np.arange(256, dtype=np.uint8)[None, :].repeat(8, 0)
    image = decode(written(ramp, "WEBP", lossless=True, exif=ADOBE_EXIF)).image
    assert difference(image[0], from_adobe(np.arange(256)[:, None].repeat(3, 1)))[1] <= 1


NAMED: dict[str, tuple[bytes, bool]] = {
    "uncalibrated, DCF's optional file": (naming(65535, "R03"), True),
    "the same, highest byte first": (naming(65535, "R03", ">"), True),
    "2, as some cameras write": (naming(2, None), True),
    "2 in a basic file": (naming(2, "R98"), True),
    "an optional file alone": (naming(None, "R03"), True),
    "sRGB": (naming(1, None), False),
    "sRGB in an optional file": (naming(1, "R03"), False),
    "uncalibrated": (naming(65535, None), False),
    "uncalibrated in a basic file": (naming(65535, "R98"), False),
    "nothing": (naming(None, None), False),
}


@pytest.mark.parametrize("name", NAMED)
def test_exif_names_adobe_rgb_or_does_not(name: str) -> None:
    exif, is_adobe = NAMED[name]
    photo = decode(png(NOISE, (b"eXIf", exif.removeprefix(PREFIX))))
    assert difference(photo.image, from_adobe(NOISE) if is_adobe else NOISE)[1] <= 1
    assert bool(photo.metadata["notes"]) == is_adobe


WIDE = (0.68, 0.32), (0.265, 0.69), (0.15, 0.06)
RED_OF_ADOBE = (0.64, 0.33), (0.21, 0.71), (0.15, 0.06)
STANDARD = (0.64, 0.33), (0.3, 0.6), (0.15, 0.06)
Corners = tuple[tuple[float, float], ...]


def described(
    corners: Corners, white: bool = True, gamma: float | None = 2.2, space: int | None = 65535
) -> Directories:
    """A colour space by its white and primaries, in ten thousandths, and its curve."""
    ratios = [(round(10000 * number), 10000) for corner in corners for number in corner]
    image: dict[int, Value] = {0x013F: rational(*ratios)}
    image |= {0x013E: rational((3127, 10000), (3290, 10000))} if white else {}
    photo: dict[int, Value] = {0x9000: opaque(b"0232")} | ({} if space is None else {0xA001: short(space)})
    return {IMAGE: image, PHOTO: photo | ({} if gamma is None else {0xA500: rational((round(gamma * 100), 100))})}


def by_formula(pixels: Any, corners: Corners, gamma: float) -> Any:
    """Powers of a gamma, and primaries and white D65 by their chromaticities; sRGB's by the same."""

    def to_xyz(corners: Corners) -> Any:
        columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in corners]).T
        white = np.array([3127 / 3290, 1, (10000 - 3127 - 3290) / 3290])
        return columns * np.linalg.solve(columns, white)

    light = np.clip((pixels / 255) ** gamma @ (np.linalg.inv(to_xyz(STANDARD)) @ to_xyz(corners)).T, 0, 1)
    return np.rint(255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055))


DESCRIBED: dict[str, tuple[Directories, Corners | None, float]] = {
    "wide": (described(WIDE), WIDE, 2.2),
    "wide and light": (described(WIDE, gamma=1.8), WIDE, 1.8),
    "without white, gamma and space": (described(WIDE, white=False, gamma=None, space=None), WIDE, 2.2),
    "as Adobe RGB": (described(RED_OF_ADOBE), RED_OF_ADOBE, 2.2),
    "a gamma that is none": (described(WIDE, gamma=0), WIDE, 2.2),
    "sRGB's own": (described(STANDARD), None, 1),
    "beside sRGB": (described(WIDE, space=1), None, 1),
    "of no extent": (described(((0.3, 0.3),) * 3), None, 1),
    "two corners": (described(WIDE[:2]), None, 1),
}


@pytest.mark.parametrize("name", DESCRIBED)
@pytest.mark.parametrize("order", "<>")
def test_a_colour_space_described_by_its_primaries_becomes_srgb(name: str, order: str) -> None:
    said, corners, gamma = DESCRIBED[name]
    photo = decode(png(NOISE, (b"eXIf", block(order, said))))
    expected = NOISE if corners is None else by_formula(NOISE, corners, gamma)
    assert difference(photo.image, expected)[1] <= 1
    assert bool(photo.metadata["notes"]) == (corners is not None)


def test_a_tiffs_primaries_count_too() -> None:
    said = described(WIDE, space=None, gamma=None)
    photo = decode(tiff_of(NOISE, {IMAGE: said[IMAGE]}))
    assert difference(photo.image, by_formula(NOISE, WIDE, 2.2))[1] <= 1
    assert "sRGB" in photo.metadata["notes"][0]
    again = decode(encode(photo, format="png", metadata="keep"))
    assert np.array_equal(again.image, photo.image)
    assert again.metadata["notes"] == ()


STATED_ELSEWHERE = {
    "a profile": written(NOISE, "PNG", exif=ADOBE_EXIF, icc_profile=DISPLAY_P3),
    "codes": png(NOISE, (b"cICP", b"\x01\x0d\0\1"), (b"eXIf", ADOBE_EXIF.removeprefix(PREFIX))),
    "sRGB": png(NOISE, (b"sRGB", b"\0"), (b"eXIf", ADOBE_EXIF.removeprefix(PREFIX))),
    "gamma": png(NOISE, (b"gAMA", struct.pack(">I", 45455)), (b"eXIf", ADOBE_EXIF.removeprefix(PREFIX))),
    "a WebP's profile": written(NOISE, "WEBP", lossless=True, exif=ADOBE_EXIF, icc_profile=DISPLAY_P3),
}


@pytest.mark.parametrize("name", STATED_ELSEWHERE)
def test_what_the_file_itself_states_counts_before_its_exif(name: str) -> None:
    photo = decode(STATED_ELSEWHERE[name])
    profile = DISPLAY_P3 if "profile" in name else None
    expected = by_littlecms(PILImage.fromarray(NOISE), profile) if profile else NOISE
    assert difference(photo.image, expected)[1] <= 1
    assert photo.metadata["notes"] == ()


@pytest.mark.parametrize("suffix", ["avif", "heic"])
def test_exif_counts_in_avif_and_heic_where_their_codes_leave_it_open(suffix: str) -> None:
    flat = np.full((32, 32, 3), (40, 200, 90), np.uint8)
    settings: dict[str, Any] = {"quality": 100, "exif": ADOBE_EXIF}
    file = written(flat, "AVIF", subsampling="4:4:4", **settings) if suffix == "avif" else libheif(flat, **settings)
    open_codes = decode(coded(file, UNSPECIFIED, UNSPECIFIED, 6))
    assert difference(open_codes.image, from_adobe(flat))[1] <= 3
    assert "Adobe RGB" in open_codes.metadata["notes"][0]
    srgb = decode(coded(file, 1, 13, 6))
    assert difference(srgb.image, flat)[1] <= 2
    assert srgb.metadata["notes"] == ()


def test_a_preview_in_adobe_rgb_is_the_picture_made_smaller() -> None:
    pixels = gradient(300, 400)
    for file in (LOSSLESS["PNG"](pixels), written(pixels, "JPEG", quality=95, exif=ADOBE_EXIF)):
        full, preview = decode(file), open_preview(file, 100)
        small = np.asarray(PILImage.fromarray(full.image).resize((100, 75), PILImage.Resampling.BOX))
        assert difference(preview.image, small)[0] <= 0.6
        assert preview.metadata["notes"] == full.metadata["notes"]


@pytest.mark.parametrize("metadata", ["strip", "keep"])
@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
def test_an_adobe_rgb_file_with_nothing_to_do_is_written_in_srgb(name: str, metadata: Any) -> None:
    """Its pixels as they are would be shown in the wrong colours by whatever does not read EXIF, or no longer can."""
    qualities: dict[str, dict[str, Any]] = {"jpeg": {"quality": 95}, "png": {}, "webp": {"lossless": True}}
    settings = qualities[name]
    file = written(gradient(), name.upper(), exif=ADOBE_EXIF, **settings)
    again = render(file, '{"version": 1, "steps": []}', format=name, quality=100, metadata=metadata)
    assert difference(np.asarray(PILImage.open(io.BytesIO(again)).convert("RGB")), decode(file).image)[0] <= 1.5
    assert difference(decode(again).image, decode(file).image)[0] <= 1.5
    assert decode(again).metadata["notes"] == ()


def test_exif_of_a_tiff_tells_of_the_new_picture() -> None:
    photo = decode(tiff(gradient()))
    kept = PILImage.open(io.BytesIO(encode(photo, "jpeg", metadata="keep"))).getexif()
    assert kept.get_ifd(0x8769)[0xA001] == 1
    assert kept.get_ifd(0xA005)[1] == "R98"
    assert 0x0111 not in kept
