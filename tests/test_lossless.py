"""With nothing to do the compressed pixels stay as they are, and only what is said about them changes."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image as PILImage

from effects.codec import decode
from effects.render import render
from tests.pictures import exif, fade, gradient, saved, written
from tests.profiles import DISPLAY_P3

NO_STEPS = '{"version": 1, "steps": []}'
MUTED = '{"version": 1, "steps": [{"effect": "invert", "params": {}, "strength": 1.0, "muted": true}]}'
WEAK = '{"version": 1, "steps": [{"effect": "invert", "strength": 0.0}, {"effect": "crop"}, {"effect": "resize"}]}'
SECRETS = (b"Ember", b"hidden words", b"<secret/>", b"thumbnail of a face", b"trailing words")


def telling(plugin: str, pixels: Any = None, **settings: Any) -> bytes:
    """A file that says more than it should."""
    pixels = gradient() if pixels is None else pixels
    said: dict[str, Any] = {"exif": exif(1, place=True), "xmp": b"<secret/>"}
    if plugin == "JPEG":
        said["comment"] = b"hidden words"
    if plugin == "PNG":
        del said["xmp"]
    return written(pixels, plugin, **(said | settings)) + b"trailing words"


def raw(file: bytes) -> Any:
    """The stored pixels as a decoder that converts nothing sees them."""
    return np.asarray(PILImage.open(io.BytesIO(file)))


CASES = {
    "baseline JPEG": ("jpeg", telling("JPEG", quality=71)),
    "progressive JPEG": ("jpeg", telling("JPEG", progressive=True, quality=71)),
    "JPEG with restarts": ("jpeg", telling("JPEG", restart_marker_rows=1, quality=71)),
    "grey JPEG": ("jpeg", telling("JPEG", gradient()[..., 0])),
    "P3 JPEG": ("jpeg", telling("JPEG", icc_profile=DISPLAY_P3)),
    "PNG": ("png", telling("PNG", compress_level=9)),
    "P3 PNG": ("png", telling("PNG", icc_profile=DISPLAY_P3)),
    "lossy WebP": ("webp", telling("WEBP", quality=71)),
    "lossless WebP": ("webp", telling("WEBP", np.dstack([gradient(), fade()]), lossless=True)),
    "WebP with alpha": ("webp", telling("WEBP", np.dstack([gradient(), fade()]), quality=71)),
}


@pytest.mark.parametrize("recipe", [NO_STEPS, MUTED, WEAK], ids=["no steps", "muted", "weak steps"])
@pytest.mark.parametrize("case", CASES)
def test_pixels_come_back_as_they_were_and_say_nothing(case: str, recipe: str) -> None:
    name, file = CASES[case]
    again = render(file, recipe, format=name, quality=10)
    assert np.array_equal(raw(again), raw(file))
    assert np.array_equal(decode(again).image, decode(file).image)
    assert abs(len(again) - len(file)) < 1500
    for secret in SECRETS:
        assert secret not in again
    assert not PILImage.open(io.BytesIO(again)).getexif()


@pytest.mark.parametrize("case", CASES)
def test_exif_is_kept_where_that_is_asked(case: str) -> None:
    name, file = CASES[case]
    kept = PILImage.open(io.BytesIO(render(file, NO_STEPS, format=name, metadata="keep")))
    assert kept.getexif()[0x010F] == "Ember"
    assert kept.getexif().get_ifd(0x8825)[1] == "N"
    assert b"hidden words" not in render(file, NO_STEPS, format=name, metadata="keep")
    assert np.array_equal(np.asarray(kept), raw(file))


@pytest.mark.parametrize("case", CASES)
def test_a_recipe_goes_into_the_file_beside_the_same_pixels(case: str) -> None:
    name, file = CASES[case]
    again = render(file, MUTED, format=name, embed_recipe=True)
    assert '"invert"' in decode(again).metadata["recipe"]
    assert np.array_equal(raw(again), raw(file))


@pytest.mark.parametrize("case", ["P3 JPEG", "P3 PNG"])
def test_untouched_pixels_keep_the_profile_they_were_made_for(case: str) -> None:
    name, file = CASES[case]
    assert PILImage.open(io.BytesIO(render(file, NO_STEPS, format=name))).info["icc_profile"] == DISPLAY_P3


def test_a_turned_picture_is_written_upright_instead() -> None:
    file = written(gradient(), "JPEG", exif=exif(6))
    again = render(file, NO_STEPS, format="jpeg", quality=95)
    assert raw(again).shape == (64, 48, 3)
    assert not PILImage.open(io.BytesIO(again)).getexif()


def test_an_animation_is_written_as_its_first_frame() -> None:
    frames = [PILImage.fromarray(gradient()), PILImage.fromarray(255 - gradient())]
    for plugin, name in (("PNG", "png"), ("WEBP", "webp")):
        file = saved(frames[0], plugin, save_all=True, append_images=frames[1:], lossless=True)
        again = PILImage.open(io.BytesIO(render(file, NO_STEPS, format=name, quality=100)))
        assert getattr(again, "n_frames", 1) == 1
        assert np.abs(np.asarray(again.convert("RGB")).astype(int) - gradient()).mean() < 2


def test_a_smaller_or_another_format_is_encoded() -> None:
    file = written(gradient(), "JPEG")
    assert raw(render(file, NO_STEPS, format="jpeg", max_side=32)).shape == (24, 32, 3)
    assert render(file, NO_STEPS, format="jpeg", max_side=64) == render(file, NO_STEPS, format="jpeg")
    dot = written(gradient()[:1, :1], "PNG")
    assert render(dot, NO_STEPS, format="png", max_side=1) == render(dot, NO_STEPS, format="png")
    assert render(file, NO_STEPS, format="png").startswith(b"\x89PNG")


def test_an_avif_that_says_nothing_is_returned_as_it_is() -> None:
    silent = written(gradient(), "AVIF")
    assert render(silent, NO_STEPS, format="avif") == silent
    assert b"Ember" not in render(written(gradient(), "AVIF", exif=exif(1)), NO_STEPS, format="avif")


def test_the_thumbnail_of_a_kept_exif_is_gone() -> None:
    """EXIF written by hand: one entry, and a second directory (the thumbnail's) with a face in it."""
    directory = b"\1\0" + b"\x0f\1\2\0\6\0\0\0\x32\0\0\0" + b"\x38\0\0\0"
    block = b"Exif\0\0II*\0\x08\0\0\0" + directory + bytes(50 - 8 - len(directory)) + b"Ember\0"
    block += b"\1\0" + b"\x01\2\4\0\1\0\0\0\x60\0\0\0" + bytes(4) + bytes(40) + b"thumbnail of a face"
    again = render(written(gradient(), "JPEG", exif=block), NO_STEPS, format="jpeg", metadata="keep")
    assert PILImage.open(io.BytesIO(again)).getexif()[0x010F] == "Ember"
    assert b"thumbnail of a face" not in again
