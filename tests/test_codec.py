"""The codec's promises: upright, sRGB, alpha kept, nothing left behind, and one sentence for what is not a picture."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageCms

from effects.codec import decode, encode, open_preview
from effects.codec.containers.chunks import chunk
from effects.errors import EncodeError, LimitError, PictureError
from effects.image import Photo
from tests.pictures import difference, exif, fade, gradient, written

LOSSLESS = {"PNG": {}, "WEBP": {"lossless": True}}
FORMATS = ("jpeg", "png", "webp", "avif")


@pytest.mark.parametrize("plugin", LOSSLESS)
def test_lossless_files_open_to_the_very_pixels(plugin: str) -> None:
    photo = decode(written(gradient(), plugin, **LOSSLESS[plugin]))
    assert np.array_equal(photo.image, gradient())
    assert photo.alpha is None
    assert photo.metadata["notes"] == ()


def test_the_image_is_what_the_pipeline_asks_for() -> None:
    image = decode(written(gradient(), "JPEG", exif=exif(6))).image
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous


@pytest.mark.parametrize("plugin", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_opens_upright(plugin: str, orientation: int) -> None:
    """The file's pixels are stored turned, so that turning them as EXIF says gives the gradient back."""
    stored = gradient()
    stored = np.rot90(stored, {1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3}[orientation])
    if orientation in (2, 4, 5, 7):
        stored = stored[:, ::-1] if orientation in (2, 4) else stored[::-1]
    settings = {"quality": 95, "subsampling": 0} if plugin == "JPEG" else {"lossless": True}
    file = written(np.ascontiguousarray(stored), plugin, exif=exif(orientation), **settings)
    assert difference(decode(file).image, gradient())[0] < 1
    assert difference(open_preview(file, 32).image, open_preview(written(gradient(), "PNG"), 32).image)[0] < 1.5


@pytest.mark.parametrize("asked", [0, 9, 255])
def test_an_orientation_that_does_not_exist_is_left_alone(asked: int) -> None:
    assert np.array_equal(decode(written(gradient(), "PNG", exif=exif(asked))).image, gradient())


@pytest.mark.parametrize("plugin", LOSSLESS)
def test_alpha_comes_apart_straight(plugin: str) -> None:
    pixels = np.dstack([gradient(), fade()])
    photo = decode(written(pixels, plugin, exact=True, **LOSSLESS[plugin]))
    assert photo.alpha is not None
    assert np.array_equal(photo.image, gradient())
    assert np.array_equal(photo.alpha, fade())


def test_an_opaque_alpha_channel_is_none() -> None:
    assert decode(written(np.dstack([gradient(), np.full((48, 64), 255, np.uint8)]), "PNG")).alpha is None


def test_jpeg_lays_transparency_on_white() -> None:
    photo = Photo(np.zeros((32, 32, 3), np.uint8), np.full((32, 32), 51, np.uint8))
    assert difference(decode(encode(photo, "jpeg")).image, np.full((32, 32, 3), 204))[1] <= 1


def test_transparent_pixels_do_not_darken_a_preview() -> None:
    """White beside transparent black: shrunk, the colour stays white wherever anything shows."""
    image = np.zeros((64, 64, 3), np.uint8)
    image[:, 1::2] = 255
    alpha = np.zeros((64, 64), np.uint8)
    alpha[:, 1::2] = 255
    preview = open_preview(encode(Photo(image, alpha), "png"), 32)
    assert preview.image.min() >= 254
    assert preview.alpha is not None
    assert set(np.unique(preview.alpha)) <= {127, 128}


NO_PICTURES = {
    "grey": Photo(gradient()[..., 0]),
    "floats": Photo(np.divide(gradient(), 255)),
    "four channels": Photo(np.dstack([gradient(), fade()])),
    "no pixel": Photo(gradient()[:0]),
    "transparency of another size": Photo(gradient(), fade()[1:]),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("photo", NO_PICTURES.values(), ids=NO_PICTURES)
def test_arrays_that_are_no_picture_are_refused_in_a_sentence(photo: Photo, name: str) -> None:
    with pytest.raises(TypeError, match=r"is a uint8 array of|has at least one pixel"):
        encode(photo, name)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 97), (97, 1), (33, 47)])
def test_what_is_written_opens_again_at_the_same_size(name: str, shape: tuple[int, int]) -> None:
    photo = decode(encode(Photo(gradient(*shape)), name, quality=95))
    assert photo.image.shape == (*shape, 3)
    assert difference(photo.image, gradient(*shape))[0] < 4


@pytest.mark.parametrize("name", ["png", "webp", "avif"])
def test_alpha_is_kept_where_the_format_has_it(name: str) -> None:
    photo = decode(encode(Photo(gradient(), fade()), name, quality=95))
    assert photo.alpha is not None
    assert difference(photo.alpha, fade())[0] < 2


def test_jpeg_keeps_colour_at_full_resolution_above_quality_90() -> None:
    def sampling(quality: int) -> list[tuple[int, int]]:
        with PILImage.open(io.BytesIO(encode(Photo(gradient()), "jpeg", quality))) as picture:
            return [(layer[1], layer[2]) for layer in picture.layer]  # type: ignore[attr-defined]

    assert sampling(92) == [(1, 1)] * 3
    assert sampling(90) == [(2, 2), (1, 1), (1, 1)]


@pytest.mark.parametrize("name", FORMATS)
def test_stripped_files_say_nothing_of_where_they_come_from(name: str) -> None:
    photo = decode(written(gradient(), "JPEG", exif=exif(1, place=True), comment=b"hidden words", xmp=b"<x>secret</x>"))
    file = encode(photo, name)
    for word in (b"Ember", b"hidden words", b"secret", b"Exif"):
        assert word not in file
    assert not PILImage.open(io.BytesIO(file)).getexif()


@pytest.mark.parametrize("plugin", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("name", FORMATS)
def test_kept_exif_is_that_of_an_upright_picture(name: str, plugin: str) -> None:
    photo = decode(written(gradient(), plugin, exif=exif(6, place=True)))
    kept = PILImage.open(io.BytesIO(encode(photo, name, metadata="keep"))).getexif()
    assert kept[0x010F] == "Ember"
    assert kept.get(0x0112, 1) == 1
    # Pillow writes no place into a TIFF, so there is none to be kept.
    assert plugin == "TIFF" or kept.get_ifd(0x8825)[1] == "N"


def profile_name(icc: bytes) -> str:
    return ImageCms.getProfileName(ImageCms.ImageCmsProfile(io.BytesIO(icc)))


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_names_its_colours_srgb(name: str) -> None:
    info = PILImage.open(io.BytesIO(encode(Photo(gradient()), name))).info
    assert "srgb" in info if name == "png" else "sRGB" in profile_name(info["icc_profile"])


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("recipe", ['{"version": 1, "steps": []}', '{"title": "<a & \\"b\\"> ü\\n"}'])
def test_an_embedded_recipe_is_read_back(name: str, recipe: str) -> None:
    assert decode(encode(Photo(gradient()), name, recipe=recipe)).metadata["recipe"] == recipe


def test_the_same_photo_gives_the_same_bytes() -> None:
    once, again = ([encode(Photo(gradient()), name) for name in FORMATS] for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"Dear Sir or Madam", "a text file"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "a PostScript document"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "a video"),
        (bytes(100), "an unknown kind of file"),
        (b"\xff\xd8\xff", "JPEG file is damaged"),
        (b"\xff\xd8\xff\xf7\0\x0b\x08\0\x09\0\x09\1\1\x11\0", "JPEG file is of a rare kind"),
        (b"\x89PNG\r\n\x1a\n", "PNG file is damaged"),
        (bytes(26 * 2**20), "26.0 MB; at most 25 MB"),
    ],
)
def test_what_is_not_a_picture_is_told_in_a_sentence(file: bytes, says: str) -> None:
    with pytest.raises(PictureError, match=says) as error:
        decode(file)
    assert len(str(error.value)) <= 400


def test_a_bomb_is_refused_from_its_header() -> None:
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    with pytest.raises(LimitError, match=r"3600\.0 megapixels \(60000 x 60000\); at most 50"):
        decode(bomb)


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"format": "tiff"}, "jpeg, png, webp, avif"),
        ({"quality": 0}, r"whole number from 1 to 100"),
        ({"quality": 50.5}, r"50.5 is no whole number"),
        ({"metadata": "some"}, "strip or keep"),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(choice: dict[str, object], says: str) -> None:
    with pytest.raises(EncodeError, match=says):
        encode(Photo(gradient()), **choice)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "longest"), [("webp", 16383), ("avif", 32768)])
def test_a_side_too_long_for_the_format_is_told_and_the_longest_can_be_opened_again(name: str, longest: int) -> None:
    file = encode(Photo(np.zeros((1, longest, 3), np.uint8)), name)
    assert decode(file).image.shape == (1, longest, 3)
    with pytest.raises(LimitError, match=f"at most {longest} pixels a side"):
        encode(Photo(np.zeros((1, longest + 1, 3), np.uint8)), name)


def test_exif_too_long_for_a_jpeg_loses_its_makers_note_first() -> None:
    said = exif(1)
    said.get_ifd(0x8769).update({0x927C: bytes(70000), 0x9003: "2026:11:22 10:00:00"})
    photo = Photo(gradient(), None, {"exif": said.tobytes()})
    kept = PILImage.open(io.BytesIO(encode(photo, "jpeg", metadata="keep"))).getexif()
    assert kept[0x010F] == "Ember"
    assert 0x927C not in kept.get_ifd(0x8769)
    assert kept.get_ifd(0x8769)[0x9003] == "2026:11:22 10:00:00"


def test_a_recipe_too_long_to_be_embedded_is_told() -> None:
    with pytest.raises(EncodeError, match="too much to be embedded"):
        encode(Photo(gradient()), "jpeg", recipe='"' * 20000)
