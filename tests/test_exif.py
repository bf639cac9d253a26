"""EXIF that is kept tells of the picture that it stands beside, as Pillow reads it in every format."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags
from PIL import Image as PILImage

from effects.codec import decode, encode
from effects.codec.containers.exif import PREFIX, change_exif, exif_values
from effects.codec.kept_exif import exif_for
from effects.image import Photo
from effects.render import render
from tests.encoders import libheif
from tests.exif_blocks import (
    IMAGE,
    INTEROPERABILITY,
    PHOTO,
    PLACE,
    Directories,
    block,
    long,
    opaque,
    rational,
    short,
    text,
)
from tests.pictures import gradient, saved, written
from tests.profiles import DISPLAY_P3

MAKER = b"EMBER\0" + bytes(range(60))
XMP = b"<x tiff:Orientation='6' exif:PixelXDimension='64'/>"
FACE = b"\xff\xd8a thumbnail of a face\xff\xd9"
SAYING: Directories = {
    IMAGE: {
        0x0100: short(64), 0x0101: short(48), 0x0102: short(8, 8, 8), 0x0103: short(1), 0x010F: text("Ember camera"),
        0x0111: long(8), 0x0112: short(6), 0x0117: long(400), 0x011A: rational((300, 1)), 0x013E: rational((313, 1000)),
        0x02BC: opaque(XMP),
    },
    PHOTO: {
        0x829A: rational((1, 60)), 0x9003: text("2026:11:22 10:00:00"), 0x9102: rational((4, 1)),
        0x9214: short(10, 20, 5, 5), 0x927C: opaque(MAKER), 0xA001: short(65535), 0xA002: short(64), 0xA003: long(48),
        0xA20E: rational((4000, 1)), 0xA20F: rational((4000, 1)), 0xA210: short(2), 0xA214: short(10, 20),
        0xA500: rational((22, 10)),
    },
    PLACE: {1: text("N"), 2: rational((52, 1), (31, 1), (12, 1))},
    INTEROPERABILITY: {1: text("R03"), 2: opaque(b"0100"), 0x1001: long(64), 0x1002: long(48)},
}  # fmt: skip
SIZES = {0xA002: 0, 0xA003: 1}

SOURCES: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": lambda exif: written(gradient(), "JPEG", exif=exif),
    "png": lambda exif: written(gradient(), "PNG", exif=exif),
    "webp": lambda exif: written(gradient(), "WEBP", exif=exif),
    "avif": lambda exif: written(gradient(), "AVIF", exif=exif),
    "heic": lambda exif: libheif(gradient(), exif=exif),
}
EDITS: dict[str, tuple[list[dict[str, Any]], int | None]] = {
    "cropped": ([{"effect": "crop", "params": {"width": 0.5, "height": 0.75}}], None),
    "turned": ([{"effect": "rotate_flip", "params": {"angle": "90"}}], None),
    "made smaller": ([], 30),
    "coloured": ([{"effect": "sepia", "params": {}}], None),
    "cropped, turned and made smaller": ([{"effect": "crop", "params": {"width": 0.5, "height": 0.75}},
                                          {"effect": "rotate_flip", "params": {"angle": "90"}}], 20),
}  # fmt: skip
FORMATS = ("jpeg", "png", "webp", "avif")


def edited(file: bytes, edit: str, name: str, **settings: Any) -> PILImage.Image:
    """What Pillow opens of the file after an edit."""
    steps, side = EDITS[edit]
    recipe = json.dumps({"version": 1, "steps": steps})
    return PILImage.open(io.BytesIO(render(file, recipe, format=name, max_side=side, **settings)))


@pytest.mark.parametrize("order", ["<", ">"], ids=["lowest byte first", "highest byte first"])
@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", FORMATS)
def test_kept_exif_tells_of_the_new_picture(name: str, edit: str, order: str) -> None:
    exif = PREFIX + block(order, SAYING, FACE)
    picture = edited(SOURCES["jpeg"](exif), edit, name, metadata="keep")
    kept = picture.getexif()
    photo, interoperability = kept.get_ifd(0x8769), kept.get_ifd(0xA005)
    for directory, tags in ((kept, (0x0100, 0x0101)), (photo, (0xA002, 0xA003)), (interoperability, (0x1001, 0x1002))):
        assert tuple(directory[tag] for tag in tags) == picture.size
    assert kept.get(0x0112, 1) == 1
    assert (photo[0xA001], interoperability[1]) == (1, "R98")
    # What is true of it as of the old one.
    assert (kept[0x010F], kept[0x011A]) == ("Ember camera", 300)
    assert (photo[0x829A], photo[0x9003], photo[0x927C]) == (1 / 60, "2026:11:22 10:00:00", MAKER)
    assert kept.get_ifd(0x8825) == {1: "N", 2: (52, 31, 12)}
    # What is not, or cannot be known.
    assert not {0x0102, 0x0103, 0x0111, 0x0117, 0x013E, 0x02BC} & set(kept)
    assert not {0x9102, 0x9214, 0xA214, 0xA500} & set(photo)
    assert (0xA20E in photo) == (0xA20F in photo) == (0xA210 in photo) == (picture.size == (64, 48))
    assert kept.get_ifd(ExifTags.IFD.IFD1) == {}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", FORMATS)
def test_exif_of_every_format_tells_of_the_new_picture_in_every_format(name: str, source: str) -> None:
    file = SOURCES[source](PREFIX + block("<", SAYING, FACE))
    picture = edited(file, "cropped, turned and made smaller", name, metadata="keep")
    photo = picture.getexif().get_ifd(0x8769)
    assert (photo[0xA002], photo[0xA003]) == picture.size
    assert max(picture.size) == 20
    assert picture.getexif().get(0x0112, 1) == 1
    assert photo[0x927C] == MAKER


@pytest.mark.parametrize("name", FORMATS)
def test_a_makers_note_stays_at_its_place_and_the_thumbnail_is_gone(name: str) -> None:
    """Offsets in it count from the start of the block."""
    exif = block("<", SAYING, FACE)
    picture = edited(SOURCES["jpeg"](PREFIX + exif), "cropped", name, metadata="keep")
    kept = picture.info["exif"].removeprefix(PREFIX)
    assert kept.index(MAKER) == exif.index(MAKER)
    assert len(kept) < exif.index(FACE)
    assert FACE[2:-2] not in kept
    assert b"tiff:Orientation" not in kept


def test_a_picture_of_the_same_size_keeps_what_is_known_of_its_sensor() -> None:
    upright = {**SAYING, IMAGE: {**SAYING[IMAGE], 0x0112: short(1)}}
    file = SOURCES["jpeg"](PREFIX + block("<", upright))
    assert edited(file, "coloured", "jpeg", metadata="keep").getexif().get_ifd(0x8769)[0xA20E] == 4000


def test_untouched_pixels_keep_what_is_true_of_them() -> None:
    said = {IMAGE: {0x0100: long(9), 0x010F: text("Ember camera")},
            PHOTO: {0xA001: short(65535), 0xA002: long(9), 0xA003: long(9), 0x9214: short(1, 2)}}  # fmt: skip
    file = written(gradient(), "JPEG", exif=PREFIX + block("<", said, FACE), icc_profile=DISPLAY_P3)
    again = render(file, '{"version": 1, "steps": []}', format="jpeg", metadata="keep")
    picture = PILImage.open(io.BytesIO(again))
    photo = picture.getexif().get_ifd(0x8769)
    assert picture.info["icc_profile"] == DISPLAY_P3
    assert (photo[0xA001], photo[0xA002], photo[0xA003], photo[0x9214]) == (65535, 64, 48, (1, 2))
    assert picture.getexif()[0x0100] == 64
    assert FACE not in again


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_stripped_file_still_says_nothing(name: str, edit: str) -> None:
    file = SOURCES["jpeg"](PREFIX + block("<", SAYING, FACE))
    steps, side = EDITS[edit]
    stripped = render(file, json.dumps({"version": 1, "steps": steps}), format=name, max_side=side)
    for secret in (b"Ember", b"EMBER", b"a face", b"tiff:", b"Exif", b"2026:11"):
        assert secret not in stripped
    assert not PILImage.open(io.BytesIO(stripped)).getexif()


def test_a_side_beyond_sixteen_bits_is_written_in_more() -> None:
    """The file had its width in 16 bits."""
    photo = Photo(np.zeros((1, 70_000, 3), np.uint8), None, {"exif": PREFIX + block("<", SAYING)})
    kept = PILImage.open(io.BytesIO(encode(photo, "png", metadata="keep"))).getexif()
    assert kept.get_ifd(0x8769)[0xA002] == 70_000


@pytest.mark.parametrize("exif", [b"", b"Exif\0\0", b"II*\0", b"nonsense" * 9, PREFIX + b"MM\0*\xff\xff\xff\xff",
                                  PREFIX + block("<", {IMAGE: {}})])  # fmt: skip
def test_exif_of_nothing_is_left_out(exif: bytes) -> None:
    file = encode(Photo(gradient(), None, {"exif": exif}), "jpeg", metadata="keep")
    assert b"Exif" not in file


@pytest.mark.slow
def test_exif_cut_or_broken_anywhere_does_no_harm() -> None:
    whole = PREFIX + block(">", SAYING, FACE)
    noise = np.random.default_rng(8)
    for trial in range(600):
        cut = bytearray(whole[: noise.integers(6, len(whole))] if trial % 2 else whole)
        for place in noise.integers(6, len(cut), 4) if len(cut) > 6 else ():
            cut[place] = noise.integers(0, 256)
        kept = change_exif(bytes(cut), {(0x8769, 0xA002): 7, (0, 0x0112): 1})
        assert kept is None or len(kept) <= len(cut) + 6
        exif_values(bytes(cut), (0x8769, 0xA001))
        decode(encode(Photo(gradient(), None, {"exif": bytes(cut)}), "png", metadata="keep"))


def test_a_pointer_back_to_its_own_directory_ends() -> None:
    said = block("<", {IMAGE: {0x0112: short(6)}, PHOTO: {0xA001: short(1)}})
    looped = said.replace(struct.pack("<HHII", 0x8769, 4, 1, said.index(struct.pack("<HHIHH", 0xA001, 3, 1, 1, 0)) - 2),
                          struct.pack("<HHII", 0x8769, 4, 1, 8))  # fmt: skip
    assert looped != said
    assert exif_values(looped, (0, 0x0112)) == [6]
    assert change_exif(looped, {(0, 0x0112): 1}) is not None


def test_a_picture_of_exif_by_pillow_is_kept_too() -> None:
    said = PILImage.Exif()
    said[0x0112] = 6
    said.get_ifd(0x8769).update({0xA002: 64, 0xA003: 48, 0x9003: "2026:11:22 10:00:00"})
    photo = decode(saved(PILImage.fromarray(gradient()), "JPEG", exif=said))
    kept = PILImage.open(io.BytesIO(encode(photo, "webp", metadata="keep"))).getexif()
    assert (kept[0x0112], kept.get_ifd(0x8769)[0xA002], kept.get_ifd(0x8769)[0xA003]) == (1, 48, 64)


@pytest.mark.parametrize(("beyond", "stays"), [(0, True), (1, False)])
def test_a_makers_note_stays_as_long_as_all_of_it_fits_into_a_jpegs_segment(beyond: int, stays: bool) -> None:
    """Of 65,535 bytes a segment has two for its length and six for its name."""

    def exif_of(note: int) -> bytes:
        return block("<", {PHOTO: {0x927C: opaque(bytes(note)), 0x9003: text("2026:11:22 10:00:00")}})

    room = 65535 - 2 - len(PREFIX) - len(exif_for(exif_of(100), (48, 64), None) or b"") + 100
    made = exif_for(exif_of(room + beyond), (48, 64), None)
    assert made is not None
    assert (len(made) == 65527) == stays
    assert (bytes(room) in made) == stays
