"""Colour profiles: what littleCMS itself makes of them, and what is left alone."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PILImage
from PIL import ImageCms

from effects.codec import decode, encode
from effects.codec.colour.light import P3
from effects.codec.containers.chunks import SIGNATURE, chunk
from effects.image import Image, Photo
from tests.pictures import difference, gradient, saved, written
from tests.profiles import (
    DISPLAY_P3,
    EQUAL_TO_SRGB,
    PROFILES,
    SRGB_PARAMETERS,
    grey,
    ink,
    matrix,
    parametric,
    power,
    profile,
    xyz,
)

FLAT = profile(
    b"RGB ",
    b"mntr",
    {b"rXYZ": xyz(0, 0, 0), b"gXYZ": xyz(0, 0.5, 0), b"bXYZ": xyz(0, 0, 0)}
    | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), power(1.8)),
)
NOISE = np.random.default_rng(0).integers(0, 256, (40, 60, 3)).astype(np.uint8)


def by_littlecms(picture: PILImage.Image, icc: bytes) -> Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    there = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert there is not None
    return np.asarray(there)


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("plugin", ["PNG", "TIFF", "WEBP"])
def test_screens_and_working_spaces_are_littlecmss_own_result(name: str, plugin: str) -> None:
    settings: dict[str, Any] = {"lossless": True} if plugin == "WEBP" else {}
    photo = decode(written(NOISE, plugin, icc_profile=PROFILES[name], **settings))
    assert difference(photo.image, by_littlecms(PILImage.fromarray(NOISE), PROFILES[name]))[1] <= 1
    assert photo.metadata["notes"] == ()


@pytest.mark.parametrize("plugin", ["JPEG", "TIFF"])
def test_ink_under_a_profile_is_littlecmss_own_result(plugin: str) -> None:
    stored = PILImage.fromarray(gradient()).convert("CMYK")
    file = saved(stored, plugin, icc_profile=ink(), quality=95)
    opened = PILImage.open(io.BytesIO(file))
    assert difference(decode(file).image, by_littlecms(opened, ink()))[0] <= 0.1


@pytest.mark.parametrize(("numbers", "light"), [
    ((2.2, 1.05, -0.1, 0.05), lambda x: np.maximum(1.05 * x - 0.1, 0) ** 2.2 + 0.05),
    ((2.4, 0.95, 0.05, 0.1, 0.05, 0.01, 0.005),
     lambda x: np.where(x >= 0.05, (0.95 * x + 0.05) ** 2.4 + 0.01, 0.1 * x + 0.005)),
])  # fmt: skip
def test_a_curve_that_lifts_black_is_its_formula(
    numbers: tuple[float, ...], light: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
) -> None:
    """ICC's parametric forms 2 and 4; LittleCMS is no witness, as it puts such a black back where black was."""
    levels = np.arange(256)
    ramp = np.repeat((levels * 257).astype(np.uint16)[None, :, None], 3, axis=2)
    image = decode(deep_png(ramp, matrix(P3, parametric(*numbers)))).image
    linear = np.clip(light(levels / 255), 0, 1)
    expected = 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    assert np.abs(image[0] - expected[:, None]).max() <= 1


@pytest.mark.parametrize("curve", [power(1.0), power(1.8), parametric(*SRGB_PARAMETERS)], ids=["1", "1.8", "sRGB"])
def test_grey_under_a_profile_is_littlecmss_own_result(curve: bytes) -> None:
    file = written(NOISE[..., 0], "TIFF", icc_profile=grey(curve))
    assert difference(decode(file).image, by_littlecms(PILImage.fromarray(NOISE[..., 0]), grey(curve)))[1] <= 1


@pytest.mark.parametrize("transparent", [False, True])
def test_a_grey_avif_under_a_grey_profile_is_littlecmss_own_result(transparent: bool) -> None:
    step = np.arange(64, dtype=np.uint8)[None].repeat(16, 0) * 4
    stored = PILImage.merge("LA", [PILImage.fromarray(step), PILImage.new("L", (64, 16), 200)])
    file = saved(stored if transparent else stored.getchannel(0), "AVIF", icc_profile=grey(power(1.0)), quality=100,
                 subsampling="4:0:0")  # fmt: skip
    photo = decode(file)
    assert photo.metadata["notes"] == ()
    assert (photo.alpha is not None) == transparent
    assert difference(photo.image, by_littlecms(PILImage.fromarray(step), grey(power(1.0))))[0] <= 1


@pytest.mark.parametrize("icc", [EQUAL_TO_SRGB, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()])
def test_srgb_by_any_name_is_not_touched(icc: bytes) -> None:
    assert np.array_equal(decode(written(NOISE, "PNG", icc_profile=icc)).image, NOISE)


def deep_png(samples: npt.NDArray[np.uint16], icc: bytes) -> bytes:
    """A 16-bit RGB PNG under a profile."""
    height, width = samples.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    profile = b"x\0\0" + zlib.compress(icc)
    parts = [(b"IHDR", header), (b"iCCP", profile), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return SIGNATURE + b"".join(chunk(*part) for part in parts)


@pytest.mark.parametrize("name", PROFILES)
def test_sixteen_bits_are_as_exact_as_the_arithmetic_of_the_profile(name: str) -> None:
    """At the 8-bit levels littleCMS's own result; between them never further than from one to the next."""
    exact = decode(deep_png(NOISE.astype(np.uint16) * 257, PROFILES[name])).image
    assert difference(exact, by_littlecms(PILImage.fromarray(NOISE), PROFILES[name]))[0] <= 0.35


def test_shadows_of_linear_light_do_not_break_into_steps() -> None:
    ramp = np.arange(0, 1000)[None, :, None].repeat(2, 0).repeat(3, 2).astype(np.uint16)
    image = decode(deep_png(ramp, PROFILES["linear srgb"])).image
    light = np.arange(1000) / 65535
    expected = np.rint(255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055))
    assert difference(image[0, :, 1], expected)[1] <= 1


@pytest.mark.parametrize(
    "icc", [b"not a profile" * 20, grey(power(1.0)), ink(), FLAT], ids=["garbage", "grey", "ink", "one colorant only"]
)
def test_a_profile_that_does_not_fit_is_left_out_and_that_is_said(icc: bytes) -> None:
    photo = decode(written(NOISE, "TIFF", icc_profile=icc))
    assert np.array_equal(photo.image, NOISE)
    assert any("profile" in note for note in photo.metadata["notes"])


def test_kept_metadata_never_claims_the_profile_of_pixels_that_were_converted() -> None:
    photo = decode(written(NOISE, "PNG", icc_profile=DISPLAY_P3))
    kept = PILImage.open(io.BytesIO(encode(photo, "jpeg", metadata="keep"))).info["icc_profile"]
    assert kept != DISPLAY_P3
    same = decode(written(NOISE, "PNG", icc_profile=EQUAL_TO_SRGB))
    assert PILImage.open(io.BytesIO(encode(same, "jpeg", metadata="keep"))).info["icc_profile"] == EQUAL_TO_SRGB


def test_colours_survive_a_round_through_every_format() -> None:
    photo = Photo(gradient())
    for name in ("png", "jpeg", "webp", "avif"):
        assert difference(decode(encode(photo, name, quality=100)).image, gradient())[0] <= 1.5
