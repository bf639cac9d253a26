"""How large a file will be is told from pieces of the picture, and is that of the file that comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
import pytest
from skimage import data

from effects import EFFECTS, LOOKS, Photo, Pipeline, encode
from effects.codec import file_size, sample
from effects.codec.pieces import MAX_WHOLE_PIXELS, Mosaic, bits_a_pixel, cut_in_quarters, mosaic_shape
from effects.image import Image
from tests.photographs import drawing, landscape, product_shot
from tests.pictures import exif
from tests.shares import in_turn

FORMS = ("jpeg", "webp", "avif", "png")
# The first four are of every form, low and high.
WISHES = {
    f"{form} of {quality}": (form, quality)
    for form, quality in zip(2 * FORMS, (40, 92, 40, 92, 92, 40, 92, 40), strict=True)
}
# Just above what is one piece; those that are least alike first.
PICTURES: dict[str, Callable[[], Image]] = {
    "landscape": lambda: landscape(1300, 1700),
    "drawing": lambda: drawing(1300, 1700),
    "panorama": lambda: landscape(460, 4600, 3),
    "retina": lambda: np.ascontiguousarray(data.retina()[:, :, :3].repeat(2, 0)),
    "portrait": lambda: landscape(1800, 1200, 2, 0.05),
    "clean": lambda: landscape(1300, 1600, 4, 0.001),
    "product": lambda: product_shot(1400, 1900),
}
STACKS = {
    "grain": Pipeline((EFFECTS["grain"].step(),)),
    "polaroid": Pipeline((EFFECTS["polaroid"].step(),)),
    "pixelate": Pipeline((EFFECTS["pixelate"].step(),)),
    "blur": Pipeline((EFFECTS["gaussian_blur"].step(),)),
    "black and white": Pipeline((EFFECTS["black_and_white"].step(),)),
    "posterize": Pipeline((EFFECTS["posterize"].step(),)),
    "noir": LOOKS["noir"],
    "larger, with a border": Pipeline((EFFECTS["resize"].step(scale=1.5), EFFECTS["border"].step())),
}


def off(photo: Photo, form: str, quality: int) -> float:
    """The size that is told, as a share of the file's."""
    told = file_size(sample(photo), photo, format=form, quality=quality)
    return told / len(encode(photo, format=form, quality=quality))


@cache
def square() -> Image:
    """To be cut to any size."""
    return landscape(1340, 1500)


@lru_cache(2)
def photo_of(name: str) -> Photo:
    return Photo(PICTURES[name]())


@lru_cache(2)
def after(name: str) -> Photo:
    return STACKS[name].apply(photo_of("landscape"))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "wish"), in_turn(PICTURES, WISHES, most=len(FORMS)))
def test_the_size_told_is_the_files_whatever_the_picture(name: str, wish: str) -> None:
    assert photo_of(name).image[..., 0].size > MAX_WHOLE_PIXELS
    assert 0.77 < off(photo_of(name), *WISHES[wish]) < 1.3


@pytest.mark.slow
@pytest.mark.parametrize(("name", "form"), in_turn(STACKS, FORMS, most=len(FORMS)))
def test_the_size_told_is_the_files_whatever_was_done(name: str, form: str) -> None:
    assert 0.77 < off(after(name), form, 75) < 1.3


@pytest.mark.slow
@pytest.mark.parametrize(("form", "alpha"), in_turn(FORMS, ["noisy", "fading"]))
def test_transparency_is_counted_where_the_file_has_it(form: str, alpha: str) -> None:
    image = square()
    noisy = np.random.default_rng(1).integers(0, 256, image.shape[:2], np.uint8)
    fading = np.broadcast_to(np.linspace(0, 255, 1500).astype(np.uint8), image.shape[:2])
    assert 0.77 < off(Photo(image, np.ascontiguousarray({"noisy": noisy, "fading": fading}[alpha])), form, 80) < 1.3


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sides", [(1, 1), (16, 20), (480, 640), (30, 6000), (6000, 30), (1333, 1500)])
def test_of_a_small_picture_the_size_is_exact(form: str, sides: tuple[int, int]) -> None:
    photo = Photo(square()[: sides[0], : sides[1]] if max(sides) <= 1500 else drawing(*sides))
    assert off(photo, form, 85) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "sides"),
    [
        ("png", (3, 900_000)),
        ("png", (900_000, 3)),
        ("jpeg", (40, 60_000)),
        ("avif", (16_000, 150)),
        pytest.param("jpeg", (60_000, 40), marks=pytest.mark.deep),
        pytest.param("webp", (150, 16_000), marks=pytest.mark.deep),
    ],
)
def test_the_size_of_a_very_narrow_picture_is_told(form: str, sides: tuple[int, int]) -> None:
    picture = landscape(*sides) if min(sides) > 3 else np.random.default_rng(1).integers(0, 256, (*sides, 3), np.uint8)
    assert 0.77 < off(Photo(picture), form, 85) < 1.3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sides", "form"),
    [
        *((sides, form) for sides in [(100, 120), (1340, 1500)] for form in FORMS[:-2]),
        *in_turn([(100, 120), (1340, 1500)], FORMS[-2:]),
    ],
)
def test_what_travels_along_is_counted(form: str, sides: tuple[int, int]) -> None:
    large = exif()
    large[0x010E] = "words " * 9000
    photo = Photo(square()[: sides[0], : sides[1]], None, {"exif": large.tobytes()})
    pieces = sample(photo)

    def told(**wishes: str) -> int:
        return file_size(pieces, photo, format=form, quality=80, **wishes)  # type: ignore[arg-type]

    def given(**wishes: str) -> int:
        return len(encode(photo, format=form, quality=80, **wishes))  # type: ignore[arg-type]

    nothing_told, nothing_given, recipe = told(), given(), LOOKS["1977"].to_json()
    assert told(metadata="keep") - nothing_told == pytest.approx(given(metadata="keep") - nothing_given, abs=16)
    assert told(recipe=recipe) - nothing_told == pytest.approx(given(recipe=recipe) - nothing_given, abs=16)


@pytest.mark.slow
def test_above_twelve_megapixels_avif_is_told_at_the_colour_it_will_have() -> None:
    part = np.random.default_rng(1).integers(0, 256, (512, 512, 3), np.uint8)
    photo = Photo(np.tile(part, (6, 8, 1)))
    assert photo.image[..., 0].size > 12_000_000
    full, halved = (len(encode(Photo(part), "avif", quality)) for quality in (91, 90))
    assert full > 1.5 * halved
    assert file_size(sample(photo), photo, format="avif", quality=91) == pytest.approx(48 * halved, rel=0.2)


def test_what_there_is_to_tell_are_the_bits_of_the_differences_to_the_left_and_above() -> None:
    """A board of two greys: every neighbour is as far apart, and each direction counts for itself."""
    board = np.indices((8, 8)).sum(axis=0) % 2
    for apart in (0, 1, 2, 3, 7, 16, 255):
        grey = np.repeat((apart * board).astype(np.uint8)[..., None], 3, axis=-1)
        assert bits_a_pixel(Photo(grey)) == pytest.approx(2 * np.log2(1 + apart), rel=1e-6)
        alpha = (255 - apart * board).astype(np.uint8)
        assert bits_a_pixel(Photo(grey, alpha)) == pytest.approx(4 * np.log2(1 + apart), rel=1e-6)


def test_a_mosaic_in_quarters_has_every_pixel_and_each_quarter_of_all_tiles_together() -> None:
    """2 x 3 tiles of 4 x 6 pixels, told apart by their numbers."""
    numbers = np.arange(8 * 18).reshape(8, 18)
    mosaic = Mosaic(Photo(np.repeat(numbers.astype(np.uint8)[..., None], 3, axis=-1)), 2, 3, 1.0)
    made = cut_in_quarters(mosaic).image[..., 0]
    tiles = numbers.reshape(2, 4, 3, 6).swapaxes(1, 2)
    quarters = [tiles[:, :, down : down + 2, right : right + 3] for down in (0, 2) for right in (0, 3)]
    assert np.array_equal(made, np.vstack([quarter.swapaxes(1, 2).reshape(4, 9) for quarter in quarters]))


def test_a_mosaic_is_about_as_high_as_wide() -> None:
    assert [mosaic_shape(count) for count in (1, 2, 3, 4, 6, 9, 10, 16)] == [
        (1, 1), (2, 1), (3, 1), (2, 2), (3, 2), (3, 3), (3, 3), (4, 4)
    ]  # fmt: skip
