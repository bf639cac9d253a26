"""Damaged, lying and odd files: every outcome is a right picture or one sentence, soon and in little memory."""

from __future__ import annotations

import struct
import time
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as PILImage

from effects.codec import decode, encode, open_preview
from effects.codec.formats import SIGNATURES
from effects.errors import DecodeError, LimitError, PictureError
from effects.image import Photo
from tests.encoders import libheif
from tests.pictures import gradient, written
from tests.test_png import png

KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpeg": ("JPEG", {}),
    "progressive jpeg": ("JPEG", {"progressive": True}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {}),
    "lossless webp": ("WEBP", {"lossless": True}),
    "avif": ("AVIF", {}),
    "gif": ("GIF", {}),
    "bmp": ("BMP", {}),
    "tiff": ("TIFF", {}),
    "tiff lzw": ("TIFF", {"compression": "tiff_lzw"}),
    "tiff jpeg": ("TIFF", {"compression": "jpeg"}),
    "jpeg 2000": ("JPEG2000", {}),
    "ico": ("ICO", {"bitmap_format": "bmp"}),
    "heic": ("", {}),
}


@cache
def whole(kind: str) -> bytes:
    """A file with enough detail that its pixels are most of it."""
    grain = np.random.default_rng(0).integers(0, 256, (12, 16, 3)).astype(np.uint8)
    pixels = np.asarray(PILImage.fromarray(grain).resize((160, 120), PILImage.Resampling.BICUBIC))
    plugin, choices = KINDS[kind]
    return written(pixels, plugin, **choices) if plugin else libheif(pixels, quality=80)


def outcome(file: bytes) -> Photo | None:
    """A photo that keeps its promises, or None where a proper sentence was given."""
    began = time.monotonic()
    photo, sentence = tried(file)
    assert time.monotonic() - began < 10
    if photo is None:
        assert 10 < len(sentence) <= 400
        assert sentence.endswith(".")
        return None
    assert photo.image.dtype == np.uint8
    assert photo.image.ndim == 3
    assert photo.alpha is None or photo.alpha.shape == photo.image.shape[:2]
    return photo


def tried(file: bytes) -> tuple[Photo | None, str]:
    try:
        return decode(file), ""
    except PictureError as error:
        return None, str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_anywhere_is_refused_or_whole(kind: str) -> None:
    file = whole(kind)
    full = decode(file).image
    for percent in [*range(0, 100, 5), 99]:
        photo = outcome(file[: len(file) * percent // 100])
        assert photo is None or np.array_equal(photo.image, full), percent
    for missing in (1, 2):
        photo = outcome(file[:-missing])
        assert photo is None or np.array_equal(photo.image, full), missing


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(print_blob=True)
def test_flipped_bits_end_in_a_picture_or_a_sentence(kind: str, data: st.DataObject) -> None:
    file = bytearray(whole(kind))
    within = data.draw(st.sampled_from([32, 256, len(file)]))
    flip = st.tuples(st.integers(0, min(within, len(file)) - 1), st.integers(0, 7))
    flips = data.draw(st.lists(flip, min_size=1, max_size=8))
    for at, bit in flips:
        file[at] ^= 1 << bit
    outcome(bytes(file))


MEDIA = (b"\0\0\0\x18ftypavif", b"\0\0\0\x18ftypheic", b"RIFF\0\0\0\0WEBPVP8X")


@given(st.binary(max_size=200), st.sampled_from([b"", *(signature for signature, _ in SIGNATURES), *MEDIA]))
def test_noise_behind_any_signature_ends_in_a_sentence(noise: bytes, signature: bytes) -> None:
    outcome(signature + noise)


def larger(kind: str) -> bytes:
    """The file with a header that says it is 60000 x 60000."""
    side = 60000
    file = whole(kind)
    if "jpeg" in kind and kind != "jpeg 2000":
        at = max(file.find(b"\xff\xc0"), file.find(b"\xff\xc2"))
        return file[: at + 5] + struct.pack(">HH", side, side) + file[at + 9 :]
    codestream = file.find(b"\xff\x4f\xff\x51")
    places = {"png": (16, ">II"), "gif": (6, "<HH"), "bmp": (18, "<ii"), "jpeg 2000": (codestream + 8, ">II")}
    at, form = places[kind]
    return file[:at] + struct.pack(form, side, side) + file[at + struct.calcsize(form) :]


@pytest.mark.parametrize("kind", ["jpeg", "progressive jpeg", "png", "gif", "bmp", "jpeg 2000"])
def test_a_header_that_says_too_much_is_refused_before_anything_is_decoded(kind: str) -> None:
    began = time.monotonic()
    with pytest.raises(LimitError, match="megapixels"):
        decode(larger(kind))
    assert time.monotonic() - began < 0.5


def test_dimensions_of_nothing_are_refused() -> None:
    file = whole("png")
    with pytest.raises(DecodeError):
        decode(file[:16] + bytes(8) + file[24:])


def test_a_webp_whose_canvas_is_not_its_picture_is_refused_or_right() -> None:
    file = encode(Photo(gradient(), gradient()[..., 0]), "webp")
    at = file.index(b"VP8X") + 12
    outcome(file[:at] + (4095).to_bytes(3, "little") * 2 + file[at + 6 :])


ODD = [(1, 1), (1, 2), (2, 1), (3, 7), (7, 3), (1, 30000), (30000, 1)]


@pytest.mark.parametrize("name", ["jpeg", "png", "avif", "webp"])
@pytest.mark.parametrize(("width", "height"), ODD)
def test_pictures_of_odd_sizes_go_in_and_out(name: str, width: int, height: int) -> None:
    photo = Photo(gradient(height, width))
    if max(width, height) > 16383 and name == "webp":
        with pytest.raises(LimitError, match="16383"):
            encode(photo, name)
        return
    file = encode(photo, name, quality=95)
    assert decode(file).image.shape == (height, width, 3)
    assert max(open_preview(file, 1280).image.shape) == min(1280, max(width, height, 3))


@pytest.mark.parametrize("plugin", ["GIF", "BMP", "TIFF", "JPEG2000"])
@pytest.mark.parametrize(("width", "height"), ODD)
def test_pictures_of_odd_sizes_open_from_formats_that_are_only_read(plugin: str, width: int, height: int) -> None:
    assert decode(written(gradient(height, width), plugin)).image.shape == (height, width, 3)


def test_a_wrong_extension_or_name_has_no_way_in() -> None:
    """Only bytes come in, so a name cannot matter; what a PNG calls itself inside does not either."""
    named = png(2, 8, bytes(range(30)), [(b"tEXt", b"Title\0picture.jpg")])
    assert decode(named).metadata["format"] == "png"
