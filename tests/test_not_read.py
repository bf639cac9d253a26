"""What is whole but of a kind that is not read here is told apart from damage, and how it can be opened is said."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest

from effects.codec import DecodeError, decode
from effects.codec.containers.boxes import primary_kind, properties
from effects.codec.containers.chunks import SIGNATURE, chunk
from tests.encoders import libheif
from tests.pictures import difference, fade, gradient, written
from tests.test_jp2 import SRGB, codestream, jp2, mapping, palette
from tests.test_tiff_odd import file_of, tags_of

PIXELS = gradient(37, 53)
FINE = written(gradient(), "AVIF", quality=95, subsampling="4:4:4")
COARSE = written(gradient(), "AVIF", quality=95)
HEIC = libheif(gradient())


def tiff(payload: bytes, bits: tuple[int, ...] = (8, 8, 8), **tags: int | tuple[int, ...]) -> bytes:
    """A TIFF of 53 x 37 with one strip; tags by their number, `t` in front."""
    given = {int(name[1:]): value if isinstance(value, tuple) else (value,) for name, value in tags.items()}
    usual = tags_of(53, 37) | {258: bits, 277: (len(bits),), 273: (8,), 279: (len(payload),)}
    return file_of(payload, usual | given)


def blank(bits: int, samples: int = 3) -> bytes:
    return bytes(37 * ((53 * samples * bits + 7) // 8))


def deflated(bits: int) -> bytes:
    return zlib.compress(blank(bits))


JPEG = written(PIXELS, "JPEG")
TIFFS = {
    "12 bits and prediction": (tiff(deflated(12), (12,) * 3, t259=8, t317=2), "predictor 2.*12-bit"),
    "4 bits and prediction": (tiff(deflated(4), (4,) * 3, t259=8, t317=2), "predictor 2.*4-bit"),
    "24 bits and prediction": (tiff(deflated(24), (24,) * 3, t259=8, t317=2), "predictor 2.*24-bit"),
    "prediction of floats for bytes": (tiff(deflated(8), t259=8, t317=3), "predictor 3.*8-bit"),
    "unknown prediction": (tiff(deflated(8), t259=8, t317=34892), "predictor 34892"),
    "5, 6 and 5 bits": (tiff(bytes(53 * 37 * 2), (5, 6, 5)), r"5 \+ 6 \+ 5 bits"),
    "48 bits": (tiff(blank(48), (48,) * 3), "48 bits"),
    "40 channels": (tiff(blank(8, 40), (8,) * 40), "40 channels"),
    "complex numbers": (tiff(blank(64), (64,) * 3, t339=(6,) * 3), "complex numbers of 64 bits"),
    "floats of 24 bits": (tiff(blank(24), (24,) * 3, t339=(3,) * 3), "floats of 24 bits"),
    "Lab of 32 bits": (tiff(blank(32), (32,) * 3, t262=8), "Lab of 32 bits"),
    "two inks": (tiff(blank(8, 2), (8, 8), t262=5, t332=2), "channels that cannot be shown"),
    "JPEG of 12 bits": (tiff(JPEG, (12,) * 3, t259=7, t262=6), "not read here"),
    "YCbCr of 16 bits": (tiff(blank(16), (16,) * 3, t262=6), "not read here"),
    "JPEG 2000 inside": (tiff(bytes(99), t259=34712), "not read here"),
}


@pytest.mark.parametrize("name", TIFFS)
def test_a_tiff_of_a_kind_that_is_not_read(name: str) -> None:
    file, says = TIFFS[name]
    refused(file, says)


def refused(file: bytes, says: str) -> None:
    with pytest.raises(DecodeError, match=says) as caught:
        decode(file)
    sentence = str(caught.value)
    assert "damaged" not in sentence
    assert len(sentence) <= 400
    assert sentence.endswith(".")


def with_matrix(file: bytes, matrix: int) -> bytes:
    """The file with another matrix in its colour property."""
    at = next(start for kind, start, _ in properties(file) if kind == b"colr" and file[start : start + 4] == b"nclx")
    return file[: at + 8] + struct.pack(">H", matrix) + file[at + 10 :]


@pytest.mark.parametrize("matrix", [10, 11, 13, 14, 16, 17])
@pytest.mark.parametrize("file", [FINE, COARSE], ids=["4:4:4", "4:2:0"])
def test_an_avif_whose_matrix_is_not_read(file: bytes, matrix: int) -> None:
    """H.273: BT.2020 of constant light, SMPTE ST 2085, derived of constant light, ICtCp, and the reversible YCgCo."""
    refused(with_matrix(file, matrix), "matrix")


@pytest.mark.parametrize("matrix", [1, 5, 6, 9])
def test_an_avif_whose_matrix_is_read(matrix: int) -> None:
    """BT.709, BT.601 and BT.2020: the red that the file's own matrix (BT.601) made differs by the weights alone."""
    image = decode(with_matrix(FINE, matrix)).image
    red = {1: 1.5748, 5: 1.402, 6: 1.402, 9: 1.4746}[matrix]
    light = gradient() @ np.array([0.299, 0.587, 0.114])
    expected = np.clip(light + red * (gradient()[..., 0] - light) / 1.402, 0, 255)
    assert difference(image[..., 0], np.rint(expected))[0] <= 2


@pytest.mark.parametrize("matrix", [11, 14])
def test_a_heic_whose_matrix_is_not_read(matrix: int) -> None:
    refused(with_matrix(HEIC, matrix), "matrix")


@pytest.mark.parametrize("kind", [b"av01", b"vvc1", b"j2k1", b"jpeg", b"avc1", b"evc1"])
def test_a_heic_of_another_codec(kind: bytes) -> None:
    refused(HEIC.replace(b"hvc1", kind), f"coded as {kind.decode()}")


@pytest.mark.parametrize("kind", [b"av02", b"hvc1", b"iovl"])
def test_an_avif_of_another_codec(kind: bytes) -> None:
    refused(FINE.replace(b"av01", kind), f"coded as {kind.decode()}")


def test_how_a_picture_is_coded_is_told_by_the_main_item() -> None:
    assert primary_kind(FINE) == b"av01"
    assert primary_kind(HEIC) == b"hvc1"
    assert primary_kind(b"") is None


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("file", [FINE, HEIC], ids=["avif", "heic"])
def test_what_ends_early_is_still_called_damaged(file: bytes, share: float) -> None:
    with pytest.raises(DecodeError, match="damaged"):
        decode(file[: int(len(file) * share)])


def test_a_jpeg_2000_of_too_many_components() -> None:
    stream = bytearray(codestream(*[fade(20, 30)] * 4))
    stream[38:40] = struct.pack(">H", 38 + 3 * 5)
    stream[40:42] = struct.pack(">H", 5)
    refused(jp2(bytes(stream[:54] + stream[51:54] + stream[54:]), SRGB), "5 components")


def test_a_jpeg_2000_of_channels_that_nothing_is_said_of() -> None:
    stream = codestream(np.zeros((20, 30), np.uint8))
    refused(jp2(stream, SRGB, palette(np.zeros((4, 6), int)), mapping(*range(6))), "6 channels")


@pytest.mark.parametrize(("space", "says"), [(1, "YCbCr"), (14, "CIE"), (20, "e-sRGB"), (21, "ROMM"), (24, "e-sYCC")])
def test_a_jpeg_2000_of_colours_that_are_not_read(space: int, says: str) -> None:
    refused(jp2(codestream(*[fade(20, 30)] * 3), space), says)


@pytest.mark.parametrize(("place", "says"), [(0, "Apple"), (1, "MUSt"), (2, "MUSt")])
def test_a_png_with_a_part_that_its_picture_depends_on(place: int, says: str) -> None:
    """Apple's comes first of all, and its pixels are not compressed as PNG's are."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(4))), (b"IEND", b"")]
    parts.insert(place, (b"CgBI" if place == 0 else b"MUSt", bytes(4)))
    refused(SIGNATURE + b"".join(chunk(*part) for part in parts), says)


@pytest.mark.parametrize("methods", [(1, 0, 0), (0, 64, 0), (0, 0, 2)])
def test_a_png_of_another_method(methods: tuple[int, int, int]) -> None:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, *methods)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(4))), (b"IEND", b"")]
    refused(SIGNATURE + b"".join(chunk(*part) for part in parts), "compressed in a way")


def test_a_jpeg_of_two_components() -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 14, 8, 8, 8, 2) + b"\1\x11\0\2\x11\0"
    refused(b"\xff\xd8" + frame + b"\xff\xd9", "2 components")


def test_a_bmp_of_64_bits() -> None:
    head = struct.pack("<IiiHHIIiiII", 40, 2, 2, 1, 64, 0, 0, 0, 0, 0, 0)
    refused(b"BM" + struct.pack("<IHHI", 86, 0, 0, 54) + head + bytes(32), "64 bits")
